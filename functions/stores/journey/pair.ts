import { assignedTherapist, encounterNeeds } from '../../domain/appointments/needs.ts';
import { reviewIntegration } from '../../domain/booking/integration-slot.ts';
import { isStanding } from '../../domain/journey/appointment.ts';
import type { Cycle } from '../../domain/journey/cycle.ts';
import { NO_CHAPERONE } from '../../domain/journey/journey.ts';
import { readInstant } from '../../domain/time/instants.ts';
import { appointments, cycles } from '../journey-rows.ts';
import { cancel, move } from './appointment-acts.ts';
import { type Desk, liftHold } from './desk.ts';
import { readDiaries } from './diaries.ts';
import type { Given } from './effect.ts';
import { askForAnother } from './lost-integration.ts';

/** A text from what was recorded. */
export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
/** An instant from what was recorded, if it is one. */
export const instant = (value: unknown): string | undefined => {
  const given = text(value);
  return given === undefined ? undefined : readInstant(given);
};
/** The start that was asked for one part of a pair, named `dosing.startsAt` in one word or as a part with its start. */
export const part = (data: Given['data'], name: 'dosing' | 'integration'): unknown => {
  const value = data[name];
  return typeof value === 'object' && value !== null && 'startsAt' in value ? value.startsAt : data[`${name}.startsAt`];
};

/** The cycle that a task is about. */
export const cycleOf = async (desk: Desk, task: { journeyId: string; ask: { cycle?: number } }): Promise<Cycle> =>
  desk.need(cycles, { journeyId: task.journeyId, number: task.ask.cycle ?? 0 });

/** An appointment of the journey by its id. */
export const appointmentNamed = async (desk: Desk, id: string | null) =>
  id === null ? undefined : desk.get(appointments, { journeyId: desk.journey.id, id });

/** An override was given for one day's readings; another day is judged anew. */
export const judgeAnew = (desk: Desk, cycle: Cycle): void => {
  const ofTheDay = ({ gate, scope }: { gate: string; scope: string }) =>
    scope === `c${cycle.number}` && (gate === 'dosing-day' || gate === 'pre-dose');
  const overrides = desk.journey.overrides.filter((each) => !ofTheDay(each));
  if (overrides.length < desk.journey.overrides.length) desk.keep({ overrides });
};

/** Takes today's pair back without a debt: both appointments go, and the cycle is to be booked again. */
export const unbookPair = async (desk: Desk, cycle: Cycle): Promise<Cycle> => {
  for (const id of [cycle.dosingAppointmentId, cycle.integrationAppointmentId]) {
    const appointment = await appointmentNamed(desk, id);
    if (appointment !== undefined && isStanding(appointment)) await cancel(desk, appointment);
  }
  const unbooked: Cycle = {
    ...cycle,
    dosingAppointmentId: null,
    integrationAppointmentId: null,
    orderedAt: null,
    check: null,
    checkedInAt: null,
  };
  desk.put(cycles, unbooked);
  judgeAnew(desk, cycle);
  // The hold was on the dose that is gone; the next booking asks for a chaperone by its own check.
  liftHold(desk, NO_CHAPERONE, null);
  return unbooked;
};

/** Keeps the integration inside the window of a dose's end: it stays, or moves to the first free time; false where there is none. */
export const fitIntegration = async (desk: Desk, cycle: Cycle, endedAt: string): Promise<boolean> => {
  const booked = await appointmentNamed(desk, cycle.integrationAppointmentId);
  const therapist = assignedTherapist(desk.clinic, desk.journey);
  if (therapist === undefined || booked === undefined || !isStanding(booked)) return false;
  const needs = encounterNeeds('integration', desk.program, desk.clinic, desk.journey);
  const ignoring = [`${booked.journeyId}/${booked.id}`];
  const diaries = await readDiaries(
    desk,
    [therapist.id, ...(needs.rooms ?? []).map(({ id }) => id)],
    desk.now,
    ignoring,
  );
  const review = reviewIntegration({
    ...diaries,
    therapist,
    duration: desk.program.integration.duration,
    window: desk.program.integration.window,
    grid: desk.clinic.booking.grid,
    ...(needs.rooms && { rooms: needs.rooms }),
    recordedEnd: endedAt,
    bookedAt: booked.startsAt,
    now: desk.now,
  });
  if (review.kind === 'moves') await move(desk, booked, review.slot);
  return review.kind !== 'none';
};

/** An integration that no longer fits any free time is given back, so that a person books the next one. */
export const giveIntegrationBack = async (desk: Desk, cycle: Cycle): Promise<void> => {
  const booked = await appointmentNamed(desk, cycle.integrationAppointmentId);
  if (booked !== undefined && isStanding(booked)) await cancel(desk, booked);
  const unbooked = { ...(await desk.need(cycles, cycle)), integrationAppointmentId: null };
  desk.put(cycles, unbooked);
  if (booked !== undefined) await askForAnother(desk, unbooked, booked.id);
};
