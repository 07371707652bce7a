import { isStanding } from '../../domain/journey/appointment.ts';
import { isOwed } from '../../domain/journey/cycle.ts';
import { isOwedCare } from '../../domain/tasks/ask.ts';
import { appointments, cycles, journeyPartition } from '../journey-rows.ts';
import { cancel } from './appointment-acts.ts';
import type { Desk } from './desk.ts';
import { cyclesOf } from './intake-effects.ts';
import { supersedeWhere } from './signals.ts';

/** Takes back every booking that has not begun and that no begun dose owes; says which. */
export const cancelWhatHasNotBegun = async (desk: Desk): Promise<string[]> => {
  const all = await cyclesOf(desk);
  const begun = all.filter((cycle) => isOwed(cycle) || (cycle.startedAt !== null && cycle.dischargedAt === null));
  const owed = new Set(begun.map(({ number }) => number));
  const gone: string[] = [];
  for (const appointment of await desk.list(appointments, journeyPartition(desk.journey.id), 'appointment#')) {
    if (!isStanding(appointment) || (appointment.cycle !== null && owed.has(appointment.cycle))) continue;
    await cancel(desk, appointment);
    gone.push(appointment.id);
  }
  for (const cycle of all)
    if (cycle.startedAt === null && cycle.dosingAppointmentId !== null)
      desk.put(cycles, { ...cycle, dosingAppointmentId: null, integrationAppointmentId: null });
  return gone;
};

/** A journey that is to end goes no further: bookings and questions go, what a begun dose owes and safety stay, and every wait looks again. */
export const stopTheRest = async (desk: Desk, cause: string): Promise<void> => {
  const gone = await cancelWhatHasNotBegun(desk);
  await supersedeWhere(desk, cause, ({ ask }) => !isOwedCare(ask), { gates: true, appointmentIds: gone });
};
