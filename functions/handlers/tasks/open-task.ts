import * as z from 'zod';
import { Seen, StaffTaskInput } from '../../contracts/run.ts';
import { frame } from '../../runtime/frame.ts';
import { openTask as openTaskAct } from '../../stores/journey/open-task.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import { wireAct } from '../wiring/journeys.ts';

const Input = StaffTaskInput;
const Output = z.strictObject({
  askId: z.string().nullable(),
  seconds: z.int().min(1),
  seen: Seen,
  round: z.int().min(0),
});

type Deps = { readonly journeys: Pick<JourneyStore, 'openTask'> };

/** Opens the task that a state machine asks for, or finds it open. */
export const openTask =
  ({ journeys }: Deps) =>
  (input: z.infer<typeof Input>): Promise<z.infer<typeof Output>> =>
    journeys.openTask(input);

const wire = (): Deps => ({ journeys: { openTask: wireAct(openTaskAct) } });

export const step = { name: 'open-task', input: Input, output: Output, wire, run: openTask };
export const handler = frame(step);
