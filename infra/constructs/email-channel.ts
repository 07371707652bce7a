import { Stack } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as RuleTarget } from 'aws-cdk-lib/aws-events-targets';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailSendingEvent,
  EventDestination,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Settings } from '../config.ts';
import type { Names } from '../names.ts';
import { fixed } from './fixed.ts';
import type { HouseFunction } from './house-function.ts';

/** What became of an e-mail, as SES and EventBridge call it. Opens and clicks are not among it: health mail is not tracked. */
const REPORTS: readonly (readonly [EmailSendingEvent, string])[] = [
  [EmailSendingEvent.SEND, 'Email Sent'],
  [EmailSendingEvent.DELIVERY, 'Email Delivered'],
  [EmailSendingEvent.BOUNCE, 'Email Bounced'],
  [EmailSendingEvent.COMPLAINT, 'Email Complaint Received'],
  [EmailSendingEvent.REJECT, 'Email Rejected'],
  [EmailSendingEvent.DELIVERY_DELAY, 'Email Delivery Delayed'],
  [EmailSendingEvent.RENDERING_FAILURE, 'Email Rendering Failed'],
];

/** E-mail through SES: only over TLS, from one neutral sender, with delivery reports as events. */
export class EmailChannel extends Construct {
  /** `Name <address@domain>`. */
  readonly from: string;
  readonly configurationSet: string;
  private readonly ruleName: string;

  constructor(scope: Construct, names: Names, { emailFrom }: Settings) {
    super(scope, 'Email');
    this.from = emailFrom;
    this.configurationSet = names.emailConfigurationSet;
    this.ruleName = names.rule('email-reports');
    const set = new ConfigurationSet(this, 'Set', {
      configurationSetName: this.configurationSet,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
      reputationMetrics: true,
    });
    fixed(set, 'EmailConfigurationSet');
    set.addEventDestination('Reports', {
      configurationSetEventDestinationName: `${this.configurationSet}-reports`,
      // SES knows only the account's default bus (API_EventBridgeDestination).
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'DefaultBus', 'default')),
      events: REPORTS.map(([event]) => event),
    });
  }

  /** Hands every report on an e-mail of ours to one function. */
  reportTo({ lambda }: HouseFunction, deadLetterQueue: Queue) {
    const rule = new Rule(this, 'ReportsRule', {
      ruleName: this.ruleName,
      eventPattern: {
        source: ['aws.ses'],
        detailType: REPORTS.map(([, detailType]) => detailType),
        detail: { mail: { tags: { 'ses:configuration-set': [this.configurationSet] } } },
      },
      targets: [new RuleTarget(lambda, { deadLetterQueue })],
    });
    fixed(rule, 'EmailReportsRule');
  }

  get address(): string {
    return this.from.replace(/^.*<|>$/g, '');
  }

  /** The verified domain of the sender; it is verified once for the account, outside of this stack. */
  get identityArn(): string {
    return this.arn('identity', this.address.replace(/^.*@/, ''));
  }

  get configurationSetArn(): string {
    return this.arn('configuration-set', this.configurationSet);
  }

  private arn(resource: string, resourceName: string) {
    return Stack.of(this).formatArn({ service: 'ses', resource, resourceName });
  }
}
