import * as z from 'zod';
import { Run, Seen } from '../../contracts/run.ts';
import { Ask } from '../../domain/journey/task.ts';
import { frame } from '../../runtime/frame.ts';
import { beginIntake as beginIntakeAct } from '../../stores/journey/intake-steps.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import { wireAct } from '../wiring/journeys.ts';

const Input = z.strictObject({ run: Run });
const Output = z.strictObject({
  screeningAsks: z.array(Ask),
  clearanceAsks: z.array(Ask),
  planAsks: z.array(Ask),
  seen: Seen,
  round: z.int().min(0),
});

type Deps = { readonly journeys: Pick<JourneyStore, 'beginIntake'> };

/** Welcomes a patient into the consult. */
export const beginIntake =
  ({ journeys }: Deps) =>
  (input: z.infer<typeof Input>): Promise<z.infer<typeof Output>> =>
    journeys.beginIntake(input);

const wire = (): Deps => ({ journeys: { beginIntake: wireAct(beginIntakeAct) } });

export const step = { name: 'begin-intake', input: Input, output: Output, wire, run: beginIntake };
export const handler = frame(step);
