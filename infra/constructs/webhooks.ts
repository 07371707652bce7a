import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { EVENT_TYPES } from '../../functions/contracts/domain-events.ts';
import { WEBHOOK_ATTEMPTS } from '../../functions/contracts/webhook-attempts.ts';
import type { Names } from '../names.ts';
import type { Settings } from '../settings/settings.ts';
import type { DeadLetters } from './dead-letters.ts';
import { type DomainBus, SOURCE } from './event-bus.ts';
import { fixed } from './fixed.ts';
import type { HouseFunction } from './house-function.ts';

export type WebhooksProps = {
  readonly names: Names;
  readonly settings: Settings;
  readonly key: Key;
  readonly bus: DomainBus;
  readonly deadLetters: DeadLetters;
};

const pascal = (id: string): string => id.replaceAll(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());

/** Other systems of the clinic that are told what happens: each event waits in a queue until each of them has taken it. */
export class Webhooks extends Construct {
  readonly queue: Queue;
  readonly secretArns: readonly string[];
  /** JSON of what the function knows of them: a name, an address, and where the secret lies. */
  readonly endpoints: string;
  private readonly props: WebhooksProps;

  constructor(scope: Construct, props: WebhooksProps) {
    super(scope, 'Webhooks');
    this.props = props;
    const { names, settings, key, deadLetters } = props;
    this.queue = new Queue(this, 'Queue', {
      queueName: names.queue('webhooks'),
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      // Six times as long as the function may take (Lambda Developer Guide, SQS event sources).
      visibilityTimeout: Duration.minutes(6),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: deadLetters.webhooks, maxReceiveCount: WEBHOOK_ATTEMPTS },
    });
    fixed(this.queue, 'WebhookQueue');
    const known = settings.webhooks.map(({ id, url, events = EVENT_TYPES }) => {
      this.ask(id, events);
      return { id, url, secret: this.secretOf(id) };
    });
    this.secretArns = known.map(({ secret }) => secret);
    this.endpoints = Stack.of(this).toJsonString(known);
  }

  /** A secret for each, which its people read once and put into their system. */
  private secretOf(id: string): string {
    const { names, key } = this.props;
    const secret = new Secret(this, `Secret-${id}`, {
      secretName: names.secret(`webhooks/${id}`),
      description: `Signs what ${id} is told; it reads as whsec_ and this`,
      encryptionKey: key,
      // These signs are base64 as they stand.
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
    });
    fixed(secret, `WebhookSecret${pascal(id)}`);
    new CfnOutput(this, `SecretOf-${id}`, { value: secret.secretName });
    return secret.secretArn;
  }

  /** Puts each event that a system wants into the queue, once for that system. */
  private ask(id: string, events: readonly string[]): void {
    const { names, bus, deadLetters } = this.props;
    const rule = new Rule(this, `Rule-${id}`, {
      ruleName: names.rule(`webhook-${id}`),
      eventBus: bus.bus,
      eventPattern: { source: [SOURCE], detailType: [...events] },
      targets: [
        new SqsQueue(this.queue, {
          message: RuleTargetInput.fromObject({
            endpoint: id,
            type: EventField.detailType,
            data: EventField.fromPath('$.detail'),
          }),
          deadLetterQueue: deadLetters.events,
        }),
      ],
    });
    fixed(rule, `WebhookRule${pascal(id)}`);
  }

  sendWith({ lambda }: HouseFunction): void {
    const mapping = new EventSourceMapping(this, 'Deliveries', {
      target: lambda,
      eventSourceArn: this.queue.queueArn,
      // Looking into a queue costs, also into an empty one.
      enabled: this.props.settings.webhooks.length > 0,
      batchSize: 5,
      reportBatchItemFailures: true,
      maxConcurrency: 5,
    });
    fixed(mapping, 'WebhookDeliveries');
  }
}
