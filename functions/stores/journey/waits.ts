import type { Answer, Run } from '../../contracts/run.ts';
import type { Wait } from '../../domain/journey/head.ts';
import { isHalted, type Journey } from '../../domain/journey/journey.ts';
import { isPending, type Task } from '../../domain/journey/task.ts';
import { followsFrom } from '../../domain/tasks/answers.ts';
import { isAskedFor } from '../../domain/tasks/ask.ts';
import { heads, journeys, outboxItems, signals, tasks, waits } from '../journey-rows.ts';
import type { Transaction } from '../transaction.ts';
import { transact } from '../transaction.ts';
import { countOf, type DeskPorts, deskFor, holdLine } from './desk.ts';
import { strike } from './outbox.ts';

/** What a waiting state may be told at once: nothing (it waits), or what follows. */
export type Registered = { readonly release: Answer | null };

/** The newest repetition of what was asked; one is repeated only after the one before it has ended. */
export const newestTask = async (
  transaction: Transaction,
  journeyId: string,
  askId: string,
): Promise<Task | undefined> => {
  let newest: Task | undefined;
  for (let repetition = 1; ; repetition += 1) {
    const task = await transaction.get(tasks, { journeyId, id: `${askId}-${repetition}` });
    if (task === undefined) return newest;
    if (isPending(task)) return task;
    newest = task;
  }
};

const answerOf = async (
  transaction: Transaction,
  journey: Journey,
  task: Task | undefined,
  seen: number,
): Promise<Answer> => ({
  follows: task ? followsFrom(task, journey) : isHalted(journey) ? 'end' : 'book-again',
  answer: task?.answer ?? null,
  taskId: task?.id ?? null,
  seen,
  round: await countOf(transaction, journey.id, 'tasks'),
});

/** Whether a signal newer than the last one seen concerns a wait. */
const missedSignal = async (
  transaction: Transaction,
  journeyId: string,
  from: number,
  to: number,
  concerns: { askId?: string; gates?: boolean },
): Promise<boolean> => {
  for (let number = from + 1; number <= to; number += 1) {
    const signal = await transaction.get(signals, { journeyId, number });
    if (signal === undefined) continue;
    if (concerns.gates && signal.gates) return true;
    if (concerns.askId !== undefined && signal.taskIds.includes(concerns.askId)) return true;
  }
  return false;
};

/** The next day is asked about in its own time, also while somebody still calls about the evening before. */
const goesOnWithoutCall = ({ kind }: Task): boolean => kind === 'home-safe';

type Waiting = { readonly token: string; readonly enteredAt: string; readonly seconds: number };
const deadlineOf = (now: string, seconds: number) => new Date(Date.parse(now) + seconds * 1000).toISOString();

/** Writes the row of a wait, unless a state that was entered later waits by it already. */
const register = (
  transaction: Transaction,
  { run: { journeyId, line, epoch }, token, enteredAt, seconds }: { run: Run } & Waiting,
  known: Wait | undefined,
  which: Pick<Wait, 'id' | 'kind' | 'taskId'>,
): void => {
  if (known !== undefined && known.registeredAt > enteredAt) return;
  const deadline = deadlineOf(transaction.now, seconds);
  transaction.put(waits, { journeyId, ...which, token, registeredAt: enteredAt, deadline, line, epoch });
};

/**
 * Registers the wait for an answer, or says what to release it with: the task is no longer pending, or a newer signal concerns it.
 * A retried registration finds its row by id and replaces an older token only.
 */
export const registerTaskWait = (
  ports: DeskPorts,
  input: { run: Run; askId: string | null; seen: number } & Waiting,
): Promise<Registered> =>
  transact(ports, 'wait-for-answer', async (transaction) => {
    const { run, askId, seen } = input;
    const { journeyId } = run;
    await holdLine(transaction, run);
    const head = await transaction.need(heads, journeyId);
    const task = askId === null ? undefined : await newestTask(transaction, journeyId, askId);
    const released = async () =>
      answerOf(transaction, await transaction.need(journeys, journeyId), task, head.lastSignal);
    if (task === undefined || askId === null) return { release: await released() };
    const overtaken = await missedSignal(transaction, journeyId, seen, head.lastSignal, { askId });
    const known = await transaction.get(waits, { journeyId, id: askId });
    if (task.state !== 'expired' && (!isPending(task) || overtaken)) {
      // The token of an earlier wait for it is of no more use.
      if (known !== undefined) transaction.remove(waits, known);
      if (!isPending(task)) transaction.put(tasks, { ...task, takenUp: true });
      const answer = await released();
      if (!isPending(task)) return { release: answer };
      const journey = await transaction.need(journeys, journeyId);
      return { release: { ...answer, follows: isAskedFor(task.ask, journey) ? 'look-again' : 'end' } };
    }
    if (task.state === 'expired' && (task.callTaskId === null || goesOnWithoutCall(task))) {
      if (known !== undefined) transaction.remove(waits, known);
      transaction.put(tasks, { ...task, takenUp: true });
      return { release: await released() };
    }
    // A decision that commits first makes this look again, and find it; one that commits later finds the wait.
    await transaction.check(tasks, task);
    register(transaction, input, known, { id: askId, kind: 'task', taskId: askId });
    transaction.put(heads, head);
    return { release: null };
  });

/** Registers the wait for an instant or for a gate's reason to go away; a newer signal about gates releases a gate's wait. */
export const registerMoment = (
  ports: DeskPorts,
  input: { run: Run; id: string; kind: 'gate' | 'moment'; seen: number } & Waiting,
): Promise<Registered> =>
  transact(ports, 'wait-until', async (transaction) => {
    const { run, id, kind, seen } = input;
    await holdLine(transaction, run);
    const head = await transaction.need(heads, run.journeyId);
    if (kind === 'gate' && (await missedSignal(transaction, run.journeyId, seen, head.lastSignal, { gates: true }))) {
      const answer = await answerOf(
        transaction,
        await transaction.need(journeys, run.journeyId),
        undefined,
        head.lastSignal,
      );
      return { release: { ...answer, follows: 'look-again' } };
    }
    const known = await transaction.get(waits, { journeyId: run.journeyId, id });
    register(transaction, input, known, { id, kind, taskId: null });
    transaction.put(heads, head);
    return { release: null };
  });

/** What a registered wait is to be released with, and its token; null when nothing waits any more. */
export const releaseOf = (
  ports: DeskPorts,
  input: { journeyId: string; waitId: string },
): Promise<{ token: string; answer: Answer } | null> =>
  transact(ports, 'resume-wait', async (transaction) => {
    const desk = await deskFor(ports, transaction, input.journeyId);
    const wait = await desk.get(waits, { journeyId: input.journeyId, id: input.waitId });
    if (wait === undefined) return null;
    const head = await desk.need(heads, input.journeyId);
    if (wait.taskId === null) {
      const answer = await answerOf(desk, desk.journey, undefined, head.lastSignal);
      return { token: wait.token, answer: { ...answer, follows: desk.journey.ending ? 'end' : 'look-again' } };
    }
    const task = await newestTask(desk, input.journeyId, wait.taskId);
    if (task === undefined || task.state === 'planned' || task.state === 'open') return null;
    return { token: wait.token, answer: await answerOf(desk, desk.journey, task, head.lastSignal) };
  });

/** Notes that the waiting state took its answer up, and forgets the wait and the item that asked to resume it; false where another state waits by now. */
export const takenUp = (
  ports: DeskPorts,
  { journeyId, waitId, token, taskId }: { journeyId: string; waitId: string; token: string; taskId: string | null },
): Promise<boolean> =>
  transact(ports, 'resume-wait', async (transaction) => {
    const item = { kind: 'resume-wait', journeyId, waitId } as const;
    await transaction.get(outboxItems, item);
    const wait = await transaction.get(waits, { journeyId, id: waitId });
    // Somebody may have asked for the one that waits now.
    if (wait !== undefined && wait.token !== token) return false;
    await strike(transaction, item);
    if (wait === undefined) return true;
    transaction.remove(waits, wait);
    const task = taskId === null ? undefined : await transaction.get(tasks, { journeyId, id: taskId });
    if (task !== undefined && !isPending(task)) transaction.put(tasks, { ...task, takenUp: true });
    return true;
  });

/** A state that timed out asks its function what is due and registers again: within seconds, or minutes when that is retried. */
const BEFORE_ITS_DEADLINE = 120_000;
const LONG_AFTER_ITS_DEADLINE = 3_600_000;

/**
 * Whether a refused release is a success after all, and if so forgets the wait: the store shows that the answer was taken up, or that
 * the state behind the token cannot have timed out just now. Before its deadline a token goes only by being used, or with its execution;
 * long after it, whoever timed out has registered again. A replayed execution finds the decided task by itself, so nothing is lost.
 */
export const wasTakenUp = (
  ports: DeskPorts,
  input: { journeyId: string; waitId: string; token: string },
): Promise<boolean> =>
  transact(ports, 'resume-wait', async (transaction) => {
    const wait = await transaction.get(waits, { journeyId: input.journeyId, id: input.waitId });
    if (wait === undefined || wait.token !== input.token) return true;
    const task = wait.taskId === null ? undefined : await newestTask(transaction, input.journeyId, wait.taskId);
    const late = Date.parse(transaction.now) - Date.parse(wait.deadline);
    const isBetween = late >= -BEFORE_ITS_DEADLINE && late <= LONG_AFTER_ITS_DEADLINE;
    if (task !== undefined && !task.takenUp && isBetween) return false;
    transaction.remove(waits, wait);
    if (task !== undefined && !isPending(task)) transaction.put(tasks, { ...task, takenUp: true });
    return true;
  });
