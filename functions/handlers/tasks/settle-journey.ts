import * as z from 'zod';
import { Follows, Run, Seen } from '../../contracts/run.ts';
import { frame } from '../../runtime/frame.ts';
import { settleJourney as settleJourneyAct } from '../../stores/journey/settling.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import { wireAct } from '../wiring/journeys.ts';

const Input = z.strictObject({ run: Run });
const Output = z.strictObject({ follows: Follows, seconds: z.int().min(1), seen: Seen, round: z.int().min(0) });

type Deps = { readonly journeys: Pick<JourneyStore, 'settleJourney'> };

/** Settles what is left of a journey and records its outcome. */
export const settleJourney =
  ({ journeys }: Deps) =>
  (input: z.infer<typeof Input>): Promise<z.infer<typeof Output>> =>
    journeys.settleJourney(input);

const wire = (): Deps => ({ journeys: { settleJourney: wireAct(settleJourneyAct) } });

export const step = { name: 'settle-journey', input: Input, output: Output, wire, run: settleJourney };
export const handler = frame(step);
