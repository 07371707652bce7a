import type { Clinic } from '../clinic/clinic.ts';
import { type Appointment, isStanding } from '../journey/appointment.ts';
import { type Journey, pauseOf } from '../journey/journey.ts';
import type { Message } from '../journey/message.ts';
import type { MessageKind } from '../names.ts';
import type { Instant } from '../time/instants.ts';
import { insideSendingHours } from '../time/sending-hours.ts';

/** What is looked at once more when a message is about to go out: schedules fire at least once, and may fire late. */
export type Moment = {
  readonly now: Instant;
  readonly clinic: Clinic;
  readonly journey: Journey;
  readonly appointment: Appointment | undefined;
  /** Whether the patient is in a session that the program keeps quiet, from the check-in to the discharge. */
  readonly inSession: boolean;
};

const AT_ANY_HOUR: ReadonlySet<MessageKind> = new Set(['crisis-information', 'stop-confirmation']);

/** What a paused patient still gets of reminders and words of care, beside those of appointments that are owed. */
const IN_A_PAUSE: ReadonlySet<MessageKind> = new Set(['pause', 'stop-confirmation', 'goodbye', 'decline']);

/**
 * What a safety hold does not keep back: appointments that are gone or have moved; the last words of a journey, which are planned
 * only once nobody sees to the patient any more; and the confirmation of a STOP, which is owed within minutes (reference 6.4).
 */
const IN_A_HOLD: ReadonlySet<MessageKind> = new Set([
  'appointment-cancelled',
  'time-changed',
  'goodbye',
  'decline',
  'stop-confirmation',
]);

const toPatient = ({ to }: Message): boolean => to === 'patient' || to === 'chaperone';

/** Why a reminder was not sent while its patient was in a session. */
export const IN_SESSION = 'in-session';

/** Reminders and requests for forms wait until a patient's session is over: nothing draws them out of it. */
export const canWait = (message: Message): boolean => message.class === 'reminder' && message.to === 'patient';

/** What stays true whatever becomes of the appointment: that it is off, and that somebody else takes the patient home. */
const STAYS_TRUE: ReadonlySet<MessageKind> = new Set(['appointment-cancelled', 'chaperone-changed']);

const isStale = (message: Message, appointment: Appointment | undefined): boolean => {
  if (message.appointmentId === null || STAYS_TRUE.has(message.kind)) return false;
  if (appointment === undefined || appointment.revision !== message.appointmentRevision) return true;
  return !isStanding(appointment);
};

/** Why a message may not go out now; undefined if it may. The first reason that holds is the one that is kept. */
export const skipReason = (
  message: Message,
  { now, clinic, journey, appointment, inSession }: Moment,
): string | undefined => {
  if (journey.outcome !== null && message.class !== 'safety') return 'journey-ended';
  if (isStale(message, appointment)) return 'appointment-changed';
  if (message.usefulUntil !== null && now > message.usefulUntil) return 'too-late';
  if (!toPatient(message)) return undefined;
  if (journey.ending?.kind === 'died') return 'died';
  const reminds = message.class === 'reminder' || message.class === 'care';
  const waits = reminds && !IN_A_HOLD.has(message.kind);
  if (waits && journey.holds.some(({ reason }) => reason.startsWith('safety-'))) return 'hold';
  if (inSession && canWait(message)) return IN_SESSION;
  if (reminds && pauseOf(journey) && message.appointmentId === null && !IN_A_PAUSE.has(message.kind)) return 'paused';
  if (
    message.channel === 'sms' &&
    message.to === 'patient' &&
    journey.smsStopped &&
    message.kind !== 'stop-confirmation'
  )
    return 'opted-out';
  const consented =
    message.to === 'chaperone' || message.channel === 'call' || journey.consents[message.channel] === true;
  if (!consented) return 'no-consent';
  if (!AT_ANY_HOUR.has(message.kind) && !insideSendingHours(now, journey.zone, clinic.sending)) return 'quiet-hours';
  return undefined;
};
