import type { AppointmentNews } from '../../contracts/domain-events.ts';
import { claim, freeDay, release } from '../../domain/booking/claims.ts';
import { claimsOfSlot } from '../../domain/booking/claims-of.ts';
import type { Slot } from '../../domain/booking/propose-slots.ts';
import { type Appointment, isStanding } from '../../domain/journey/appointment.ts';
import type { Entry } from '../../domain/journey/entry.ts';
import type { AppointmentKind, Modality } from '../../domain/names.ts';
import { appointments, dayClaims, journeyPartition } from '../journey-rows.ts';
import { ReadApart } from '../transaction.ts';
import { countUp, type Desk } from './desk.ts';
import { countVisit } from './facts.ts';

type AppointmentEvent = Extract<Entry, { kind: 'appointment' }>['event'];

/** Tells the timeline what became of an appointment. */
export const noteAppointment = (
  desk: Desk,
  appointment: Appointment,
  event: AppointmentEvent,
  by?: 'patient' | 'chaperone',
): void =>
  desk.note(appointment.journeyId, {
    kind: 'appointment',
    appointment: appointment.kind,
    id: appointment.id,
    occurrence: appointment.occurrence,
    revision: appointment.revision,
    event,
    startsAt: appointment.startsAt,
    endsAt: appointment.endsAt,
    practitioners: appointment.practitioners,
    room: appointment.room,
    modality: appointment.modality,
    ...(appointment.cycle !== null && { cycle: appointment.cycle }),
    ...(appointment.pairedWith !== null && { pairedWith: appointment.pairedWith }),
    ...(by !== undefined && { by }),
  });

/** Keeps an appointment in its new state and says so. */
export const changeAppointment = (
  desk: Desk,
  appointment: Appointment,
  state: Appointment['state'],
  event: AppointmentEvent,
): Appointment => {
  const changed: Appointment = { ...appointment, state };
  desk.put(appointments, changed);
  // Who comes has been reached: calls that nobody answered before no longer run on.
  if ((event === 'checked-in' || event === 'attended') && desk.journey.unreached > 0) desk.keep({ unreached: 0 });
  noteAppointment(desk, changed, event);
  if (state === 'attended' || state === 'no-show') countVisit(desk, changed, state === 'attended');
  return changed;
};

/** Every appointment of a kind, oldest first. */
export const appointmentsOf = async (desk: Desk, kind: AppointmentKind): Promise<Appointment[]> => {
  const all = await desk.list(appointments, journeyPartition(desk.journey.id), `appointment#${kind}-`);
  return all.sort((a, b) => a.occurrence - b.occurrence);
};

/** The appointment of a kind (and cycle) that still lies ahead or is going on. */
export const standingAppointment = async (
  desk: Desk,
  kind: AppointmentKind,
  cycle?: number,
): Promise<Appointment | undefined> =>
  (await appointmentsOf(desk, kind))
    .filter((each) => isStanding(each) && (cycle === undefined || each.cycle === cycle))
    .at(-1);

/** The newest appointment of a kind (and cycle), whatever became of it. */
export const newestAppointment = async (
  desk: Desk,
  kind: AppointmentKind,
  cycle?: number,
): Promise<Appointment | undefined> =>
  (await appointmentsOf(desk, kind)).filter((each) => cycle === undefined || each.cycle === cycle).at(-1);

/** Gives back every day that an appointment holds. */
export const releaseClaims = async (desk: Desk, appointment: Appointment): Promise<void> => {
  for (const { resource, date } of appointment.claims) {
    const day = await desk.get(dayClaims, { resource, date });
    if (day !== undefined)
      desk.put(dayClaims, { ...day, intervals: [...release(day, claimName(appointment)).intervals] });
  }
};

/** A claim names the journey too: appointment ids are numbered within one. */
const claimName = ({ journeyId, id }: Pick<Appointment, 'journeyId' | 'id'>): string => `${journeyId}/${id}`;

const claimDays = async (desk: Desk, slot: Slot, name: string): Promise<Appointment['claims']> => {
  const claims = claimsOfSlot(slot, name, desk.clinic.zone);
  for (const { resource, date, interval } of claims) {
    const day = (await desk.get(dayClaims, { resource, date })) ?? freeDay(resource, date);
    const result = claim(day, interval);
    if (!result.claimed) throw new SlotTaken(resource, interval.from);
    desk.put(dayClaims, { ...result.day, intervals: [...result.day.intervals] });
  }
  return claims.map(({ resource, date }) => ({ resource, date }));
};

/** A proposal was no longer free when it was to be claimed: somebody booked between the two readings. */
export class SlotTaken extends ReadApart {
  override readonly name = 'SlotTaken';
  constructor(resource: string, at: string) {
    super(`${resource} is taken at ${at}`);
  }
}

type Booking = {
  readonly kind: AppointmentKind;
  readonly slot: Slot;
  readonly modality: Modality;
  readonly cycle?: number;
};

/** Books an appointment: a new row, a claim on each resource's day, and everything that follows from it through the outbox. */
export const book = async (desk: Desk, { kind, slot, modality, cycle }: Booking): Promise<Appointment> => {
  const journeyId = desk.journey.id;
  const occurrence = await countUp(desk, journeyId, `appointment:${kind}`);
  const id = `${kind}-${occurrence}`;
  const claims = await claimDays(desk, slot, claimName({ journeyId, id }));
  const appointment: Appointment = {
    journeyId,
    id,
    kind,
    occurrence,
    revision: 1,
    state: 'booked',
    startsAt: slot.startsAt,
    endsAt: slot.endsAt,
    practitioners: slot.practitioners.map((seat) => seat.id),
    room: slot.room ?? null,
    location:
      desk.clinic.rooms.find((room) => room.id === slot.room)?.location ?? desk.clinic.locations[0]?.id ?? 'clinic',
    modality,
    cycle: cycle ?? null,
    pairedWith: null,
    messages: [],
    claims,
  };
  desk.put(appointments, appointment);
  followAppointment(desk, appointment, 'booked');
  return appointment;
};

/** Moves an appointment to another slot under the next revision. */
export const move = async (desk: Desk, appointment: Appointment, slot: Slot): Promise<Appointment> => {
  await releaseClaims(desk, appointment);
  const claims = await claimDays(desk, slot, claimName(appointment));
  const moved: Appointment = {
    ...appointment,
    revision: appointment.revision + 1,
    startsAt: slot.startsAt,
    endsAt: slot.endsAt,
    practitioners: slot.practitioners.map((seat) => seat.id),
    room: slot.room ?? null,
    claims,
  };
  desk.put(appointments, moved);
  noteAppointment(desk, moved, 'moved');
  followAppointment(desk, moved, 'moved');
  return moved;
};

/** Moves appointments that may take one another's old times: what each of them held is given back before any takes its new one. */
export const moveTogether = async (
  desk: Desk,
  moves: readonly (readonly [appointment: Appointment, slot: Slot])[],
): Promise<void> => {
  for (const [appointment] of moves) await releaseClaims(desk, appointment);
  for (const [appointment, slot] of moves) await move(desk, appointment, slot);
};

/** Holds people and room of an appointment that began late until its new end; false where somebody else has them by then. */
export const holdUntil = async (desk: Desk, appointment: Appointment, endsAt: string): Promise<boolean> => {
  if (endsAt <= appointment.endsAt) return true;
  const interval = { from: appointment.startsAt, to: endsAt, appointmentId: claimName(appointment) };
  const held = [];
  for (const { resource, date } of appointment.claims) {
    const result = claim((await desk.get(dayClaims, { resource, date })) ?? freeDay(resource, date), interval);
    if (!result.claimed) return false;
    held.push(result.day);
  }
  for (const day of held) desk.put(dayClaims, { ...day, intervals: [...day.intervals] });
  desk.put(appointments, { ...appointment, endsAt });
  return true;
};

/** Cancels an appointment: its claims go back, and the outbox tells people and takes reminders away. */
export const cancel = async (desk: Desk, appointment: Appointment): Promise<Appointment> => {
  await releaseClaims(desk, appointment);
  const cancelled = changeAppointment(desk, { ...appointment, claims: [] }, 'cancelled', 'cancelled');
  followAppointment(desk, cancelled, 'cancelled');
  return cancelled;
};

/** Asks for the messages and reminders of an appointment to be planned again, and tells the clinic's other systems. */
export const followAppointment = (
  desk: Desk,
  { journeyId, id, revision }: Appointment,
  event: AppointmentNews,
): void => {
  desk.follow({ kind: 'replan-appointment', journeyId, appointmentId: id, revision });
  desk.follow({
    kind: 'publish-event',
    journeyId,
    event: `appointment-${event}`,
    at: desk.now,
    id: `${id}-${revision}-${event}`,
    appointmentId: id,
  });
};

/** Cancels every appointment that lies ahead or has only begun; says which. */
export const cancelStanding = async (desk: Desk): Promise<string[]> => {
  const all = await desk.list(appointments, journeyPartition(desk.journey.id), 'appointment#');
  const standing = all.filter((each) => isStanding(each) && each.state !== 'ended');
  for (const appointment of standing) await cancel(desk, appointment);
  return standing.map(({ id }) => id);
};
