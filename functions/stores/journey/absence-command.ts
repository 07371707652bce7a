import { awayInterval, datesTouched, freeDay, isAway, overlaps } from '../../domain/booking/claims.ts';
import { type Appointment, isStanding } from '../../domain/journey/appointment.ts';
import { laterOf, readInstant } from '../../domain/time/instants.ts';
import { atLocal, isLocalDate, plusDays } from '../../domain/time/local.ts';
import { appointments, dayClaims, journeyPartition } from '../journey-rows.ts';
import { transact } from '../transaction.ts';
import { type CommandAct, CommandRefused } from './command-act.ts';
import { type Desk, type DeskPorts, deskFor } from './desk.ts';
import { HORIZON_DAYS } from './diaries.ts';
import { rebook } from './rebooking.ts';

/** Who is away, from when until when. */
type Absence = { readonly practitioner: string; readonly from: string; readonly to: string };

const DATE = /^\d{4}-\d\d-\d\d$/;

/** An instant, or a date of the clinic's zone: its first moment, or with `daysOn` that of a day after it. */
const momentOf = (given: unknown, daysOn: number, zone: string): string | undefined => {
  if (typeof given !== 'string') return undefined;
  if (!DATE.test(given)) return readInstant(given);
  return isLocalDate(given) ? atLocal(plusDays(given, daysOn), '00:00', zone) : undefined;
};

const read = (desk: Desk, data: Record<string, unknown>): Absence => {
  const { clinic, now } = desk;
  const practitioner = clinic.practitioners.find(({ id }) => id === data.practitioner)?.id;
  if (practitioner === undefined)
    throw new CommandRefused(`unknown practitioner ${JSON.stringify(data.practitioner ?? null)}`);
  const from = momentOf(data.from, 0, clinic.zone);
  const to = momentOf(data.to, 1, clinic.zone);
  if (from === undefined || to === undefined || from >= to)
    throw new CommandRefused('from and to are two instants with an offset or two dates, the first before the second');
  if (to <= now) throw new CommandRefused(`${to} is in the past`);
  return { practitioner, from: laterOf(from, now), to };
};

/** Marks the days as taken, so that nothing is booked there; says which other journeys lose an appointment. */
const markAway = async (desk: Desk, { practitioner, from, to }: Absence, commandId: string): Promise<string[]> => {
  const dates = datesTouched(from, to, desk.clinic.zone);
  if (dates.length > HORIZON_DAYS)
    throw new CommandRefused(`an absence has at most ${HORIZON_DAYS} days; give the rest apart`);
  const others = new Set<string>();
  for (const date of dates) {
    const day = (await desk.get(dayClaims, { resource: practitioner, date })) ?? freeDay(practitioner, date);
    for (const held of day.intervals) {
      const [journeyId = '', appointmentId] = held.appointmentId.split('/');
      const lost = appointmentId !== undefined && !isAway(held) && overlaps(held, { from, to });
      if (lost && journeyId !== desk.journey.id) others.add(journeyId);
    }
    desk.put(dayClaims, { ...day, intervals: [...day.intervals, awayInterval(from, to, commandId)] });
  }
  return [...others];
};

const heldBy = async (desk: Desk, { practitioner, from, to }: Absence): Promise<Appointment[]> =>
  (await desk.list(appointments, journeyPartition(desk.journey.id), 'appointment#')).filter(
    (each) =>
      isStanding(each) &&
      each.practitioners.includes(practitioner) &&
      overlaps({ from: each.startsAt, to: each.endsAt }, { from, to }),
  );

/** Somebody is away: nothing is booked with them for that time, and what they held is planned anew, in every journey. */
export const practitionerAbsent: CommandAct = async (desk, { data, commandId }) => {
  const absence = read(desk, data);
  for (const journeyId of await markAway(desk, absence, `${desk.journey.id}-${commandId}`))
    desk.follow({ kind: 'rebook-absence', journeyId, ...absence });
  return rebook(desk, 'practitioner-absent', await heldBy(desk, absence));
};

/** Plans anew what somebody who is away held in another journey than the one in which it was said. */
export const rebookAbsence = (ports: DeskPorts, input: { journeyId: string } & Absence): Promise<void> =>
  transact(ports, 'rebook-absence', async (transaction) => {
    const desk = await deskFor(ports, transaction, input.journeyId);
    await rebook(desk, 'practitioner-absent', await heldBy(desk, input));
  });
