import type { Task } from '../../domain/journey/task.ts';
import { withTask } from '../../domain/tasks/overdue.ts';
import { overdueTasks } from '../journey-rows.ts';
import type { Transaction } from '../transaction.ts';

/**
 * Keeps a journey on the list of those with something overdue, from the first chase of a task that is past its due time until the last
 * such task ends. What is answered in time, as nearly everything is, is never written down here, and costs nothing.
 */
export const keepOverdue = async (transaction: Transaction, task: Task): Promise<void> => {
  const { now } = transaction;
  if (task.dueAt === null || task.dueAt > now) return;
  const before = await transaction.get(overdueTasks, task.journeyId);
  const after = withTask(before, task, now);
  if (after !== undefined) transaction.put(overdueTasks, after);
  else if (before !== undefined) transaction.remove(overdueTasks, task.journeyId);
};
