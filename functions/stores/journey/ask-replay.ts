import { type ExecutionPlace, mainExecution, safetyExecution, taskExecution } from '../../contracts/execution-name.ts';
import type { Journey } from '../../domain/journey/journey.ts';
import { isPending, type Task } from '../../domain/journey/task.ts';
import type { Role } from '../../domain/names.ts';
import { heads, journeyPartition, journeys, lines, outboxItems, safetyEvents, tasks } from '../journey-rows.ts';
import { type Transaction, transact } from '../transaction.ts';
import { decideTask } from './decide-task.ts';
import type { DeskPorts } from './desk.ts';
import { MAIN } from './main-line.ts';
import { isWaitedFor } from './signals.ts';

/** A line of execution that should be running, and the execution that works for it. */
export type LiveLine = { readonly line: string; readonly epoch: number; readonly execution: ExecutionPlace };

/** What should be running of a journey; a text says why nothing should. */
export type LiveLines = { readonly journey: Journey; readonly lines: readonly LiveLine[] } | { readonly idle: string };

const detachedLines = async (transaction: Transaction, journeyId: string): Promise<LiveLine[]> => {
  const partition = journeyPartition(journeyId);
  const asked = await transaction.list(tasks, partition, 'task#');
  const events = await transaction.list(safetyEvents, partition, 'safety#');
  const all = await transaction.list(lines, partition, 'line#');
  return all.flatMap(({ line, epoch, ask }): LiveLine[] => {
    if (line === MAIN) return [];
    if (ask !== undefined) {
      const own = asked.filter((task) => task.line === line);
      // One that never came to be written down is still to be asked.
      const alive = own.length === 0 || own.some(isWaitedFor);
      return alive ? [{ line, epoch, execution: taskExecution({ journeyId, line, epoch }) }] : [];
    }
    const event = events.find(({ id }) => `safety-${id}` === line);
    return event === undefined || event.closedAt !== null
      ? []
      : [{ line, epoch, execution: safetyExecution({ journeyId, eventId: event.id, epoch }) }];
  });
};

/** The lines of execution that a journey should have running, as the store knows them; writes nothing. */
export const liveLines = (ports: DeskPorts, journeyId: string): Promise<LiveLines> =>
  transact(ports, 'replay', async (transaction): Promise<LiveLines> => {
    const journey = await transaction.get(journeys, journeyId);
    if (journey === undefined) return { idle: 'there is no such journey' };
    const head = await transaction.need(heads, journeyId);
    if (head.closed) return { idle: 'the journey has ended' };
    const detached = await detachedLines(transaction, journeyId);
    if (head.pause === 'parked' && detached.length === 0) return { idle: 'the journey is paused; resume it' };
    const main = { line: MAIN, epoch: head.epoch, execution: mainExecution(head) };
    return { journey, lines: [...(head.pause === 'parked' ? [] : [main]), ...detached] };
  });

/** Which execution is to start again, and who decided so. */
export type ReplayAsked = {
  readonly journeyId: string;
  readonly line: string;
  readonly failedEpoch: number;
  readonly by: { readonly id: string; readonly roles: readonly Role[] };
  readonly reason: string;
};

const aboutOf = async (transaction: Transaction, { journeyId, line, failedEpoch }: ReplayAsked): Promise<string> => {
  if (line !== MAIN) return `${line}-${failedEpoch}`;
  const { machine, number } = await transaction.need(heads, journeyId);
  return `${machine}-${number}-${failedEpoch}`;
};

/** The open task of a person that asks what to do about this very failure. */
const failureTask = (ports: DeskPorts, asked: ReplayAsked): Promise<Task | undefined> =>
  transact(ports, 'replay', async (transaction) => {
    const about = await aboutOf(transaction, asked);
    const all = await transaction.list(tasks, journeyPartition(asked.journeyId), 'task#resolve-failure-');
    return all.find((task) => isPending(task) && task.state === 'open' && task.ask.about === about);
  });

/** What became of an asking; `through` says whether a person's task was answered with it. */
export type ReplayAnswer =
  | { readonly asked: true; readonly through: 'task' | 'outbox' }
  | { readonly asked: false; readonly reason: string };

/**
 * Asks for a failed execution to be started again from the stored state, in the one way there is: the outbox carries out `replay`
 * of that epoch, once. Where a person's task about the failure is open, this is its answer.
 */
export const askReplay = async (ports: DeskPorts, asked: ReplayAsked): Promise<ReplayAnswer> => {
  const { journeyId, line, failedEpoch, by, reason } = asked;
  const task = await failureTask(ports, asked);
  if (task !== undefined) {
    const role = by.roles.find((each) => task.asked.includes(each)) ?? by.roles[0] ?? task.holder;
    const decided = await decideTask(ports, {
      journeyId,
      taskId: task.id,
      answer: 'replay',
      by: { role, id: by.id },
      reason,
      data: {},
    });
    return decided.accepted ? { asked: true, through: 'task' } : { asked: false, reason: decided.reason };
  }
  return transact(ports, 'replay', async (transaction): Promise<ReplayAnswer> => {
    const known = await transaction.get(lines, { journeyId, line, epoch: failedEpoch });
    if (known === undefined) return { asked: false, reason: `epoch ${failedEpoch} of ${line} is past` };
    const item = { kind: 'replay', journeyId, line, failedEpoch } as const;
    if ((await transaction.get(outboxItems, item)) !== undefined) return { asked: true, through: 'outbox' };
    transaction.note(journeyId, { kind: 'replay', line, epoch: failedEpoch, by: by.id, reason });
    transaction.follow(item);
    return { asked: true, through: 'outbox' };
  });
};
