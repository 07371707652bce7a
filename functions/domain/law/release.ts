import type { LocalDate } from '../time/local.ts';
import type { RecordClass } from './confidentiality.ts';

/** Why a part of the record is to be given out. */
export const PURPOSES = ['care', 'payment', 'operations', 'export', 'superbill', 'portal', 'summary', 'court'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** What a patient has agreed to in writing; `all-future-care` is the one consent of Part 2 for treatment, payment and operations. */
export type Release = {
  readonly scope: 'all-future-care' | 'psychotherapy-notes' | 'court';
  readonly signedOn: LocalDate;
  /** The last day on which it holds; null: until it is taken back. */
  readonly expiresOn: LocalDate | null;
  /** The day on which it was taken back, from which it no longer holds. */
  readonly revokedOn: LocalDate | null;
};

const inForce = ({ signedOn, expiresOn, revokedOn }: Release, on: LocalDate): boolean =>
  signedOn <= on && (expiresOn === null || on <= expiresOn) && (revokedOn === null || on < revokedOn);

/** Never in these, whatever was signed: what leaves in bulk, or is made by a machine. */
const NEVER_NOTES: readonly Purpose[] = ['export', 'superbill', 'portal', 'summary'];

/**
 * Whether a part of the record may be given out for a purpose on a day (reference 6.5): a note only with an authorization of its
 * own, and never in an export; Part 2 records only with consent; into a court only with a consent for it, as strictly as Part 2
 * asks. The patient's own portal shows everything but notes.
 */
export const mayRelease = (
  record: RecordClass,
  purpose: Purpose,
  releases: readonly Release[],
  on: LocalDate,
): boolean => {
  const has = (scope: Release['scope']): boolean => releases.some((each) => each.scope === scope && inForce(each, on));
  if (record === 'psychotherapy-note') return !NEVER_NOTES.includes(purpose) && has('psychotherapy-notes');
  if (purpose === 'court') return has('court');
  return record === 'part2' && purpose !== 'portal' ? has('all-future-care') : true;
};
