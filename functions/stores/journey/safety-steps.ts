import type { Follows, Run } from '../../contracts/run.ts';
import { safetyEvents } from '../journey-rows.ts';
import { transact } from '../transaction.ts';
import { type DeskPorts, deskFor, holdLine } from './desk.ts';
import { type Carried, carried } from './main-line.ts';
import { noteSafety } from './safety.ts';
import { postSignal } from './signals.ts';

/** Closes a safety event once it was acknowledged, decided and followed up; a clinician who keeps the hold is asked again; after a death there is nothing to decide. */
export const closeSafetyEvent = (
  ports: DeskPorts,
  input: { run: Run; eventId: string },
): Promise<Carried & { follows: Follows; decisionAsk: string }> =>
  transact(ports, 'close-safety-event', async (transaction) => {
    const desk = await deskFor(ports, transaction, input.run.journeyId);
    await holdLine(desk, input.run);
    const event = await desk.need(safetyEvents, { journeyId: desk.journey.id, id: input.eventId });
    const base = await carried(desk);
    if (event.closedAt !== null) return { ...base, follows: 'done' as const, decisionAsk: event.id };
    if (desk.journey.ending?.kind !== 'died' && (event.decision === 'hold' || event.decision === null)) {
      const round = event.round + 1;
      desk.put(safetyEvents, { ...event, round, decision: null });
      return { ...base, follows: 'look-again' as const, decisionAsk: `${event.id}:${round}` };
    }
    desk.put(safetyEvents, { ...event, closedAt: desk.now });
    noteSafety(desk, event, 'closed');
    // A journey that is only waiting for this may end.
    if (desk.journey.ending !== null) await postSignal(desk, { cause: 'event-closed', gates: true });
    return { ...base, follows: 'done' as const, decisionAsk: event.id };
  });
