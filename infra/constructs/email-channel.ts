import { CfnOutput, Stack } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as RuleTarget } from 'aws-cdk-lib/aws-events-targets';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import type { Settings } from '../settings/settings.ts';
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

  constructor(scope: Construct, names: Names, { email }: Settings) {
    super(scope, 'Email');
    this.from = email.from;
    if (email.identity === 'create') this.prove();
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

  /** The domain's identity, with the records that its owner publishes to prove it: DKIM's three, and a MAIL FROM of its own for SPF. */
  private prove() {
    const identity = new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(this.domain),
      mailFromDomain: `mail.${this.domain}`,
      // Bounces come as events; by mail they would show the patient's address to whoever reads the sender's box.
      feedbackForwarding: false,
    });
    fixed(identity, 'EmailDomain');
    identity.dkimRecords.forEach(({ name, value }, index) => {
      new CfnOutput(this, `Dkim${index + 1}`, { value: `${name} CNAME ${value}` });
    });
    new CfnOutput(this, 'MailFromMx', {
      value: `mail.${this.domain} MX 10 feedback-smtp.${Stack.of(this).region}.amazonses.com`,
    });
    new CfnOutput(this, 'MailFromSpf', { value: `mail.${this.domain} TXT "v=spf1 include:amazonses.com ~all"` });
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

  private get domain(): string {
    return this.address.replace(/^.*@/, '');
  }

  /** The sender's domain, as SES knows it in this account. */
  get identityArn(): string {
    return this.arn('identity', this.domain);
  }

  get configurationSetArn(): string {
    return this.arn('configuration-set', this.configurationSet);
  }

  private arn(resource: string, resourceName: string) {
    return Stack.of(this).formatArn({ service: 'ses', resource, resourceName });
  }
}
