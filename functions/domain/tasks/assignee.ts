import type { Clinic } from '../clinic/clinic.ts';
import { holdersOf, ownHoldersOf, personOf } from '../clinic/roster.ts';
import type { Appointment } from '../journey/appointment.ts';
import type { Journey } from '../journey/journey.ts';
import type { Role } from '../names.ts';
import { offerOf } from '../partners/offer.ts';
import type { Instant } from '../time/instants.ts';
import { toMs } from '../time/instants.ts';
import type { WorkingCalendar } from '../time/working-hours.ts';

const WEEK = 7 * 86_400_000;

/** Whose turn it is to be on call; the turns change weekly. */
export const onCall = (clinic: Clinic, now: Instant): string | null =>
  clinic.onCall[Math.floor(toMs(now) / WEEK) % clinic.onCall.length] ?? null;

/** The person who is told of a task: whoever is on the appointment, the assigned therapist, or the first who holds the role. */
export const assigneeOf = (
  role: Role,
  {
    clinic,
    journey,
    appointment,
    about,
    now,
  }: {
    clinic: Clinic;
    journey: Journey;
    appointment: Appointment | undefined;
    about: string | undefined;
    now: Instant;
  },
): string | null => {
  if (role === 'patient') return 'patient';
  if (role === 'partner') return about === undefined ? journey.partner : offerOf(about).partner;
  if (role === 'on-call') return onCall(clinic, now);
  if (appointment !== undefined) {
    const booked = holdersOf(clinic, role).find(({ id }) => appointment.practitioners.includes(id));
    if (booked) return booked.id;
  }
  if (role === 'therapist' && journey.therapist !== null) return journey.therapist;
  return ownHoldersOf(clinic, role)[0]?.id ?? null;
};

/** Who answers for a practice: the first of its therapists, whose hours are its own. */
const ofPractice = (clinic: Clinic, partner: string | null) =>
  partner === null ? undefined : clinic.practitioners.find((each) => each.partner === partner);

/**
 * When a person or a practice works, in the clinic's zone: their own hours and days off, and the clinic's days off for its own
 * people; the clinic's hours where nobody is named.
 */
export const calendarOf = (clinic: Clinic, person: string | null): WorkingCalendar => {
  const found = personOf(clinic, person) ?? ofPractice(clinic, person);
  const { zone } = clinic;
  if (found === undefined) return { hours: clinic.hours, holidays: clinic.holidays, zone };
  const { hours, holidays, partner } = found;
  return { hours, holidays: partner === undefined ? [...clinic.holidays, ...holidays] : holidays, zone };
};
