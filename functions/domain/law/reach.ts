import type { Journey } from '../journey/journey.ts';
import type { Role } from '../names.ts';
import type { LocalDate } from '../time/local.ts';
import { type ConfidentialityRules, classOf, sees } from './confidentiality.ts';
import { mayRelease } from './release.ts';

/** Who looks: their id, every role that they hold, and the partner practice that they belong to. */
export type Viewer = { readonly id: string; readonly roles: readonly Role[]; readonly practice: string | null };

const OUTSIDE: ReadonlySet<Role> = new Set(['patient', 'chaperone', 'partner']);

type Whose = Pick<Journey, 'patientId' | 'therapist' | 'partner'>;

/** Whether every journey is there for somebody: for the clinic's own people. */
export const reachesAll = ({ roles, practice }: Viewer): boolean =>
  practice === null && roles.some((role) => !OUTSIDE.has(role));

/** Whether a journey is there for somebody at all: a patient's own, a practice's own, every one for the clinic's people. */
export const reaches = (viewer: Viewer, journey: Whose): boolean => {
  const { id, roles, practice } = viewer;
  if (roles.includes('patient') && journey.patientId === id) return true;
  if (practice !== null)
    return journey.partner === practice || (roles.includes('therapist') && journey.therapist === id);
  return reachesAll(viewer);
};

type Looked = {
  readonly journey: Whose;
  /** Everybody who is booked with the patient. */
  readonly booked: readonly string[];
  readonly rules: ConfidentialityRules;
  readonly policy: { readonly part2Program: boolean };
  readonly on: LocalDate;
};

/**
 * Whether somebody sees a part of a patient's record (reference 6.5): by one of their roles; a practice outside sees no clinical
 * answers, a therapist only those of the patients whom they treat, a patient what their own portal may show.
 */
export const seesPart = (viewer: Viewer, part: string, { journey, booked, rules, policy, on }: Looked): boolean => {
  if (!reaches(viewer, journey)) return false;
  const record = { class: classOf(part, rules, policy), author: null };
  const treats = journey.therapist === viewer.id || booked.includes(viewer.id);
  return viewer.roles.some((role) => {
    if (!sees({ role, id: viewer.id }, record, rules, part)) return false;
    if (record.class === 'logistics') return true;
    if (role === 'patient') return journey.patientId === viewer.id && mayRelease(record.class, 'portal', [], on);
    return viewer.practice === null && (role !== 'therapist' || treats);
  });
};
