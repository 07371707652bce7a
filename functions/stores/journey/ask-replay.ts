import { isPending, type Task } from '../../domain/journey/task.ts';
import type { Role } from '../../domain/names.ts';
import { heads, journeyPartition, lines, outboxItems, tasks } from '../journey-rows.ts';
import { type Transaction, transact } from '../transaction.ts';
import { decideTask } from './decide-task.ts';
import type { DeskPorts } from './desk.ts';
import { MAIN } from './main-line.ts';

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
