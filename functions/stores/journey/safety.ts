import { reportsOwed } from '../../domain/adverse-events/reports.ts';
import { isSevere } from '../../domain/adverse-events/severity.ts';
import type { Message } from '../../domain/journey/message.ts';
import type { SafetyEvent } from '../../domain/journey/safety-event.ts';
import { journeyPartition, lines, safetyEvents } from '../journey-rows.ts';
import { countUp, type Desk, liftHold, placeHold } from './desk.ts';
import { startDetached } from './detached.ts';
import { planMessage } from './ledger.ts';
import { sayAgain } from './say-again.ts';
import { stopBooking } from './signals.ts';

type Signal = {
  readonly type: SafetyEvent['type'];
  readonly severity: number | null;
  readonly source: string;
  readonly by: string | null;
};

/** Whether an event holds the series and is paged at once; a mild one waits for the provider's review before the next dose. */
export const holdsSeries = ({ library }: Desk, event: Pick<SafetyEvent, 'type' | 'severity'>): boolean =>
  isSevere(event, library.care().adverseEvents);

/** The hold that a safety event places. */
export const holdOf = ({ id }: Pick<SafetyEvent, 'id'>): string => `safety-${id}`;
/** Whether a hold is a safety event's. */
export const isSafetyHold = (reason: string): boolean => reason.startsWith('safety-');

/** Reminders and words of care wait while somebody sees to the patient. */
const wasHeld = ({ state, reason }: Message): boolean => state === 'skipped' && reason === 'hold';

/** Lifts the hold of a safety event; what was not said meanwhile is said once no other stands. */
export const releaseFrom = async (desk: Desk, event: SafetyEvent, by: string | null): Promise<void> => {
  liftHold(desk, holdOf(event), by);
  if (!desk.journey.holds.some(({ reason }) => isSafetyHold(reason))) await sayAgain(desk, wasHeld);
};

/** Closes an event of a patient who has died, with nothing left to decide. */
export const closeUndecided = (desk: Desk, event: SafetyEvent): void => {
  desk.put(safetyEvents, { ...event, decision: 'stop', closedAt: desk.now });
  noteSafety(desk, event, 'closed');
};

/**
 * Opens a safety event: the row, the hold that every dosing gate and non-urgent message checks, help for the patient at once,
 * and an execution of its own that pages until somebody acknowledges. A mild one asks the provider for a review instead.
 */
export const openSafetyEvent = async (desk: Desk, { type, severity, source, by }: Signal): Promise<SafetyEvent> => {
  const journeyId = desk.journey.id;
  const id = `${type}-${await countUp(desk, journeyId, 'safety')}`;
  const event: SafetyEvent = {
    journeyId,
    id,
    type,
    severity,
    openedAt: desk.now,
    source,
    acknowledgedBy: null,
    acknowledgedAt: null,
    decision: null,
    decidedBy: null,
    decidedAt: null,
    round: 1,
    followedUpAt: null,
    closedAt: null,
  };
  desk.put(safetyEvents, event);
  noteSafety(desk, event, 'opened');
  if (type === 'adverse-event') await askForReports(desk, event);
  if (!holdsSeries(desk, event)) {
    if (desk.journey.ending?.kind === 'died') closeUndecided(desk, event);
    else await startDetached(desk, { kind: 'safety-decision', about: id });
    return event;
  }
  placeHold(desk, holdOf(event), by);
  await stopBooking(desk);
  noteSafety(desk, event, 'hold');
  if (type === 'crisis')
    await planMessage(desk, { kind: 'crisis-information', to: 'patient', person: 'patient', sendAt: desk.now });
  carryEvent(desk, event);
  return event;
};

/** Where answers are given that may call for help at once. */
type Answered = 'screening' | 'screener-left' | 'dosing-day' | 'discharge';

/** Opens the crisis of answers that call for help at once, unless that of answers before is still to be decided on. */
export const openCrisisOfAnswers = async (desk: Desk, source: Answered, by: string | null) => {
  const open = (await desk.list(safetyEvents, journeyPartition(desk.journey.id), 'safety#')).some(
    (event) => event.type === 'crisis' && event.decision === null && event.closedAt === null && event.source === source,
  );
  if (!open) await openSafetyEvent(desk, { type: 'crisis', severity: null, source, by });
};

/** Who has to be told of an adverse event by law or by the clinic's own rule (reference 6.1): each is a task with its own time. */
const askForReports = async (desk: Desk, { id, severity, openedAt }: SafetyEvent): Promise<void> => {
  const { clinic, program, library } = desk;
  const event = {
    kind: 'adverse-event',
    knownAt: openedAt,
    drug: program.dosing.drug,
    ...(severity !== null && { grade: severity }),
  } as const;
  for (const report of reportsOwed(event, library.care().adverseEvents, clinic))
    await startDetached(desk, {
      kind: 'regulatory-report',
      about: `${report.id}-${id}`,
      ...(report.due !== null && { dueAt: report.due }),
    });
};

/** Starts the execution that pages, asks for a decision and follows up. */
export const carryEvent = (desk: Desk, { journeyId, id }: SafetyEvent): void => {
  desk.put(lines, { journeyId, line: `safety-${id}`, epoch: 1 });
  desk.follow({ kind: 'start-safety-event', journeyId, eventId: id, epoch: 1 });
};

/** Tells the timeline what became of a safety event. */
export const noteSafety = (
  desk: Desk,
  event: SafetyEvent,
  what: 'opened' | 'acknowledged' | 'hold' | 'decided' | 'followed-up' | 'closed',
  more: { by?: string; answer?: string } = {},
): void =>
  desk.note(event.journeyId, {
    kind: 'safety',
    id: event.id,
    type: event.type,
    event: what,
    ...(event.severity !== null && { severity: event.severity }),
    ...more,
  });
