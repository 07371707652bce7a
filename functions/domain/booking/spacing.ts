import { countsDays, type Duration } from '../time/durations.ts';
import { fromMs, type Instant } from '../time/instants.ts';
import { type LocalDate, localDate, minusLocal, plusDays, plusLocal } from '../time/local.ts';
import type { Zone } from '../time/zones.ts';
import type { Why } from './availability.ts';

/** How doses follow one another, from start to start: gaps in days count local dates, gaps in hours elapsed time. */
export type Spacing = {
  readonly min: Duration;
  /** Beyond this a dose is late: that warns and refuses nothing. */
  readonly max?: Duration | undefined;
  /** Most doses in any seven days in a row, and so in any week from Monday to Sunday. */
  readonly perWeek?: number | undefined;
};

/** What the other doses of a patient (starts, in any order, given or booked) say about a further one; dates are the clinic's. */
export const spacingRules = ({ min, max, perWeek }: Spacing, doses: readonly Instant[], zone: Zone) => {
  const inDays = countsDays(min);
  const reading = (at: Instant, gap: Duration): string => (countsDays(gap) ? localDate(at, zone) : at);
  const nearby = doses.map((dose) => ({
    after: reading(minusLocal(dose, min, zone), min),
    before: reading(plusLocal(dose, min, zone), min),
    why: { reason: 'spacing', detail: `${min} from the dose at ${dose}` } as const,
  }));
  const dates = doses.map((dose) => localDate(dose, zone));

  const tooClose = (at: string): Why | undefined => nearby.find(({ after, before }) => at > after && at < before)?.why;

  const tooMany = (date: LocalDate): Why | undefined => {
    if (perWeek === undefined) return undefined;
    for (let first = -6; first <= 0; first += 1) {
      const from = plusDays(date, first);
      const to = plusDays(from, 6);
      const others = dates.filter((other) => other >= from && other <= to).length;
      if (others >= perWeek) return { reason: 'per-week', detail: `at most ${perWeek} from ${from} to ${to}` };
    }
    return undefined;
  };

  return {
    /** Why no dose may start on a date at all. */
    onDate: (date: LocalDate): Why | undefined => (inDays ? tooClose(date) : undefined) ?? tooMany(date),
    /** Why a dose may not start at a moment (milliseconds) of a date that may have one: only gaps in hours say so. */
    atMoment: (ms: number): Why | undefined => (inDays ? undefined : tooClose(fromMs(ms))),
    /** Whether a dose comes later after the one before it in the series than the program means it to. */
    isLate: (startsAt: Instant, previous: Instant | undefined): boolean =>
      max !== undefined &&
      previous !== undefined &&
      reading(startsAt, max) > reading(plusLocal(previous, max, zone), max),
  };
};
