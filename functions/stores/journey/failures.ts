import type { Run } from '../../contracts/run.ts';
import { heads, lines } from '../journey-rows.ts';
import { transact } from '../transaction.ts';
import { type DeskPorts, deskFor } from './desk.ts';
import { startDetached } from './detached.ts';
import { MAIN } from './main-line.ts';

/** Makes a person's task of a state that failed: which journey, which line, nothing of the error's text. An older epoch's failure is past. */
export const recordFailure = (
  ports: DeskPorts,
  input: { run: Run; state: string; error: string },
): Promise<{ recorded: boolean }> =>
  transact(ports, 'record-failure', async (transaction) => {
    // A failing failure task makes no further one: the alarm of its execution reaches the engineers.
    if (input.run.line.startsWith('resolve-failure')) return { recorded: false };
    const desk = await deskFor(ports, transaction, input.run.journeyId);
    if (desk.journey.outcome !== null) return { recorded: false };
    if ((await desk.get(lines, input.run)) === undefined) return { recorded: false };
    const head = await desk.need(heads, input.run.journeyId);
    const about =
      input.run.line === MAIN ? `${head.machine}-${head.number}-${head.epoch}` : `${input.run.line}-${input.run.epoch}`;
    await startDetached(desk, { kind: 'resolve-failure', about });
    return { recorded: true };
  });
