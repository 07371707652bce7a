import { type ExecutionPlace, mainExecution, safetyExecution, taskExecution } from '../../contracts/execution-name.ts';
import type { Journey } from '../../domain/journey/journey.ts';
import { heads, journeyPartition, journeys, lines, safetyEvents, tasks } from '../journey-rows.ts';
import { type Transaction, transact } from '../transaction.ts';
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
