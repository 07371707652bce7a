import type { OutboxItem } from '../../contracts/outbox.ts';
import type { Run } from '../../contracts/run.ts';
import type { Head } from '../../domain/journey/head.ts';
import { pauseOf } from '../../domain/journey/journey.ts';
import { counters, heads, lines, outboxItems } from '../journey-rows.ts';
import { type Transaction, transact } from '../transaction.ts';
import { countOf, countUp, type Desk, type DeskPorts, deskFor, holdLine } from './desk.ts';
import { startDetached } from './detached.ts';

/** The main line of a journey's executions. */
export const MAIN = 'main';

/** What a line carries from state to state. */
export type Carried = { readonly seen: number; readonly round: number };

/** The last signal and the number of tasks, as a line takes them along. */
export const carried = async (desk: Desk): Promise<Carried> => ({
  seen: (await desk.need(heads, desk.journey.id)).lastSignal,
  round: await countOf(desk, desk.journey.id, 'tasks'),
});

/** Whether an execution is the one that its journey's head names. */
const isHead = (head: Head, machine: string, number: number): boolean =>
  head.machine === machine && head.number === number && !head.closed;

/** Hands the journey over to its next execution: the head changes first, then the outbox starts it under a name that is taken once. */
export const handOver = (
  ports: DeskPorts,
  input: {
    run: Run;
    from: { machine: Head['machine']; number: number };
    to: { machine: Head['machine']; number: number };
  },
): Promise<{ handedOver: boolean }> =>
  transact(ports, 'hand-over', async (transaction) => {
    const desk = await deskFor(ports, transaction, input.run.journeyId);
    await holdLine(desk, input.run);
    const head = await desk.need(heads, input.run.journeyId);
    if (!isHead(head, input.from.machine, input.from.number)) return { handedOver: false };
    // Parked by this very call, whose answer was lost: it stays where it is until somebody wakes it, under a new epoch.
    if (head.pause === 'parked') return { handedOver: false };
    if (head.pause === 'asked' && desk.journey.ending === null) {
      // What was skipped for the pause is not done, so the journey stays where it is; one that was resumed meanwhile begins this part again.
      if (pauseOf(desk.journey) === undefined) await startAnew(desk, { ...head, pause: null });
      else desk.put(heads, { ...head, pause: 'parked' });
      return { handedOver: false };
    }
    desk.put(heads, { ...head, ...input.to });
    // A replayed part may have asked nothing new; the names of what the next one starts must differ from its own all the same.
    if (head.epoch > 1) await countUp(desk, head.journeyId, 'tasks');
    desk.follow({ kind: 'start-execution', journeyId: head.journeyId, ...input.to, epoch: head.epoch });
    return { handedOver: true };
  });

/** Starts the head's execution under a new epoch, which goes on where the store says it was; writes of the old one are refused. */
const startAnew = async (transaction: Transaction, head: Head): Promise<number> => {
  const { journeyId, machine, number } = head;
  const epoch = head.epoch + 1;
  transaction.put(heads, { ...head, epoch });
  await transaction.get(lines, { journeyId, line: MAIN, epoch: head.epoch });
  transaction.remove(lines, { journeyId, line: MAIN, epoch: head.epoch });
  transaction.put(lines, { journeyId, line: MAIN, epoch });
  transaction.follow({ kind: 'start-execution', journeyId, machine, number, epoch });
  return epoch;
};

/** Lets a journey go on that was left where it stood, once it is paused no longer or is to end. */
export const wake = async (desk: Desk): Promise<void> => {
  const head = await desk.need(heads, desk.journey.id);
  if (head.pause !== 'parked' || (pauseOf(desk.journey) !== undefined && desk.journey.ending === null)) return;
  await startAnew(desk, { ...head, pause: null });
};

/** So often one line is started again by itself where it stands; then only a person's decision starts it. */
const REPLAYS = 3;

type Failed = { readonly journeyId: string; readonly line: string; readonly failedEpoch: number };

/** A line of a journey that may have to start again. */
type Restart = {
  /** How a person's task names the execution that failed, and under what its replays are counted. */
  readonly about: string;
  readonly counted: string;
  /** The outbox item of its start: while it is there the line did not fail, it has not begun. */
  readonly starting: OutboxItem;
  readonly again: () => Promise<number>;
};

const mainRestart = async (
  transaction: Transaction,
  { journeyId, failedEpoch }: Failed,
): Promise<Restart | undefined> => {
  const head = await transaction.need(heads, journeyId);
  const { machine, number, epoch } = head;
  if (head.closed || head.pause === 'parked' || epoch !== failedEpoch) return undefined;
  return {
    about: `${machine}-${number}-${epoch}`,
    counted: `replay:${machine}-${number}`,
    starting: { kind: 'start-execution', journeyId, machine, number, epoch },
    again: () => startAnew(transaction, head),
  };
};

/** A task that stands by itself, or a safety event. */
const detachedRestart = async (
  transaction: Transaction,
  { journeyId, line, failedEpoch }: Failed,
): Promise<Restart | undefined> => {
  const failed = await transaction.get(lines, { journeyId, line, epoch: failedEpoch });
  if (failed === undefined) return undefined;
  const { ask } = failed;
  const start = (epoch: number): OutboxItem =>
    ask === undefined
      ? { kind: 'start-safety-event', journeyId, eventId: line.slice('safety-'.length), epoch }
      : { kind: 'start-task', journeyId, line, epoch, ask };
  return {
    about: `${line}-${failedEpoch}`,
    counted: `replay:${line}`,
    starting: start(failedEpoch),
    again: async () => {
      const epoch = failedEpoch + 1;
      transaction.remove(lines, failed);
      transaction.put(lines, { ...failed, epoch });
      transaction.follow(start(epoch));
      return epoch;
    },
  };
};

/** What became of an execution that does not run: it starts again, a person is asked, or nothing is to be done. */
export type Replayed = 'replayed' | 'reported' | 'fine';

/**
 * Starts a line again under a new epoch: it goes on where the store says it was, and the old one's writes are refused.
 * One that fails again and again is a person's task after the third time; their asking (in the outbox while it is carried out) counts anew.
 */
export const replay = (ports: DeskPorts, input: Failed): Promise<Replayed> =>
  transact(ports, 'replay', async (transaction): Promise<Replayed> => {
    const { journeyId, line } = input;
    const restart = await (line === MAIN ? mainRestart : detachedRestart)(transaction, input);
    if (restart === undefined) return 'fine';
    const { about, counted, starting, again } = restart;
    if ((await transaction.get(outboxItems, starting)) !== undefined) return 'fine';
    const asked = await transaction.get(outboxItems, { kind: 'replay', ...input });
    const replays = await countOf(transaction, journeyId, counted);
    const before = asked === undefined ? replays : 0;
    if (before >= REPLAYS) {
      // A failing failure task makes no further one: the alarm of its execution reaches the engineers.
      if (line.startsWith('resolve-failure')) return 'fine';
      await startDetached(await deskFor(ports, transaction, journeyId), { kind: 'resolve-failure', about });
      return 'reported';
    }
    transaction.put(counters, { journeyId, name: counted, count: before + 1 });
    await again();
    return 'replayed';
  });
