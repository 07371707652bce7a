import type { Clinic } from '../../functions/domain/clinic/clinic.ts';
import { localDate, localTime, weekday } from '../../functions/domain/time/local.ts';
import type { Zone } from '../../functions/domain/time/zones.ts';

/** Who is who, and where the patient's clock stands. */
export type Reader = { readonly clinic: Pick<Clinic, 'practitioners' | 'partners'>; readonly zone: Zone };

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** The same with a capital letter. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A day as people write it: Thu 5 Mar. */
export const dayOf = (at: string, zone: Zone): string => {
  const date = localDate(at, zone);
  return `${capital(weekday(date))} ${Number(date.slice(8))} ${MONTHS[Number(date.slice(5, 7)) - 1]}`;
};

/** A moment as people write it: Thu 5 Mar 09:00. */
export const momentOf = (at: string, { zone }: Reader): string => `${dayOf(at, zone)} ${localTime(at, zone)}`;

/** What people call somebody. */
export const nameOf = (id: string, { clinic }: Reader): string =>
  id === 'patient' || id === 'chaperone'
    ? `the ${id}`
    : ([...clinic.practitioners, ...clinic.partners].find((each) => each.id === id)?.name ?? id);

/** A reason in brackets, where there is one. */
export const because = (reason: string | undefined): string =>
  reason === undefined || reason === '' ? '' : ` (${reason})`;
/** Who did it, where that is told. */
export const byWhom = (by: string | undefined, reader: Reader): string =>
  by === undefined ? '' : ` by ${nameOf(by, reader)}`;

/** Signs that move the cursor, break a line or turn the direction of writing. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A line as it can be shown: what somebody wrote cannot make it two, colour it or turn it round. */
export const shownLine = (text: string): string =>
  text.replaceAll(UNSEEN, (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
