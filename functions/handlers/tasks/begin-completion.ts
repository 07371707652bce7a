import * as z from 'zod';
import { Run, Seen } from '../../contracts/run.ts';
import { Ask } from '../../domain/journey/task.ts';
import { frame } from '../../runtime/frame.ts';
import { beginCompletion as beginCompletionAct } from '../../stores/journey/completion-steps.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import { wireAct } from '../wiring/journeys.ts';

const Input = z.strictObject({ run: Run, number: z.int().min(1) });
const Output = z.strictObject({
  stage: z.enum(['finish', 'follow-up', 'settle']),
  measures: z.array(Ask),
  opensAt: z.string(),
  next: z.int(),
  seen: Seen,
  round: z.int().min(0),
});

type Deps = { readonly journeys: Pick<JourneyStore, 'beginCompletion'> };

/** Says where the completion of a journey stands. */
export const beginCompletion =
  ({ journeys }: Deps) =>
  (input: z.infer<typeof Input>): Promise<z.infer<typeof Output>> =>
    journeys.beginCompletion(input);

const wire = (): Deps => ({ journeys: { beginCompletion: wireAct(beginCompletionAct) } });

export const step = { name: 'begin-completion', input: Input, output: Output, wire, run: beginCompletion };
export const handler = frame(step);
