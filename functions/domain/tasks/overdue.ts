import * as z from 'zod';
import type { Task } from '../journey/task.ts';
import type { Instant } from '../time/instants.ts';

/** The overdue tasks of one journey, each by its id and when it was due; there is none of it where there is no such task. */
export const OverdueTasks = z.strictObject({
  journeyId: z.string(),
  tasks: z.array(z.strictObject({ id: z.string(), dueAt: z.string() })).min(1),
});
export type OverdueTasks = z.infer<typeof OverdueTasks>;

/** Whether a task should have been answered by now. */
export const isOverdue = ({ state, dueAt }: Pick<Task, 'state' | 'dueAt'>, now: Instant): boolean =>
  state === 'open' && dueAt !== null && dueAt <= now;

/** When the first of them was due. */
export const firstDueAt = ({ tasks }: OverdueTasks): Instant =>
  tasks.map(({ dueAt }) => dueAt).reduce((first, dueAt) => (dueAt < first ? dueAt : first));

/** The overdue tasks of a journey with one as it stands now; undefined where none is left. */
export const withTask = (
  before: OverdueTasks | undefined,
  task: Pick<Task, 'journeyId' | 'id' | 'state' | 'dueAt'>,
  now: Instant,
): OverdueTasks | undefined => {
  const { journeyId, id, dueAt } = task;
  const others = before?.tasks.filter((each) => each.id !== id) ?? [];
  const tasks = isOverdue(task, now) && dueAt !== null ? [...others, { id, dueAt }] : others;
  return tasks.length === 0 ? undefined : { journeyId, tasks };
};
