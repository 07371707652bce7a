import { Duration } from 'aws-cdk-lib';
import { Archive, EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { UNREADABLE_ITEM } from '../../functions/contracts/watching.ts';
import type { Names } from '../names.ts';
import type { Settings } from '../settings/settings.ts';
import { fixed } from './fixed.ts';

/** As the functions sign their events (handlers/wiring/outbox.ts). */
export const SOURCE = 'throughline';

/** What happened to journeys, as ids and instants, for whoever in the clinic listens; kept for a while to be replayed. */
export class DomainBus extends Construct {
  readonly bus: EventBus;
  private readonly ruleName: string;

  constructor(scope: Construct, names: Names, { retention }: Settings) {
    super(scope, 'DomainBus');
    this.bus = new EventBus(this, 'Bus', { eventBusName: names.bus });
    fixed(this.bus, 'DomainBus');
    const archive = new Archive(this, 'Archive', {
      archiveName: names.bus,
      sourceEventBus: this.bus,
      eventPattern: { source: [SOURCE] },
      retention: Duration.days(retention.events),
    });
    fixed(archive, 'DomainBusArchive');
    this.ruleName = names.rule('unreadable-items');
  }

  /** Keeps what tells of outbox rows that nobody could read, for a person. */
  keepUnreadable(queue: Queue): void {
    const rule = new Rule(this, 'UnreadableRule', {
      ruleName: this.ruleName,
      eventBus: this.bus,
      eventPattern: { source: [SOURCE], detailType: [UNREADABLE_ITEM] },
      targets: [new SqsQueue(queue)],
    });
    fixed(rule, 'UnreadableItemsRule');
  }
}
