import * as z from 'zod';
import { Run } from '../../contracts/run.ts';
import { frame } from '../../runtime/frame.ts';
import { recordFailure as recordFailureAct } from '../../stores/journey/failures.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import { wireAct } from '../wiring/journeys.ts';

const Input = z.strictObject({ run: Run, state: z.string(), error: z.string() });
const Output = z.strictObject({ recorded: z.boolean() });

type Deps = { readonly journeys: Pick<JourneyStore, 'recordFailure'> };

/** Makes a person’s task of a state that failed. */
export const recordFailure =
  ({ journeys }: Deps) =>
  (input: z.infer<typeof Input>): Promise<z.infer<typeof Output>> =>
    journeys.recordFailure(input);

const wire = (): Deps => ({ journeys: { recordFailure: wireAct(recordFailureAct) } });

export const step = { name: 'record-failure', input: Input, output: Output, wire, run: recordFailure };
export const handler = frame(step);
