import { atLocal, type LocalDate, localDate, plusLocal } from '../time/local.ts';
import type { FollowUpRules } from './rules.ts';

/** What is known of a patient's liver tests. */
export type LiverTests = {
  /** Doses begun so far, of earlier series too. */
  readonly doses: number;
  /** Doses that had been begun when the last test was made, and its day; null before the first, the baseline. */
  readonly last: { readonly doses: number; readonly on: LocalDate } | null;
};

// Only days are counted here, so the zone decides nothing.
const UTC = 'UTC';

const daysAfter = (on: LocalDate, duration: string): LocalDate =>
  localDate(plusLocal(atLocal(on, '00:00', UTC), duration, UTC), UTC);

/** Whether a liver test is due: a baseline before the first dose, one again after some doses, then every few months (reference 5). */
export const liverTest = (
  { doses, last }: LiverTests,
  { liver }: FollowUpRules,
  today: LocalDate,
): 'none' | 'due' | 'overdue' => {
  if (last === null) return doses === 0 ? 'due' : 'overdue';
  if (last.doses < liver.atDoses.due) {
    if (doses >= liver.atDoses.overdue) return 'overdue';
    return doses >= liver.atDoses.due ? 'due' : 'none';
  }
  if (doses === last.doses) return 'none';
  if (today >= daysAfter(last.on, liver.later.overdue)) return 'overdue';
  return today >= daysAfter(last.on, liver.later.due) ? 'due' : 'none';
};
