import { PUBLIC_ADDRESS } from '../../contracts/deployment.ts';
import { newLinkId, systemClock, systemOrdinal } from '../../runtime/clock.ts';
import { env } from '../../runtime/env.ts';
import { bundledData, libraryOf } from '../../stores/bundled-library.ts';
import type { DeskPorts } from '../../stores/journey/desk.ts';
import { tableNamed } from './tables.ts';

let ports: DeskPorts | undefined;

/** What every act on a journey stands on in AWS. */
export const journeyPorts = (): DeskPorts => {
  ports ??= {
    table: tableNamed(env('TABLE')),
    now: systemClock,
    ordinal: systemOrdinal,
    library: libraryOf(bundledData()),
    links: { address: () => process.env[PUBLIC_ADDRESS], newId: newLinkId },
  };
  return ports;
};

/** One act on journeys in AWS. A function takes the acts that it does, since the whole store would be three times its size. */
export const wireAct = <I, O>(act: (ports: DeskPorts, input: I) => Promise<O>): ((input: I) => Promise<O>) => {
  const on = journeyPorts();
  return (input) => act(on, input);
};
