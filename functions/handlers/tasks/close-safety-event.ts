import * as z from 'zod';
import { Follows, Run, Seen } from '../../contracts/run.ts';
import { Ask } from '../../domain/journey/task.ts';
import { frame } from '../../runtime/frame.ts';
import { closeSafetyEvent as closeSafetyEventAct } from '../../stores/journey/safety-steps.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import { wireAct } from '../wiring/journeys.ts';

const Input = z.strictObject({ run: Run, eventId: z.string() });
const Output = z.strictObject({
  follows: Follows,
  decisionAsk: z.string(),
  followUp: Ask,
  seen: Seen,
  round: z.int().min(0),
});

type Deps = { readonly journeys: Pick<JourneyStore, 'closeSafetyEvent'> };

/** Closes a safety event once all of it is recorded. */
export const closeSafetyEvent =
  ({ journeys }: Deps) =>
  (input: z.infer<typeof Input>): Promise<z.infer<typeof Output>> =>
    journeys.closeSafetyEvent(input);

const wire = (): Deps => ({ journeys: { closeSafetyEvent: wireAct(closeSafetyEventAct) } });

export const step = { name: 'close-safety-event', input: Input, output: Output, wire, run: closeSafetyEvent };
export const handler = frame(step);
