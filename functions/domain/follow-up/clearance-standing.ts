import type { Clearance } from '../journey/journey.ts';
import { earlierOf, type Instant } from '../time/instants.ts';
import { minusLocal, plusLocal } from '../time/local.ts';
import type { Zone } from '../time/zones.ts';
import type { FollowUpRules } from './rules.ts';

/** How a clearance stands: good; to be renewed soon; past its time or the end of its series; or void. */
export type Standing = 'in-force' | 'renew' | 'expired' | 'void';

/** The first instant at which a clearance no longer stands: its time, or the end of the series, whichever is first (reference 5). */
export const clearanceEnds = ({ validUntil }: Pick<Clearance, 'validUntil'>, seriesEndedAt: Instant | null): Instant =>
  seriesEndedAt === null ? validUntil : earlierOf(validUntil, seriesEndedAt);

/** How a clearance stands at an instant; `renewBefore` is how long ahead of its end it is asked for again. */
export const clearanceStanding = (
  clearance: Pick<Clearance, 'validUntil' | 'voidedAt'>,
  seriesEndedAt: Instant | null,
  now: Instant,
  { renewBefore, zone }: { readonly renewBefore: string; readonly zone: Zone },
): Standing => {
  if (clearance.voidedAt !== null && clearance.voidedAt <= now) return 'void';
  if (now >= clearanceEnds(clearance, seriesEndedAt)) return 'expired';
  return now >= minusLocal(clearance.validUntil, renewBefore, zone) ? 'renew' : 'in-force';
};

/** Until when a clearance given now stands at the longest: the program's time, never more than the rules allow. */
export const clearanceValidUntil = (at: Instant, validFor: string, { clearance }: FollowUpRules, zone: Zone): Instant =>
  earlierOf(plusLocal(at, validFor, zone), plusLocal(at, clearance.validFor, zone));
