import type { Clinic, Practitioner } from '../../functions/domain/clinic/clinic.ts';
import { holdersOf, ownHoldersOf, personOf } from '../../functions/domain/clinic/roster.ts';
import type { Journey } from '../../functions/domain/journey/journey.ts';
import type { Task } from '../../functions/domain/journey/task.ts';
import type { Role } from '../../functions/domain/names.ts';
import { everyDay, type WorkingCalendar } from '../../functions/domain/time/working-hours.ts';
import type { Person } from './engine.ts';

/** Who is asked, and about whom. */
export type Asked = {
  readonly clinic: Clinic;
  readonly role: Role;
  readonly task?: Task | undefined;
  readonly journey?: Journey | undefined;
};

/** The clinic's own people come before those of its partner practices. */
const firstWith = (clinic: Clinic, role: Role): Practitioner | undefined =>
  ownHoldersOf(clinic, role)[0] ?? holdersOf(clinic, role)[0];

/** The practice that an offer goes to: it is what the task is about. */
const practiceOf = ({ clinic, task, journey }: Asked): Practitioner | undefined => {
  const named = [task?.assignee, task?.ask.about, journey?.partner];
  const { id } = clinic.partners.find((partner) => named.includes(partner.id)) ?? { id: undefined };
  return holdersOf(clinic, 'therapist').find(({ partner }) => partner === id);
};

/** On-call turns go in the clinic's order; who is paged next about the same event is the next of it. */
const onCall = ({ clinic, task }: Asked, turn: number): Practitioner | undefined => {
  const turns = clinic.onCall;
  const first = Math.max(0, turns.indexOf(task?.assignee ?? ''));
  const id = turns[(first + turn) % turns.length];
  return personOf(clinic, id);
};

const practitionerFor = (asked: Asked): Practitioner | undefined => {
  const { clinic, role, task, journey } = asked;
  if (role === 'partner') return practiceOf(asked);
  if (role === 'on-call') return onCall(asked, 0);
  if (role === 'provider' && task?.kind === 'acknowledge-safety') return onCall(asked, 1);
  const named = [task?.role === role ? task.assignee : null, role === 'therapist' ? journey?.therapist : null];
  return (
    named.map((id) => personOf(clinic, id)).find((each) => each?.roles.some((held) => held === role)) ??
    firstWith(clinic, role)
  );
};

/** The person who acts in a role; undefined if the clinic has nobody. */
export const personFor = (asked: Asked): Person | undefined => {
  const { role } = asked;
  if (role === 'patient' || role === 'chaperone') return { role, id: role };
  const id = practitionerFor(asked)?.id;
  return id === undefined ? undefined : { role, id };
};

/** Somebody named in a scenario, in the role that is asked for if they have it, else in their first. */
export const personNamed = (clinic: Clinic, id: string, role: Role): Person => {
  const roles: readonly Role[] = personOf(clinic, id)?.roles ?? [];
  const keeps = roles.length === 0 || roles.includes(role) || role === 'on-call' || role === 'partner';
  return { role: keeps ? role : (roles[0] ?? role), id };
};

/** When somebody answers: practitioners as they work, the patient and the chaperone from 08:00 to 21:00 where the patient lives. */
export const hoursOf = ({ id }: Person, clinic: Clinic, patientZone: string): WorkingCalendar => {
  const practitioner = personOf(clinic, id);
  if (practitioner === undefined) return { hours: everyDay(['08:00', '21:00']), zone: patientZone };
  const { hours, holidays, partner } = practitioner;
  return { hours, holidays: partner === undefined ? [...clinic.holidays, ...holidays] : holidays, zone: clinic.zone };
};
