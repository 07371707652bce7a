import { type Appointment, isAtHome, isStanding } from '../../domain/journey/appointment.ts';
import type { Message } from '../../domain/journey/message.ts';
import { mustReach } from '../../domain/messages/occasions.ts';
import type { MessageKind } from '../../domain/names.ts';
import { type AppointmentReminder, isEcho, remindersOf } from '../../domain/reminders/of-appointment.ts';
import { earlierOf, fromMs, plus, toMs } from '../../domain/time/instants.ts';
import { appointments, cycles, messages } from '../journey-rows.ts';
import { transact } from '../transaction.ts';
import { type Desk, type DeskPorts, deskFor } from './desk.ts';
import { cancelMessage, planMessage } from './ledger.ts';
import { strike } from './outbox.ts';
import { afterSession } from './quiet-session.ts';
import { TAKEN_BACK, wasForAnother } from './taken-back.ts';

/** Reasons for which a message that must not be lost became a person's call. */
const CALLED: ReadonlySet<string> = new Set(['no-channel', 'quiet-hours']);

const wasSaid = ({ state }: Message): boolean =>
  state === 'sending' || state === 'sent' || state === 'delivered' || state === 'unknown';

/** Whether the patient knows what a message says: it went out, or a person called because it could not. */
const isKnown = (message: Message): boolean =>
  wasSaid(message) ||
  (message.to === 'patient' &&
    mustReach(message.kind) &&
    (message.state === 'failed' || (message.state === 'skipped' && CALLED.has(message.reason ?? ''))));

const namesTime = ({ kind }: Message): boolean => kind !== 'appointment-cancelled';

const messagesOf = async (desk: Desk, appointment: Appointment): Promise<Message[]> => {
  const found: Message[] = [];
  for (const id of appointment.messages) {
    const message = await desk.get(messages, { journeyId: appointment.journeyId, id });
    if (message !== undefined) found.push(message);
  }
  return found;
};

const aboutOf = ({ id, revision, startsAt }: Appointment) => ({ id, revision, startsAt });

/** Tells patient and chaperone that a time has changed or gone, if an earlier message had told them the old one. */
const tellChange = async (
  desk: Desk,
  appointment: Appointment,
  before: readonly Message[],
  kind: 'time-changed' | 'appointment-cancelled',
): Promise<Message[]> => {
  const told: Message[] = [];
  for (const to of ['patient', 'chaperone'] as const) {
    // What has begun already is said in the room, not in a message; the chaperone is not there, and comes for its end.
    const until = to === 'patient' ? appointment.startsAt : appointment.endsAt;
    if (until <= desk.now || (to === 'patient' && appointment.state === 'no-show')) continue;
    const said = before.filter(
      (message) => message.to === to && isKnown(message) && namesTime(message) && !wasForAnother(desk.journey, message),
    );
    const last = said.at(-1);
    if (last === undefined) continue;
    const about = aboutOf(appointment);
    const old = last.startsAtTold;
    const oldUntil = old === null ? until : fromMs(toMs(old) + toMs(until) - toMs(appointment.startsAt));
    // Somebody else holds it at the same time: what they know is still right.
    if (kind === 'time-changed' && old === appointment.startsAt) continue;
    told.push(
      await planMessage(desk, {
        kind,
        ...(to === 'patient' ? { variant: appointment.kind } : isAtHome(appointment) && { variant: 'at-home' }),
        to,
        person: to,
        sendAt: to === 'patient' ? earlierOf(await afterSession(desk), until) : desk.now,
        appointment: about,
        // Nobody is to set out for the time that no longer holds.
        usefulUntil: oldUntil > desk.now ? earlierOf(oldUntil, until) : until,
        ...(old !== null && { oldStartsAt: old }),
      }),
    );
  }
  return told;
};

/** Planned by a clock, for a chaperone or by a program that is no longer the one: to be planned again. */
const wasTakenBack = ({ journey }: Desk, message: Message): boolean =>
  (message.state === 'cancelled' && message.reason !== null && TAKEN_BACK.has(message.reason)) ||
  wasForAnother(journey, message);

/** What speaks of whoever is with the patient: at home nobody takes them there. */
const IN_COMPANY: ReadonlySet<MessageKind> = new Set(['ride-and-rest', 'chaperone-reminder']);

/** What names no time stays right wherever the appointment goes. */
const NAMES_NO_TIME: ReadonlySet<MessageKind> = new Set(['expectation', 'education']);

/** Whether it was said already, to whoever it is for, and what was said is still so: nobody hears it twice. */
const isStillRight = ({ journey }: Desk, message: Message, { startsAt }: Appointment): boolean =>
  wasSaid(message) &&
  !wasForAnother(journey, message) &&
  (message.startsAtTold === startsAt || NAMES_NO_TIME.has(message.kind));

/** Whether a reminder that was planned before the dose ended would now come too soon after another. */
const followsAnother = (
  desk: Desk,
  { rule: id, sendAt }: Message,
  planned: readonly AppointmentReminder[],
): boolean => {
  const rule = desk.program.reminders.find((each) => each.id === id);
  return (
    rule !== undefined &&
    planned.every((each) => each.rule.id !== id) &&
    planned.some((each) => isEcho({ rule, sendAt }, each))
  );
};

const remind = async (
  desk: Desk,
  appointment: Appointment,
  before: readonly Message[],
  justSaid: readonly string[],
): Promise<Message[]> => {
  const cycle =
    appointment.cycle === null
      ? undefined
      : await desk.get(cycles, { journeyId: desk.journey.id, number: appointment.cycle });
  const planned = remindersOf({ ...desk, appointment, cycle, justSaid });
  for (const message of before)
    if (message.sendAt > desk.now && followsAnother(desk, message, planned))
      cancelMessage(desk, message, 'said-already');
  const told: Message[] = [];
  for (const { rule, sendAt, usefulUntil } of planned) {
    const same = before.filter((message) => message.rule === rule.id);
    if (same.some((message) => isStillRight(desk, message, appointment))) continue;
    if (same.some((message) => message.appointmentRevision === appointment.revision && !wasTakenBack(desk, message)))
      continue;
    const earlier = same.toSorted((a, b) => a.revision - b.revision).at(-1);
    const numbered =
      earlier === undefined
        ? {}
        : { occurrence: earlier.occurrence, revision: Math.max(appointment.revision, earlier.revision + 1) };
    const { message: kind, audience } = rule;
    const hasVariant = kind === 'reminder' || kind === 'day-before';
    told.push(
      await planMessage(
        desk,
        {
          kind,
          ...(hasVariant && { variant: appointment.kind }),
          ...(isAtHome(appointment) && IN_COMPANY.has(kind) && { variant: 'at-home' }),
          to: audience,
          person: audience,
          sendAt,
          usefulUntil,
          channels: rule.channels,
          appointment: aboutOf(appointment),
          rule: rule.id,
        },
        numbered,
      ),
    );
  }
  return told;
};

/**
 * Plans the messages of an appointment's present revision: takes back what was planned for an older one, confirms or tells the change,
 * and plans the reminders; the outbox item that asked for it goes with it. By revision it is idempotent: what is planned already
 * is not planned twice.
 */
export const replanAppointment = (
  ports: DeskPorts,
  { journeyId, appointmentId, revision }: { journeyId: string; appointmentId: string; revision: number },
): Promise<void> =>
  transact(ports, 'replan-appointment', async (transaction) => {
    await strike(transaction, { kind: 'replan-appointment', journeyId, appointmentId, revision });
    const desk = await deskFor(ports, transaction, journeyId);
    const appointment = await desk.get(appointments, { journeyId, id: appointmentId });
    if (appointment === undefined || appointment.revision !== revision) return;
    const before = await messagesOf(desk, appointment);
    const stands = isStanding(appointment);
    for (const message of before)
      if (!stands || message.appointmentRevision !== appointment.revision)
        cancelMessage(desk, message, 'appointment-changed');
    const told: Message[] = [];
    const spoken = before.some(
      (message) =>
        message.appointmentRevision === appointment.revision &&
        (message.kind === 'booking-confirmation' || message.kind === 'time-changed'),
    );
    const known = before.some((message) => message.to === 'patient' && isKnown(message));
    if (appointment.state === 'cancelled' || appointment.state === 'no-show') {
      if (known && !before.some(({ kind }) => kind === 'appointment-cancelled'))
        told.push(...(await tellChange(desk, appointment, before, 'appointment-cancelled')));
    } else if (stands && !spoken && appointment.state !== 'ended') {
      if (known) told.push(...(await tellChange(desk, appointment, before, 'time-changed')));
      else
        told.push(
          await planMessage(desk, {
            kind: 'booking-confirmation',
            variant: isAtHome(appointment) ? 'at-home' : appointment.kind,
            to: 'patient',
            person: 'patient',
            sendAt: desk.now,
            usefulUntil: appointment.startsAt,
            // A letter may lie unread for half a day.
            ...(appointment.startsAt < plus(desk.now, 'PT12H') && { channels: ['sms', 'email'] }),
            appointment: aboutOf(appointment),
          }),
        );
    }
    // Whoever has just been told the time is not reminded of it in the same minute.
    const justSaid = told.length > 0 ? ['reminder'] : [];
    if (stands) told.push(...(await remind(desk, appointment, before, justSaid)));
    const ids = [...new Set([...appointment.messages, ...told.map(({ id }) => id)])];
    if (ids.length !== appointment.messages.length)
      desk.put(appointments, { ...(await desk.need(appointments, appointment)), messages: ids });
  });
