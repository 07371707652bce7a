import { elapsedMs } from '../time/durations.ts';
import type { AdverseEventRules } from './rules.ts';

/** A rise in blood pressure on the drug: its highest values, and how long it lasted in milliseconds (null: it goes on). */
export type PressureRise = { readonly sbp: number; readonly dbp: number; readonly lastedMs: number | null };

/**
 * The grade of a blood pressure by number alone, and whether such a rise is to be expected of the drug. Both are stored: a
 * short rise after a dose would be severe by number, and is not (reference 6.1).
 */
export const gradeOfPressure = (
  { sbp, dbp, lastedMs }: PressureRise,
  { pressure, transientWithin }: AdverseEventRules,
): { ctcaeGrade: number; transientExpected: boolean } => ({
  ctcaeGrade: pressure.findLast((each) => sbp >= each.sbp || dbp >= each.dbp)?.grade ?? 0,
  transientExpected: lastedMs !== null && lastedMs <= elapsedMs(transientWithin),
});
