import * as z from 'zod';
import { Follows, Place, Run, Seen } from '../../contracts/run.ts';
import { Ask } from '../../domain/journey/task.ts';
import { frame } from '../../runtime/frame.ts';
import { planNextStep as planNextStepAct } from '../../stores/journey/series-steps.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import { wireAct } from '../wiring/journeys.ts';

const Input = z.strictObject({ run: Run, cycle: z.int().min(1) });
const Output = z.strictObject({
  follows: Follows,
  to: Place,
  question: Ask.nullable(),
  seen: Seen,
  round: z.int().min(0),
});

type Deps = { readonly journeys: Pick<JourneyStore, 'planNextStep'> };

/** Decides what follows a cycle. */
export const planNextStep =
  ({ journeys }: Deps) =>
  (input: z.infer<typeof Input>): Promise<z.infer<typeof Output>> =>
    journeys.planNextStep(input);

const wire = (): Deps => ({ journeys: { planNextStep: wireAct(planNextStepAct) } });

export const step = { name: 'plan-next-step', input: Input, output: Output, wire, run: planNextStep };
export const handler = frame(step);
