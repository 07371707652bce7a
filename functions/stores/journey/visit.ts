import { createHash } from 'node:crypto';
import type { Appointment } from '../../domain/journey/appointment.ts';
import type { Message } from '../../domain/journey/message.ts';
import type { Visit } from '../../domain/messages/calendar-file.ts';
import { type Rendering, renderPhrase } from '../../domain/messages/render.ts';
import type { MessageKind } from '../../domain/names.ts';

/** Calendars show a visit's id to whoever looks for it, so it says nothing of what the visit is. */
const uidOf = ({ journeyId, id }: Appointment): string =>
  `${createHash('sha256').update(`${journeyId}/${id}`).digest('hex').slice(0, 32)}@visits`;

/** What tells a patient of a visit that lies ahead, or no longer does. */
const ABOUT_A_VISIT: readonly MessageKind[] = [
  'booking-confirmation',
  'reminder',
  'day-before',
  'time-changed',
  'appointment-cancelled',
];

/**
 * The visit that an e-mail to a patient is about, as their calendar is to have it; undefined for other messages. A cancellation
 * is one more change after all moves.
 */
export const visitFor = (
  { to, channel, kind }: Message,
  appointment: Appointment | undefined,
  texts: Pick<Rendering, 'catalogue' | 'language' | 'values'>,
): Visit | undefined => {
  const { startsAt, endsAt, place } = texts.values;
  if (to !== 'patient' || channel !== 'email' || !ABOUT_A_VISIT.includes(kind)) return undefined;
  if (appointment === undefined || startsAt === undefined || endsAt === undefined) return undefined;
  const cancelled = kind === 'appointment-cancelled';
  return {
    uid: uidOf(appointment),
    sequence: cancelled ? appointment.revision : appointment.revision - 1,
    cancelled,
    startsAt,
    endsAt,
    title: renderPhrase('calendarTitle', texts) ?? '',
    note: renderPhrase('calendarNote', texts) ?? '',
    ...(place !== undefined && { place }),
  };
};
