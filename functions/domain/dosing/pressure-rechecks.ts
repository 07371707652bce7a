import type { Clinic } from '../clinic/clinic.ts';
import { type Instant, plus } from '../time/instants.ts';

type Reading = { readonly at: Instant; readonly sbp: number; readonly dbp: number };
type Limits = Clinic['policy']['bloodPressure'];

/** What follows the newest blood pressure before a dose. */
export type AfterPressure =
  | { readonly next: 'go-on' }
  /** The patient rests; nobody is asked before the reading at this time. */
  | { readonly next: 'recheck'; readonly at: Instant }
  /** Still too high after every recheck: benefit against risk, or another day. */
  | { readonly next: 'prescriber' }
  | { readonly next: 'block' }
  | { readonly next: 'emergency' };

/**
 * Rest and recheck before the prescriber is asked (reference 4.1 DD-09): readings of today, oldest first, all of them on this
 * limit, which may depend on the patient's age.
 */
export const afterPressure = (
  readings: readonly [Reading, ...Reading[]],
  holdAbove: Limits['holdAbove'],
  { blockAbove, emergencyFrom, recheckAfter, rechecks }: Limits,
): AfterPressure => {
  const { at, sbp, dbp } = readings.at(-1) ?? readings[0];
  const isAbove = (limit: { sbp: number; dbp: number }): boolean => sbp > limit.sbp || dbp > limit.dbp;
  if (sbp >= emergencyFrom.sbp && dbp >= emergencyFrom.dbp) return { next: 'emergency' };
  if (isAbove(blockAbove)) return { next: 'block' };
  if (!isAbove(holdAbove)) return { next: 'go-on' };
  return readings.length <= rechecks ? { next: 'recheck', at: plus(at, recheckAfter) } : { next: 'prescriber' };
};
