import { Duration } from 'aws-cdk-lib';
import { Archive, EventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import type { Settings } from '../settings/settings.ts';
import { fixed } from './fixed.ts';

/** What happened to journeys, as ids and instants, for whoever in the clinic listens; kept for a while to be replayed. */
export class DomainBus extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, names: Names, { retention }: Settings) {
    super(scope, 'DomainBus');
    this.bus = new EventBus(this, 'Bus', { eventBusName: names.bus });
    fixed(this.bus, 'DomainBus');
    const archive = new Archive(this, 'Archive', {
      archiveName: names.bus,
      sourceEventBus: this.bus,
      eventPattern: { source: ['throughline'] },
      retention: Duration.days(retention.events),
    });
    fixed(archive, 'DomainBusArchive');
  }
}
