import * as z from 'zod';
import { ROLES } from '../../domain/names.ts';
import { TASK_ACTS } from '../../domain/tasks/taking.ts';
import { frame } from '../../runtime/frame.ts';
import { takeTask as takeTaskAct } from '../../stores/journey/take-task.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import { wireAct } from '../wiring/journeys.ts';

const Input = z.strictObject({
  journeyId: z.string(),
  taskId: z.string(),
  act: z.enum(TASK_ACTS),
  by: z.strictObject({ role: z.enum(ROLES), id: z.string().min(1) }),
  /** Whom it is handed to; null where it is not. */
  to: z.string().nullable(),
});
const Output = z.union([
  z.strictObject({ accepted: z.literal(true), assignee: z.string().nullable() }),
  z.strictObject({ accepted: z.literal(false), reason: z.string() }),
]);

type Deps = { readonly journeys: Pick<JourneyStore, 'takeTask'> };

/** Somebody of the clinic takes a task on, gives it back, or hands it to a colleague. */
export const takeTask =
  ({ journeys }: Deps) =>
  (input: z.infer<typeof Input>): Promise<z.infer<typeof Output>> =>
    journeys.takeTask(input);

const wire = (): Deps => ({ journeys: { takeTask: wireAct(takeTaskAct) } });

export const step = { name: 'take-task', input: Input, output: Output, wire, run: takeTask };
export const handler = frame(step);
