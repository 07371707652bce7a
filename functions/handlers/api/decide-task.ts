import * as z from 'zod';
import { JsonRecord } from '../../domain/json-record.ts';
import { ROLES } from '../../domain/names.ts';
import { frame } from '../../runtime/frame.ts';
import { decideTask as decideTaskAct } from '../../stores/journey/decide-task.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import { wireAct } from '../wiring/journeys.ts';

const Input = z.strictObject({
  journeyId: z.string(),
  taskId: z.string(),
  answer: z.string(),
  by: z.strictObject({ role: z.enum(ROLES), id: z.string().min(1) }),
  reason: z.string().max(2_000).nullable(),
  data: JsonRecord,
});
const Output = z.union([
  z.strictObject({ accepted: z.literal(true), answer: z.string(), by: z.string() }),
  z.strictObject({ accepted: z.literal(false), reason: z.string() }),
]);

type Deps = { readonly journeys: Pick<JourneyStore, 'decideTask'> };

/** Takes somebody's answer to a task: first written with all that follows from it, follows told to whoever waits. */
export const decideTask =
  ({ journeys }: Deps) =>
  (input: z.infer<typeof Input>): Promise<z.infer<typeof Output>> =>
    journeys.decideTask(input);

const wire = (): Deps => ({ journeys: { decideTask: wireAct(decideTaskAct) } });

export const step = { name: 'decide-task', input: Input, output: Output, wire, run: decideTask };
export const handler = frame(step);
