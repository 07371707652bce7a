import type { Instant } from '../time/instants.ts';
import { type LocalDate, localDate, plusLocal } from '../time/local.ts';
import type { Zone } from '../time/zones.ts';
import type { BillingRules } from './rules.ts';

/** What may happen to a bill, in cents, against its estimate: from the limit on a patient could dispute it, so it does not go out. */
export const billGuard = (
  estimated: number,
  billed: number,
  { guard: { warnAbove, blockFrom } }: Pick<BillingRules, 'guard'>,
): 'send' | 'warn' | 'block' => {
  const over = billed - estimated;
  if (over >= blockFrom) return 'block';
  return over > warnAbove ? 'warn' : 'send';
};

/** Whether a patient may dispute a bill, and until which day. */
export const disputableUntil = (
  estimated: number,
  bill: { readonly cents: number; readonly at: Instant },
  { dispute }: Pick<BillingRules, 'dispute'>,
  zone: Zone,
): LocalDate | null =>
  bill.cents - estimated >= dispute.from ? localDate(plusLocal(bill.at, dispute.within, zone), zone) : null;
