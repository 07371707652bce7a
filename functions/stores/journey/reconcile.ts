import { isPending, type Task } from '../../domain/journey/task.ts';
import { PHASES } from '../../domain/names.ts';
import { askIdOf } from '../../domain/tasks/ask.ts';
import { journeyPartition, journeys, tasks, waits } from '../journey-rows.ts';
import { inPhase } from '../journey-shelves.ts';
import { transact } from '../transaction.ts';
import { type DeskPorts, deskFor } from './desk.ts';
import { startDetached } from './detached.ts';
import { type LiveLine, liveLines } from './live-lines.ts';

/** Where journeys that have not ended are: one whose first execution has not begun is in no phase yet. */
export const LIVE_PHASES = ['new', ...PHASES] as const;
export type LivePhase = (typeof LIVE_PHASES)[number];
/** The lists of them: those on hold are listed apart. */
export const LIVE_LISTS = LIVE_PHASES.flatMap((phase) => [true, false].map((held) => ({ phase, held })));

/** One page of journeys that have not ended, by the phase that they are in and whether something holds them up. */
export const liveJourneys = async (
  ports: DeskPorts,
  page: { phase: LivePhase; held: boolean; cursor?: string },
): Promise<{ ids: string[]; cursor: string | null }> => {
  const { rows, cursor } = await ports.table.query({
    index: 'by1',
    pk: inPhase(page.phase, page.held),
    limit: 100,
    ...(page.cursor !== undefined && { cursor: page.cursor }),
  });
  return { ids: rows.map((row) => journeys.read(row).id), cursor: cursor ?? null };
};

/** Which lines of a journey should be running, none where it has ended, and which of its open tasks nobody waits for. */
export type Standing = { readonly lines: readonly LiveLine[]; readonly orphans: readonly string[] };

/** A task without a wait for longer than this has lost its execution. */
const GRACE_MS = 15 * 60_000;

const isOrphan = (task: Task, waiting: ReadonlySet<string>, now: string): boolean =>
  isPending(task) && !waiting.has(askIdOf(task)) && Date.parse(now) - Date.parse(task.plannedAt) > GRACE_MS;

/** What reconciliation compares with the executions that are running. */
export const standingOf = async (ports: DeskPorts, journeyId: string): Promise<Standing> => {
  const live = await liveLines(ports, journeyId);
  if ('idle' in live) return { lines: [], orphans: [] };
  return transact(ports, 'reconcile', async (transaction) => {
    const waiting = new Set((await transaction.list(waits, journeyPartition(journeyId), 'wait#')).map(({ id }) => id));
    const all = await transaction.list(tasks, journeyPartition(journeyId), 'task#');
    const orphans = all.filter((task) => isOrphan(task, waiting, transaction.now)).map(({ id }) => id);
    return { lines: live.lines, orphans };
  });
};

/** Makes a person's task of a journey's open tasks that nobody waits for, once a day at most. */
export const reportOrphans = (ports: DeskPorts, journeyId: string): Promise<void> =>
  transact(ports, 'reconcile', async (transaction) => {
    const desk = await deskFor(ports, transaction, journeyId);
    await startDetached(desk, { kind: 'resolve-failure', about: `orphans-${desk.now.slice(0, 10)}` });
  });
