import { isStanding } from '../../domain/journey/appointment.ts';
import { isOwed } from '../../domain/journey/cycle.ts';
import type { Message } from '../../domain/journey/message.ts';
import { isOwedCare } from '../../domain/tasks/ask.ts';
import { appointments, journeyPartition, messages } from '../journey-rows.ts';
import { cancel } from './appointment-acts.ts';
import { cyclesOf } from './cycles.ts';
import type { Desk } from './desk.ts';
import { cancelMessage } from './ledger.ts';
import { withdrawOffers } from './offers.ts';
import { unbookPair } from './pair.ts';
import { supersedeWhere } from './signals.ts';

/** Takes back every booking that has not begun and that no begun dose owes; says which. */
export const cancelWhatHasNotBegun = async (desk: Desk): Promise<string[]> => {
  const all = await cyclesOf(desk);
  const begun = all.filter((cycle) => isOwed(cycle) || (cycle.startedAt !== null && cycle.dischargedAt === null));
  const owed = new Set(begun.map(({ number }) => number));
  const gone: string[] = [];
  for (const appointment of await desk.list(appointments, journeyPartition(desk.journey.id), 'appointment#')) {
    if (!isStanding(appointment) || (appointment.cycle !== null && owed.has(appointment.cycle))) continue;
    gone.push(appointment.id);
    if (appointment.kind !== 'dosing' && appointment.kind !== 'integration') await cancel(desk, appointment);
  }
  for (const cycle of all)
    if (cycle.startedAt === null && cycle.dosingAppointmentId !== null) await unbookPair(desk, cycle);
  return gone;
};

/** Takes back reminders and words of care that no appointment is behind; those of appointments follow what becomes of these. */
export const stopMessages = async (desk: Desk, reason: string): Promise<void> => {
  const isIdle = ({ to, class: kind, appointmentId }: Message): boolean =>
    (to === 'patient' || to === 'chaperone') && (kind === 'reminder' || kind === 'care') && appointmentId === null;
  for (const message of await desk.list(messages, journeyPartition(desk.journey.id), 'message#'))
    if (isIdle(message)) cancelMessage(desk, message, reason);
};

/** A journey that is to end goes no further: bookings and questions go, what a begun dose owes and safety stay, and every wait looks again. */
export const stopTheRest = async (desk: Desk, cause: string): Promise<void> => {
  await stopMessages(desk, 'journey-ending');
  await withdrawOffers(desk);
  const gone = await cancelWhatHasNotBegun(desk);
  await supersedeWhere(desk, cause, ({ ask }) => !isOwedCare(ask), { gates: true, appointmentIds: gone });
};
