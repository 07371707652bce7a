import type { Appointment } from '../../domain/journey/appointment.ts';
import { appointments, journeyPartition } from '../journey-rows.ts';
import { noteAppointment } from './appointment-acts.ts';
import type { Desk } from './desk.ts';

/** Who may say that they come. */
export type Coming = 'patient' | 'chaperone';

/** Writes down that somebody comes to an appointment as it is booked now; saying so twice is saying so once. */
export const confirmComing = (desk: Desk, appointment: Appointment, who: Coming): void => {
  const { confirmedBy = {}, revision } = appointment;
  if (confirmedBy[who] === revision) return;
  const confirmed = { ...appointment, confirmedBy: { ...confirmedBy, [who]: revision } };
  desk.put(appointments, confirmed);
  noteAppointment(desk, confirmed, 'confirmed', who);
};

/** The next appointment that somebody can confirm: a chaperone is expected at the end of a dose alone. */
export const nextComing = async (desk: Desk, who: Coming): Promise<Appointment | undefined> =>
  (await desk.list(appointments, journeyPartition(desk.journey.id), 'appointment#'))
    .filter(
      ({ kind, state, startsAt }) =>
        (state === 'booked' || state === 'confirmed') &&
        startsAt > desk.now &&
        (who === 'patient' || kind === 'dosing'),
    )
    .sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1))[0];
