import { numberOf } from '../../domain/gates/recorded.ts';
import { type Appointment, isAtHome } from '../../domain/journey/appointment.ts';
import type { Cycle } from '../../domain/journey/cycle.ts';
import type { Message } from '../../domain/journey/message.ts';
import type { Task } from '../../domain/journey/task.ts';
import { calendarOf } from '../../domain/tasks/assignee.ts';
import { plus, toMs } from '../../domain/time/instants.ts';
import { localDate } from '../../domain/time/local.ts';
import { workingStretches } from '../../domain/time/working-hours.ts';
import { appointments, journeyPartition, messages, tasks } from '../journey-rows.ts';
import { holdUntil } from './appointment-acts.ts';
import type { Desk } from './desk.ts';
import { planMessage } from './ledger.ts';
import { fitIntegration } from './pair.ts';
import { wasForAnother } from './taken-back.ts';

/** Today's blood pressures as the nurse read them at check-in and after each rest, oldest first. */
export const pressuresOf = async (desk: Desk, appointmentId: string | null): Promise<Read[]> => {
  const prefix = `task#dosing-day-check-${appointmentId}-`;
  const checks = await desk.list(tasks, journeyPartition(desk.journey.id), prefix);
  return checks
    .toSorted((a, b) => a.repetition - b.repetition)
    .flatMap((check) => {
      const [sbp, dbp] = [numberOf(check.data, 'sbp'), numberOf(check.data, 'dbp')];
      if (check.decidedAt === null || check.answer !== 'proceed' || sbp === undefined || dbp === undefined) return [];
      return [{ check, at: check.decidedAt, sbp, dbp }];
    });
};
type Read = { readonly check: Task; readonly at: string; readonly sbp: number; readonly dbp: number };

/** How long the patient rested for the sake of their pressure: the day allows for it, and nobody is late by it. */
const restedFor = async (desk: Desk, { dosingAppointmentId }: Cycle): Promise<number> => {
  const read = await pressuresOf(desk, dosingAppointmentId);
  return toMs(read.at(-1)?.at ?? desk.now) - toMs(read[0]?.at ?? desk.now);
};

/** How long the patient waited for those who may let a check of this day pass: nobody is late by that either. */
const reviewedFor = async (desk: Desk, { number, dosingAppointmentId }: Cycle): Promise<number> => {
  let waited = 0;
  for (const gate of ['dosing-day', 'pre-dose']) {
    const prefix = `task#gate-review-${gate}:c${number}:${dosingAppointmentId}:`;
    const reviews = await desk.list(tasks, journeyPartition(desk.journey.id), prefix);
    const from = reviews.flatMap(({ openedAt }) => openedAt ?? []).map(toMs);
    const until = reviews.flatMap(({ decidedAt }) => decidedAt ?? []).map(toMs);
    if (from.length > 0 && until.length > 0) waited += Math.max(0, Math.max(...until) - Math.min(...from));
  }
  return waited;
};

/** Whether everybody of the appointment, and the clinic, is there from now until its end. */
const areAllThere = ({ clinic, now }: Desk, { practitioners }: Appointment, until: string): boolean =>
  [null, ...practitioners].every((person) => {
    const calendar = calendarOf(clinic, person);
    const today = workingStretches(localDate(now, calendar.zone), calendar);
    return today.some(({ from, to }) => from <= toMs(now) && toMs(until) <= to);
  });

/**
 * Whether a dose that begins now still fits the day: not later than the program allows (but for the time that a review of its gates
 * took, as long as all stay until the end), with people and room held until its end, and its integration inside the window that is
 * counted from the end it will have (moved there if need be).
 */
export const fitsToday = async (desk: Desk, cycle: Cycle, dosing: Appointment): Promise<boolean> => {
  const { before, lateAtMost, duration, observation } = desk.program.dosing;
  const end = plus(desk.now, duration);
  const until = plus(end, observation);
  const latest = toMs(plus(plus(dosing.startsAt, before), lateAtMost)) + (await restedFor(desk, cycle));
  const late = toMs(desk.now) - latest;
  if (late > 0 && (late > (await reviewedFor(desk, cycle)) || !areAllThere(desk, dosing, until))) return false;
  return (await holdUntil(desk, dosing, until)) && fitIntegration(desk, cycle, end);
};

/** A chaperone who knows of a pick-up that comes later than that hears of it. */
export const tellPickUp = async (desk: Desk, dosing: Appointment): Promise<void> => {
  // Who is with the patient at home sees that it begins later.
  if (isAtHome(dosing)) return;
  const { journeyId, id, revision, startsAt, endsAt } = dosing;
  const known = await Promise.all(dosing.messages.map((each) => desk.get(messages, { journeyId, id: each })));
  const isTheirs = (message: Message | undefined): boolean =>
    message?.to === 'chaperone' && message.sentAt !== null && !wasForAnother(desk.journey, message);
  if (!known.some(isTheirs)) return;
  const told = await planMessage(desk, {
    kind: 'time-changed',
    to: 'chaperone',
    person: 'chaperone',
    sendAt: desk.now,
    usefulUntil: endsAt,
    appointment: { id, revision, startsAt },
  });
  desk.put(appointments, { ...(await desk.need(appointments, dosing)), messages: [...dosing.messages, told.id] });
};
