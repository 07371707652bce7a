import type { Head } from '../../domain/journey/head.ts';
import { isPending, type Task } from '../../domain/journey/task.ts';
import type { PHASES } from '../../domain/names.ts';
import { askIdOf } from '../../domain/tasks/ask.ts';
import { heads, journeyPartition, journeys, tasks, waits } from '../journey-rows.ts';
import { transact } from '../transaction.ts';
import { type DeskPorts, deskFor } from './desk.ts';
import { startDetached } from './detached.ts';

/** One page of journeys that have not ended, by the phase that they are in. */
export const liveJourneys = async (
  ports: DeskPorts,
  page: { phase: (typeof PHASES)[number]; cursor?: string },
): Promise<{ ids: string[]; cursor: string | null }> => {
  const { rows, cursor } = await ports.table.query({
    index: 'by1',
    pk: `journeys#${page.phase}`,
    limit: 100,
    ...(page.cursor !== undefined && { cursor: page.cursor }),
  });
  return { ids: rows.map((row) => journeys.read(row).id), cursor: cursor ?? null };
};

/** Where a journey's main line should be running, and which of its open tasks nobody waits for. */
export type Standing = { readonly head: Head; readonly orphans: readonly string[] };

/** A task without a wait for longer than this has lost its execution. */
const GRACE_MS = 15 * 60_000;

const isOrphan = (task: Task, waiting: ReadonlySet<string>, now: string): boolean =>
  isPending(task) && !waiting.has(askIdOf(task)) && Date.parse(now) - Date.parse(task.plannedAt) > GRACE_MS;

/** What reconciliation compares with the executions that are running. */
export const standingOf = (ports: DeskPorts, journeyId: string): Promise<Standing> =>
  transact(ports, 'reconcile', async (transaction) => {
    const head = await transaction.need(heads, journeyId);
    const waiting = new Set((await transaction.list(waits, journeyPartition(journeyId), 'wait#')).map(({ id }) => id));
    const all = await transaction.list(tasks, journeyPartition(journeyId), 'task#');
    return { head, orphans: all.filter((task) => isOrphan(task, waiting, transaction.now)).map(({ id }) => id) };
  });

/** Makes a person's task of a journey's open tasks that nobody waits for, once a day at most. */
export const reportOrphans = (ports: DeskPorts, journeyId: string): Promise<void> =>
  transact(ports, 'reconcile', async (transaction) => {
    const desk = await deskFor(ports, transaction, journeyId);
    await startDetached(desk, { kind: 'resolve-failure', about: `orphans-${desk.now.slice(0, 10)}` });
  });
