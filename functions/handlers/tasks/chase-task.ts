import * as z from 'zod';
import { Run } from '../../contracts/run.ts';
import { frame } from '../../runtime/frame.ts';
import { chaseTask as chaseTaskAct } from '../../stores/journey/chase-task.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import { wireAct } from '../wiring/journeys.ts';

const Input = z.strictObject({ run: Run, askId: z.string() });
const Output = z.strictObject({ seconds: z.int().min(1) });

type Deps = { readonly journeys: Pick<JourneyStore, 'chaseTask'> };

/** Nudges, escalates or gives up on a task that nobody has answered. */
export const chaseTask =
  ({ journeys }: Deps) =>
  (input: z.infer<typeof Input>): Promise<z.infer<typeof Output>> =>
    journeys.chaseTask(input);

const wire = (): Deps => ({ journeys: { chaseTask: wireAct(chaseTaskAct) } });

export const step = { name: 'chase-task', input: Input, output: Output, wire, run: chaseTask };
export const handler = frame(step);
