import { businessDaysAhead, plusBusinessDays } from '../time/business-days.ts';
import { type Instant, laterOf } from '../time/instants.ts';
import { type LocalDate, localDate, plusLocal } from '../time/local.ts';
import type { Zone } from '../time/zones.ts';
import type { BillingRules } from './rules.ts';

/** Who pays: an estimate is owed to everybody who is uninsured, and to the insured who do not use it. */
export type Coverage = 'insured' | 'insured-not-used' | 'uninsured';

type Asked = {
  readonly coverage: Coverage;
  /** What was booked and when; null for a question alone. */
  readonly booking: { readonly bookedOn: LocalDate; readonly serviceOn: LocalDate } | null;
  /** The day on which the patient asked what it will cost; null if they did not. */
  readonly askedOn: LocalDate | null;
};

/**
 * The last day on which the good-faith estimate may be given (45 CFR 149.610), or null where none is owed: by how far ahead
 * the service was booked, or by the patient's question; of two the earlier. Business days are the clinic's.
 */
export const estimateDueOn = (
  { coverage, booking, askedOn }: Asked,
  { estimate }: Pick<BillingRules, 'estimate'>,
  holidays: readonly LocalDate[],
): LocalDate | null => {
  if (coverage === 'insured') return null;
  const due: LocalDate[] = [];
  if (booking !== null) {
    const ahead = businessDaysAhead(booking.bookedOn, booking.serviceOn, holidays);
    const tier = estimate.booked.find(({ aheadAtLeast }) => ahead >= aheadAtLeast);
    if (tier !== undefined) due.push(plusBusinessDays(booking.bookedOn, tier.within, holidays));
  }
  if (askedOn !== null) due.push(plusBusinessDays(askedOn, estimate.askedWithin, holidays));
  return due.toSorted()[0] ?? null;
};

/** Whether an estimate for a series still stands at an instant: not too old, and for what is done now. */
export const isEstimateInForce = (
  given: { readonly at: Instant; readonly scope: string },
  now: { readonly at: Instant; readonly scope: string },
  { estimate }: Pick<BillingRules, 'estimate'>,
  zone: Zone,
): boolean =>
  given.scope === now.scope &&
  now.at === laterOf(given.at, now.at) &&
  localDate(now.at, zone) <= localDate(plusLocal(given.at, estimate.series, zone), zone);
