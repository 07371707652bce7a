import { Stack } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as RuleTarget } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailSendingEvent,
  EventDestination,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { CfnConfigurationSet as SmsConfigurationSet } from 'aws-cdk-lib/aws-smsvoice';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Settings } from '../config.ts';
import type { Names } from '../names.ts';
import { fixed } from './fixed.ts';
import type { HouseFunction } from './house-function.ts';

/** What became of an e-mail, as SES and EventBridge call it. Opens and clicks are not among it: health mail is not tracked. */
const EMAIL_EVENTS: readonly (readonly [EmailSendingEvent, string])[] = [
  [EmailSendingEvent.SEND, 'Email Sent'],
  [EmailSendingEvent.DELIVERY, 'Email Delivered'],
  [EmailSendingEvent.BOUNCE, 'Email Bounced'],
  [EmailSendingEvent.COMPLAINT, 'Email Complaint Received'],
  [EmailSendingEvent.REJECT, 'Email Rejected'],
  [EmailSendingEvent.DELIVERY_DELAY, 'Email Delivery Delayed'],
  [EmailSendingEvent.RENDERING_FAILURE, 'Email Rendering Failed'],
];

/** E-mail through SES and SMS through End User Messaging: how they are sent and where their delivery reports go. */
export class Messaging extends Construct {
  readonly emailFrom: string;
  readonly emailConfigurationSet: string;
  readonly smsConfigurationSet: string;
  private readonly smsOrigination: string;
  private readonly smsEvents: Topic;
  private readonly names: Names;

  constructor(scope: Construct, names: Names, { emailFrom, smsOrigination }: Settings, key: Key) {
    super(scope, 'Messaging');
    this.names = names;
    this.emailFrom = emailFrom;
    this.smsOrigination = smsOrigination;
    this.emailConfigurationSet = names.emailConfigurationSet;
    this.smsConfigurationSet = names.smsConfigurationSet;
    this.email();
    this.smsEvents = this.sms(key);
  }

  private email() {
    const set = new ConfigurationSet(this, 'Email', {
      configurationSetName: this.emailConfigurationSet,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
      reputationMetrics: true,
    });
    fixed(set, 'EmailConfigurationSet');
    set.addEventDestination('Events', {
      configurationSetEventDestinationName: `${this.emailConfigurationSet}-events`,
      // SES knows only the account's default bus (API_EventBridgeDestination).
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'DefaultBus', 'default')),
      events: EMAIL_EVENTS.map(([event]) => event),
    });
  }

  private sms(key: Key): Topic {
    const topic = new Topic(this, 'SmsEvents', {
      topicName: this.names.smsEvents,
      masterKey: key,
      enforceSSL: true,
    });
    fixed(topic, 'SmsEvents');
    const { account } = Stack.of(this);
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('sms-voice.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        // Delivery reports come from the configuration set; a two-way number's replies come from the number itself.
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': this.smsArn('*') },
        },
      }),
    );
    const set = new SmsConfigurationSet(this, 'Sms', {
      configurationSetName: this.smsConfigurationSet,
      eventDestinations: [
        {
          eventDestinationName: 'delivery-reports',
          enabled: true,
          matchingEventTypes: ['TEXT_ALL'],
          snsDestination: { topicArn: topic.topicArn },
        },
      ],
    });
    fixed(set, 'SmsConfigurationSet');
    return topic;
  }

  /** Hands every delivery report to one function, the ones of SES as events and those of SMS as notifications. */
  reportTo({ lambda }: HouseFunction, undelivered: Queue) {
    const rule = new Rule(this, 'EmailReports', {
      ruleName: this.names.rule('email-reports'),
      eventPattern: {
        source: ['aws.ses'],
        detailType: EMAIL_EVENTS.map(([, detailType]) => detailType),
        detail: { mail: { tags: { 'ses:configuration-set': [this.emailConfigurationSet] } } },
      },
      targets: [new RuleTarget(lambda, { deadLetterQueue: undelivered })],
    });
    fixed(rule, 'EmailReportsRule');
    this.smsEvents.addSubscription(new LambdaSubscription(lambda, { deadLetterQueue: undelivered }));
  }

  get emailAddress(): string {
    return this.emailFrom.replace(/^.*<|>$/g, '');
  }

  get identityArn(): string {
    return this.arn('ses', 'identity', this.emailAddress.replace(/^.*@/, ''));
  }

  get emailConfigurationSetArn(): string {
    return this.arn('ses', 'configuration-set', this.emailConfigurationSet);
  }

  get smsConfigurationSetArn(): string {
    return this.smsArn(`configuration-set/${this.smsConfigurationSet}`);
  }

  get originationArn(): string {
    return this.smsArn(this.smsOrigination);
  }

  private smsArn(rest: string) {
    const { partition, region, account } = Stack.of(this);
    return `arn:${partition}:sms-voice:${region}:${account}:${rest}`;
  }

  private arn(service: string, resource: string, resourceName: string) {
    return Stack.of(this).formatArn({ service, resource, resourceName });
  }
}
