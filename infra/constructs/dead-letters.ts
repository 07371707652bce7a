import { Duration } from 'aws-cdk-lib';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import { fixed } from './fixed.ts';

/** Where deliveries end that nobody could take; an alarm stands on each. */
export class DeadLetters extends Construct {
  /** Schedules that could not call their function. */
  readonly schedules: Queue;
  /** Events and delivery reports that could not be handed to a function. */
  readonly events: Queue;
  /** Invocations that a function took and failed, stream batches included. */
  readonly invocations: Queue;
  /** Outbox rows that nobody could read, set aside so that they keep no other waiting. */
  readonly unreadable: Queue;
  /** Events that another system did not take in a day and a half. */
  readonly webhooks: Queue;

  constructor(scope: Construct, names: Names, encryptionMasterKey: Key) {
    super(scope, 'DeadLetters');
    const queue = (id: string, name: string) => {
      const made = new Queue(this, id, {
        queueName: names.queue(name),
        encryption: QueueEncryption.KMS,
        encryptionMasterKey,
        enforceSSL: true,
        retentionPeriod: Duration.days(14),
      });
      fixed(made, id);
      return made;
    };
    this.schedules = queue('UndeliveredSchedules', 'undelivered-schedules');
    this.events = queue('UndeliveredEvents', 'undelivered-events');
    this.invocations = queue('FailedInvocations', 'failed-invocations');
    this.unreadable = queue('UnreadableItems', 'unreadable-items');
    this.webhooks = queue('UndeliveredWebhooks', 'undelivered-webhooks');
  }

  get all(): readonly Queue[] {
    return [this.schedules, this.events, this.invocations, this.unreadable, this.webhooks];
  }
}
