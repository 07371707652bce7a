import type { Bookable, ClaimsOn } from '../../../functions/domain/booking/availability.ts';
import { claim, type DayClaims, datesTouched, freeDay } from '../../../functions/domain/booking/claims.ts';
import type { PairSearch } from '../../../functions/domain/booking/propose-pairs.ts';
import { atLocal, localDate, localTime, weekday } from '../../../functions/domain/time/local.ts';
import type { OpenSpan } from '../../../functions/domain/time/working-hours.ts';

export const LA = 'America/Los_Angeles';

/** An instant as the tables write it: `2026-03-05 09:00` in Los Angeles. */
export const la = (text: string) => atLocal(text.slice(0, 10), text.slice(11), LA);

/** An instant as the tables read it: `thu 2026-03-05 09:00`. */
export const read = (instant: string) =>
  `${weekday(localDate(instant, LA))} ${localDate(instant, LA)} ${localTime(instant, LA)}`;

const day: readonly OpenSpan[] = [['09:00', '17:00']];
export const weekdays = { mon: day, tue: day, wed: day, thu: day, fri: day };
export const withSaturday = { ...weekdays, sat: day };

export const somebody = (id: string, over: Partial<Bookable> = {}): Bookable => ({ id, hours: weekdays, ...over });

/** Diaries that hold what the tables say: resource, from, to, appointment. */
export const held = (...intervals: readonly (readonly [string, string, string, string])[]): ClaimsOn => {
  const days = new Map<string, DayClaims>();
  for (const [resource, from, to, appointmentId] of intervals) {
    const interval = { from: la(from), to: la(to), appointmentId };
    for (const date of datesTouched(interval.from, interval.to, LA)) {
      const key = `${resource} ${date}`;
      const result = claim(days.get(key) ?? freeDay(resource, date), interval);
      if (!result.claimed) throw new Error(`${resource} is already held by ${result.heldBy}`);
      days.set(key, result.day);
    }
  }
  return (resource, date) => days.get(`${resource} ${date}`);
};

/** northwest-iv in the default clinic, a week before its first dose, with a partner's therapist who works Monday to Friday. */
export const northwest = (over: Partial<PairSearch> = {}): PairSearch => ({
  zone: LA,
  claimsOn: () => undefined,
  notBefore: la('2026-03-02 08:00'),
  horizonDays: 14,
  grid: 'PT15M',
  limit: 1,
  doses: [],
  spacing: { min: 'P3D', perWeek: 2 },
  dosing: {
    before: 'PT15M',
    dose: 'PT90M',
    observation: 'PT60M',
    opening: { hours: weekdays, holidays: [], zone: LA },
    rooms: [{ id: 'room-1' }, { id: 'room-2' }],
    needs: [
      { role: 'nurse', anyOf: [somebody('nurse-1')] },
      { role: 'provider', anyOf: [somebody('provider-1'), somebody('provider-2')] },
    ],
  },
  integration: {
    therapist: somebody('therapist-11'),
    duration: 'PT60M',
    window: { opens: 'PT24H', closes: 'PT48H' },
  },
  ...over,
});
