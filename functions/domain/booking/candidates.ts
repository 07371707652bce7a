import { type Duration, elapsedMs } from '../time/durations.ts';
import { fromMs, type Instant, toMs } from '../time/instants.ts';
import { dateOf, fromWallMs, type LocalDate, toWallMs } from '../time/local.ts';
import type { WorkingCalendar } from '../time/working-hours.ts';
import type { Reason, Why } from './availability.ts';
import type { FreeTimes } from './free-times.ts';
import type { Attempt } from './staffing.ts';

/** Starts from `startsAt` to `lastStartsAt` of one date, refused for the same reason; a date refused as a whole stands at its first moment. */
export type Refusal = Why & { readonly startsAt: Instant; readonly lastStartsAt: Instant };

/** What was found, earliest first, and what was refused on the way. */
export type Proposals<T> = { readonly proposals: readonly T[]; readonly refusals: readonly Refusal[] };

/** How far and how finely to look. */
export type Search = {
  readonly notBefore: Instant;
  /** Dates to look at, counted from that of `notBefore`. */
  readonly horizonDays: number;
  /** Starts stand on multiples of this since local midnight. */
  readonly grid: Duration;
  /** At most this many proposals. */
  readonly limit: number;
};

const DAY = 86_400_000;

/** The first moment of the grid at or after a moment, on the clocks of the clinic's zone. */
export const onGrid = (ms: number, step: number, { zone }: FreeTimes): number => {
  const wall = toWallMs(ms, zone);
  return ms + Math.ceil(wall / step) * step - wall;
};

/** A place's hours as something whose openings can be asked for; undefined means that no door has to be open. */
export type Opening = WorkingCalendar | undefined;

const whyClosed = (date: LocalDate, opening: WorkingCalendar): Reason =>
  opening.holidays?.includes(date) ? 'holiday' : 'clinic-closed';

/**
 * Tries each start of the grid in order of time, within the opening hours, until `limit` are found.
 * A date is left out as a whole where `refuseDate` gives a reason.
 */
export const tryInOrder = <T>(
  { notBefore, horizonDays, grid, limit }: Search,
  opening: Opening,
  free: FreeTimes,
  refuseDate: (date: LocalDate) => Why | undefined,
  attempt: (startMs: number) => Attempt<T>,
): Proposals<T> => {
  const step = elapsedMs(grid);
  const earliest = toMs(notBefore);
  const first = free.dayOf(earliest, free.zone);
  const proposals: T[] = [];
  const refusals: Refusal[] = [];

  let lastDate: LocalDate | undefined;
  const refuse = (date: LocalDate, start: number, { reason, detail }: Why): void => {
    const previous = refusals.at(-1);
    const at = fromMs(start);
    if (previous && lastDate === date && previous.reason === reason && previous.detail === detail)
      refusals[refusals.length - 1] = { ...previous, lastStartsAt: at };
    else refusals.push({ startsAt: at, lastStartsAt: at, reason, detail });
    lastDate = date;
  };

  for (let day = first; day < first + horizonDays; day += 1) {
    const date = dateOf(day * DAY);
    const midnight = Math.max(earliest, fromWallMs(day * DAY, free.zone));
    const nextMidnight = fromWallMs((day + 1) * DAY, free.zone);
    const stretches = opening ? free.openOn(opening, day) : [{ from: midnight, to: nextMidnight }];
    const against = refuseDate(date);
    if (opening && stretches.length === 0) refuse(date, midnight, { reason: whyClosed(date, opening), detail: date });
    else if (against) refuse(date, midnight, against);
    else
      for (const stretch of stretches)
        for (let start = onGrid(Math.max(earliest, stretch.from), step, free); start < stretch.to; start += step) {
          const tried = attempt(start);
          if (tried.feasible) {
            proposals.push(tried.found);
            if (proposals.length >= limit) return { proposals, refusals };
          } else if (tried.reasons[0]) refuse(date, start, tried.reasons[0]);
        }
  }
  return { proposals, refusals };
};
