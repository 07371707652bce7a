import type { Role } from '../names.ts';
import type { LocalDate } from '../time/local.ts';
import type { Clinic, Practitioner } from './clinic.ts';

type Roster = {
  readonly byId: ReadonlyMap<string, Practitioner>;
  readonly byRole: ReadonlyMap<string, readonly Practitioner[]>;
  readonly own: ReadonlyMap<string, readonly Practitioner[]>;
};

const rosters = new WeakMap<Clinic, Roster>();

const byRole = (people: readonly Practitioner[]): ReadonlyMap<string, readonly Practitioner[]> => {
  const held = new Map<string, Practitioner[]>();
  for (const person of people)
    for (const role of person.roles) {
      const others = held.get(role);
      if (others === undefined) held.set(role, [person]);
      else others.push(person);
    }
  return held;
};

/** A large clinic has hundreds of people, and every task and message looks for one of them: they are sorted once. */
const rosterOf = (clinic: Clinic): Roster => {
  const known = rosters.get(clinic);
  if (known !== undefined) return known;
  const { practitioners } = clinic;
  const roster = {
    byId: new Map(practitioners.map((person) => [person.id, person])),
    byRole: byRole(practitioners),
    own: byRole(practitioners.filter(({ partner }) => partner === undefined)),
  };
  rosters.set(clinic, roster);
  return roster;
};

/** Whether somebody holds a licence on that day, its last day included. */
export const isLicensed = ({ licence }: Pick<Practitioner, 'licence'>, on: LocalDate): boolean =>
  licence !== undefined && licence.expiresOn >= on;

/** Somebody of the clinic or of its partners, by id. */
export const personOf = (clinic: Clinic, id: string | null | undefined): Practitioner | undefined =>
  id === null || id === undefined ? undefined : rosterOf(clinic).byId.get(id);

/** Everybody who holds a role, in the clinic's order. */
export const holdersOf = (clinic: Clinic, role: Role): readonly Practitioner[] =>
  rosterOf(clinic).byRole.get(role) ?? [];

/** Everybody of the clinic itself who holds a role, in its order. */
export const ownHoldersOf = (clinic: Clinic, role: Role): readonly Practitioner[] =>
  rosterOf(clinic).own.get(role) ?? [];
