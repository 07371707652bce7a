import type { Run } from '../../contracts/run.ts';
import type { Head } from '../../domain/journey/head.ts';
import { heads, lines } from '../journey-rows.ts';
import { transact } from '../transaction.ts';
import { countOf, type Desk, type DeskPorts, deskFor, holdLine } from './desk.ts';

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

/** Hands the journey over to its next execution: the head changes first, follows the outbox starts it under a name that is taken once. */
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
    desk.put(heads, { ...head, ...input.to });
    desk.follow({ kind: 'start-execution', journeyId: head.journeyId, ...input.to, epoch: head.epoch });
    return { handedOver: true };
  });

/** Starts the head execution again under a new epoch: it goes on where the store says it was, and the old one's writes are refused. */
export const replay = (
  ports: DeskPorts,
  input: { journeyId: string; failedEpoch: number },
): Promise<{ replayed: boolean; epoch: number }> =>
  transact(ports, 'replay', async (transaction) => {
    const head = await transaction.need(heads, input.journeyId);
    if (head.closed || head.epoch !== input.failedEpoch) return { replayed: false, epoch: head.epoch };
    const epoch = head.epoch + 1;
    transaction.put(heads, { ...head, epoch });
    await transaction.get(lines, { journeyId: head.journeyId, line: MAIN, epoch: head.epoch });
    transaction.remove(lines, { journeyId: head.journeyId, line: MAIN, epoch: head.epoch });
    transaction.put(lines, { journeyId: head.journeyId, line: MAIN, epoch });
    transaction.follow({
      kind: 'start-execution',
      journeyId: head.journeyId,
      machine: head.machine,
      number: head.number,
      epoch,
    });
    return { replayed: true, epoch };
  });
