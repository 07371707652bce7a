import type { Follows, Run } from '../../contracts/run.ts';
import { followUpAgain } from '../../domain/adverse-events/follow-up-again.ts';
import type { SafetyEvent } from '../../domain/journey/safety-event.ts';
import { type Ask, isPending } from '../../domain/journey/task.ts';
import { askIdOf, subjectOf } from '../../domain/tasks/ask.ts';
import { safetyEvents } from '../journey-rows.ts';
import { transact } from '../transaction.ts';
import { type Desk, type DeskPorts, deskFor, holdLine } from './desk.ts';
import { type Carried, carried } from './main-line.ts';
import { noteSafety, releaseFrom } from './safety.ts';
import { postSignal } from './signals.ts';
import { newestTask } from './waits.ts';

/** What a safety event still needs: nothing, another try to reach the patient, or a clinician who decides anew. */
export type Closing = Carried & {
  readonly follows: Extract<Follows, 'done' | 'go-on' | 'look-again'>;
  readonly decisionAsk: string;
  readonly followUp: Ask;
};

const askOf = ({ id, round }: SafetyEvent): string => (round === 1 ? id : `${id}:${round}`);

const lastAsked = (desk: Desk, ask: Ask) =>
  newestTask(desk, desk.journey.id, askIdOf({ kind: ask.kind, subject: subjectOf(ask, null) }));

/** The next try for a patient who was not reached; undefined where somebody has followed up, or nobody ever answered. */
const nextTry = async (desk: Desk, event: SafetyEvent, ask: Ask): Promise<Ask | undefined> => {
  if (event.followedUpAt !== null) return undefined;
  const last = await lastAsked(desk, ask);
  if (last !== undefined && isPending(last)) return last.ask;
  return last?.answer === 'not-reached' ? followUpAgain(last, event, desk.clinic, desk.now) : undefined;
};

/**
 * Closes a safety event once it was acknowledged, decided and followed up. A patient who was not reached is tried again; a
 * clinician who keeps the hold, or whose patient nobody followed up, is asked again; after a death there is nothing to decide.
 */
export const closeSafetyEvent = (ports: DeskPorts, input: { run: Run; eventId: string }): Promise<Closing> =>
  transact(ports, 'close-safety-event', async (transaction): Promise<Closing> => {
    const desk = await deskFor(ports, transaction, input.run.journeyId);
    await holdLine(desk, input.run);
    const event = await desk.need(safetyEvents, { journeyId: desk.journey.id, id: input.eventId });
    const result = async (follows: Closing['follows'], about: string, followUp?: Ask): Promise<Closing> => ({
      ...(await carried(desk)),
      follows,
      decisionAsk: about,
      followUp: followUp ?? { kind: 'safety-follow-up', about },
    });
    if (event.closedAt !== null) return result('done', event.id);
    if (desk.journey.ending?.kind !== 'died') {
      const about = askOf(event);
      const again = await nextTry(desk, event, { kind: 'safety-follow-up', about });
      if (again !== undefined) return result('go-on', about, again);
      // A replayed execution comes here while a clinician is still being asked.
      const asked = event.decision === null ? await lastAsked(desk, { kind: 'safety-decision', about }) : undefined;
      if (asked !== undefined && isPending(asked)) return result('look-again', about);
      if (event.decision === 'hold' || event.decision === null || event.followedUpAt === null) {
        const next: SafetyEvent = { ...event, round: event.round + 1, decision: null, followedUpAt: null };
        desk.put(safetyEvents, next);
        return result('look-again', askOf(next));
      }
    }
    desk.put(safetyEvents, { ...event, closedAt: desk.now });
    noteSafety(desk, event, 'closed');
    // The series is stopped for good, so there is nothing to hold back any more but what the patient should hear.
    if (event.decision === 'stop') await releaseFrom(desk, event, event.decidedBy);
    // A journey that is only waiting for this may end.
    if (desk.journey.ending !== null) await postSignal(desk, { cause: 'event-closed', gates: true });
    return result('done', event.id);
  });
