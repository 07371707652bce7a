import type { Signal } from '../../domain/journey/head.ts';
import type { Task } from '../../domain/journey/task.ts';
import { isPending } from '../../domain/journey/task.ts';
import type { TaskKind } from '../../domain/names.ts';
import { askIdOf } from '../../domain/tasks/ask.ts';
import { heads, journeyPartition, signals, tasks, waits } from '../journey-rows.ts';
import type { Desk } from './desk.ts';
import { noteTask } from './note-task.ts';
import { keepOverdue } from './overdue.ts';

/** What a signal concerns: tasks that no longer wait, appointments that changed, and whether gates must be looked at again. */
export type Concern = {
  readonly cause: string;
  readonly taskIds?: string[];
  readonly appointmentIds?: string[];
  readonly gates?: boolean;
};

/**
 * Posts a numbered signal and asks the outbox to release each wait that it ends. It writes the head, as registering a wait does,
 * so a wait that registers at the same time is either released by this or finds the signal by itself.
 */
export const postSignal = async (desk: Desk, concern: Concern): Promise<number> => {
  const head = await desk.need(heads, desk.journey.id);
  const number = head.lastSignal + 1;
  const signal: Signal = {
    journeyId: head.journeyId,
    number,
    cause: concern.cause,
    at: desk.now,
    appointmentIds: concern.appointmentIds ?? [],
    taskIds: concern.taskIds ?? [],
    gates: concern.gates ?? false,
  };
  desk.put(signals, signal);
  desk.put(heads, { ...head, lastSignal: number });
  for (const wait of await desk.list(waits, journeyPartition(head.journeyId), 'wait#')) {
    const concerned =
      wait.kind === 'gate' ? signal.gates : wait.taskId !== null && signal.taskIds.includes(wait.taskId);
    if (concerned) desk.follow({ kind: 'resume-wait', journeyId: head.journeyId, waitId: wait.id });
  }
  return number;
};

/** Tasks of a kind that are still to be answered. */
export const pendingTasks = async (desk: Desk, kind: TaskKind): Promise<Task[]> =>
  (await desk.list(tasks, journeyPartition(desk.journey.id), `task#${kind}-`)).filter(isPending);

/** Whether somebody still waits for a task: it is to be answered, or the patient is being called about it. */
export const isWaitedFor = (task: Task): boolean => isPending(task) || isCalledAbout(task);
const isCalledAbout = ({ state, callTaskId }: Task): boolean => state === 'expired' && callTaskId !== null;

/** Takes a task back that nobody needs to answer any more; whoever waited for a call about it is released. */
export const supersede = async (desk: Desk, task: Task): Promise<void> => {
  if (isCalledAbout(task)) desk.put(tasks, { ...task, callTaskId: null });
  if (!isPending(task)) return;
  const superseded: Task = { ...task, state: 'superseded', decidedAt: desk.now, nextAt: null };
  desk.put(tasks, superseded);
  await keepOverdue(desk, superseded);
  if (task.state !== 'open') return;
  noteTask(desk, task, { event: 'superseded' });
};

/** What holds a journey holds the booking that is under way too: whoever asks for it goes back to the gate. */
export const stopBooking = async (desk: Desk): Promise<void> => {
  if ((await pendingTasks(desk, 'book-pair')).length > 0)
    await supersedeWhere(desk, 'held', ({ kind }) => kind === 'book-pair', { gates: true });
};

/** Takes back every pending task that the rule names and wakes those who wait for them. */
export const supersedeWhere = async (
  desk: Desk,
  cause: string,
  rule: (task: Task) => boolean,
  more: Omit<Concern, 'cause' | 'taskIds'> = {},
): Promise<void> => {
  const all = await desk.list(tasks, journeyPartition(desk.journey.id), 'task#');
  const taken = all.filter((task) => isWaitedFor(task) && rule(task));
  for (const task of taken) await supersede(desk, task);
  await postSignal(desk, { cause, taskIds: taken.map(askIdOf), ...more });
};
