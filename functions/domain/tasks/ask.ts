import type { Appointment } from '../journey/appointment.ts';
import type { Cycle } from '../journey/cycle.ts';
import { isHalted, type Journey } from '../journey/journey.ts';
import type { Ask, Task } from '../journey/task.ts';
import type { TaskKind } from '../names.ts';

/** Tasks that settle what a begun dose owes: they go on when a journey is ending (rehearsal: Withdrawal). */
const OWED_CARE: ReadonlySet<TaskKind> = new Set([
  'record-dose',
  'discharge',
  'home-safe',
  'next-day-check-in',
  'record-integration',
  'integration-overdue',
  'acknowledge-safety',
  'safety-decision',
  'safety-follow-up',
  'call-patient',
  // What failed has to be put right before the journey can end.
  'resolve-failure',
  'rems-form',
  'complete-readings',
  'regulatory-report',
]);

type About = { readonly kind: Ask['kind']; readonly about?: string | undefined };

/** What a `rescreen` is about that a yes about suicide called for. */
export const SCREENER = 'screener';

/** What a `rescreen` is about that asks a patient at risk at a contact after a dose (reference 5). */
export const SINCE_LAST_CONTACT = 'since-last-contact';

const isRescreenAbout = ({ kind, about }: About, what: string): boolean =>
  kind === 'rescreen' && about?.startsWith(`${what}-`) === true;

/** Whether a task asks for the screener that a yes about suicide called for: nobody waits for who leaves it to come back. */
export const isUrgentScreener = (ask: About): boolean => isRescreenAbout(ask, SCREENER);

/** Whether a task asks for the screener at a contact after a dose, as every patient at risk is asked. */
export const isScreenerAtContact = (ask: About): boolean => isRescreenAbout(ask, SINCE_LAST_CONTACT);

/** Whether a task asks for the screener: it is safety, not a step of the journey. */
export const isScreener = (ask: About): boolean => isUrgentScreener(ask) || isScreenerAtContact(ask);

/** Whether a task belongs to care that has begun (booking an owed integration too), or to safety. */
export const isOwedCare = ({ kind, about }: About): boolean =>
  OWED_CARE.has(kind) || isScreener({ kind, about }) || (kind === 'book-appointment' && about === 'integration');

/** What a death leaves to be asked: that somebody acknowledges it, and what has to be reported of it. */
const AFTER_DEATH: ReadonlySet<TaskKind> = new Set(['acknowledge-safety', 'regulatory-report']);

/** Whether a journey as it stands asks for this: a paused or ending one only for what is owed, after a death only for what that leaves. */
export const isAskedFor = (ask: Pick<Ask, 'kind' | 'about'>, journey: Journey): boolean => {
  if (!isHalted(journey)) return true;
  if (journey.outcome !== null) return false;
  return journey.ending?.kind === 'died' ? AFTER_DEATH.has(ask.kind) : isOwedCare(ask);
};

/** Tasks that an appointment's time decides: they are planned for its start or end and superseded when it moves. */
const AT_APPOINTMENT: ReadonlySet<TaskKind> = new Set([
  'fit-decision',
  'record-preparation',
  'record-integration',
  'dose-order',
  'dosing-day-check',
  'response-review',
]);

/** Whether a kind of task may hang on an appointment. */
export const hangsOnAppointment = (kind: TaskKind): boolean => AT_APPOINTMENT.has(kind);

/** What a task is about, as part of its id: an appointment, a cycle, or what the ask says. */
export const subjectOf = (ask: Ask, appointmentId: string | null): string => {
  const parts = [appointmentId, ask.cycle !== undefined && appointmentId === null ? `c${ask.cycle}` : null, ask.about];
  const named = parts.filter((part) => part !== null && part !== undefined);
  if (ask.kind === 'plan-sign-off' || ask.kind === 'gate-review' || ask.kind === 'screening-review') {
    if (ask.role !== undefined) named.push(ask.role);
  }
  return named.join('-') || 'journey';
};

/** The name of an ask: every repetition of its task shares it, and its wait is known by it. */
export const askIdOf = ({ kind, subject }: Pick<Task, 'kind' | 'subject'>): string => `${kind}-${subject}`;

/** The id of one repetition. */
export const taskIdOf = (task: Pick<Task, 'kind' | 'subject' | 'repetition'>): string =>
  `${askIdOf(task)}-${task.repetition}`;

/** What a booking task has to bring about, as it stands now: the newest appointment of the kind, the cycle, whether the patient is prepared. */
export type Booked = {
  readonly newest: Appointment | undefined;
  readonly cycle: Cycle | undefined;
  readonly prepared: boolean;
};

/** Whether an old answer to a task no longer serves: it was taken back, or what it booked or ordered is gone or was not enough. */
export const isSpent = (task: Task, { newest, cycle, prepared }: Booked): boolean => {
  if (task.state === 'superseded' || task.state === 'expired') return true;
  if (task.state !== 'decided') return false;
  // A patient who was not reached is tried again; everything else stays as it was answered.
  if (task.kind === 'safety-follow-up') return task.answer === 'not-reached';
  if (task.kind === 'book-pair') return cycle?.dosingAppointmentId === null;
  if (task.kind === 'dose-order') return cycle?.orderedAt === null;
  if (task.kind !== 'book-appointment') return false;
  if (task.ask.about === 'integration' && cycle !== undefined && cycle.integrationAppointmentId === null) return true;
  if (newest === undefined || newest.state === 'cancelled' || newest.state === 'no-show') return true;
  return newest.state === 'attended' && newest.kind === 'preparation' && !prepared;
};
