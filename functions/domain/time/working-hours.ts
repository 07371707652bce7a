import { type Duration, durationParts } from './durations.ts';
import { fromMs, type Instant, toMs } from './instants.ts';
import {
  dateMs,
  dateOf,
  fromWallMs,
  type LocalDate,
  minutesOf,
  plusLocal,
  toWallMs,
  type WallTime,
  WEEKDAYS,
  type Weekday,
  weekday,
} from './local.ts';
import type { Zone } from './zones.ts';

/** From when to when on a day, the end excluded: `["09:00", "17:00"]`. */
export type OpenSpan = readonly [WallTime, WallTime];

/** The hours of a week; a day that is missing is a day off. */
export type WeeklyHours = { readonly [day in Weekday]?: readonly OpenSpan[] | undefined };

/** When a clinic or a person works: weekly hours, dates off, and the zone that both are in. */
export type WorkingCalendar = {
  readonly hours: WeeklyHours;
  readonly holidays?: readonly LocalDate[] | undefined;
  readonly zone: Zone;
};

/** A stretch of time in milliseconds, `from` included, `to` not. */
export type Stretch = { readonly from: number; readonly to: number };

const MINUTE = 60_000;
const DAY = 86_400_000;
// Beyond a year of days off nobody is coming back by rule; a person has to look.
const SEARCH_DAYS = 400;

/** The same hours on every day of the week, as patients have them. */
export const everyDay = (span: OpenSpan): WeeklyHours => Object.fromEntries(WEEKDAYS.map((day) => [day, [span]]));

/** The working stretches of one date, in order; none on a holiday or a day off. */
export const workingStretches = (date: LocalDate, { hours, holidays, zone }: WorkingCalendar): readonly Stretch[] => {
  if (holidays?.includes(date)) return [];
  const midnight = dateMs(date);
  return (hours[weekday(date)] ?? [])
    .map(([opens, closes]) => ({
      from: fromWallMs(midnight + minutesOf(opens) * MINUTE, zone),
      to: fromWallMs(midnight + minutesOf(closes) * MINUTE, zone),
    }))
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from - b.from);
};

function* stretchesFrom(ms: number, calendar: WorkingCalendar): Generator<Stretch> {
  const today = Math.floor(toWallMs(ms, calendar.zone) / DAY) * DAY;
  for (let day = 0; day < SEARCH_DAYS; day += 1) {
    for (const { from, to } of workingStretches(dateOf(today + day * DAY), calendar))
      if (to > ms) yield { from: Math.max(from, ms), to };
  }
}

/** The instant itself within working hours, else the next opening; undefined if there is none within 400 days. */
export const nextWorking = (instant: Instant, calendar: WorkingCalendar): Instant | undefined => {
  for (const { from } of stretchesFrom(toMs(instant), calendar)) return fromMs(from);
  return undefined;
};

/** Whether an instant lies within working hours, the opening included, the closing not. */
export const isWorking = (instant: Instant, calendar: WorkingCalendar): boolean =>
  nextWorking(instant, calendar) === instant;

/** When the working day that an instant is in ends, or the next one where it is in none; undefined if there is none within 400 days. */
export const endOfWorkingDay = (instant: Instant, calendar: WorkingCalendar): Instant | undefined => {
  for (const { from } of stretchesFrom(toMs(instant), calendar)) {
    const day = dateOf(Math.floor(toWallMs(from, calendar.zone) / DAY) * DAY);
    const last = workingStretches(day, calendar).at(-1);
    return last === undefined ? undefined : fromMs(last.to);
  }
  return undefined;
};

/**
 * The instant at which a duration has been worked: days pass in the local calendar, hours only while work is open
 * (two hours from Friday 16:00 end on Monday 10:00); undefined if the hours do not suffice within 400 days.
 */
export const plusWorking = (instant: Instant, duration: Duration, calendar: WorkingCalendar): Instant | undefined => {
  const { months, days, elapsed } = durationParts(duration);
  const start = months === 0 && days === 0 ? instant : plusLocal(instant, daysOnly(months, days), calendar.zone);
  if (elapsed < 0) throw new RangeError(`working time only runs forward, not ${duration}`);
  let left = elapsed;
  for (const { from, to } of stretchesFrom(toMs(start), calendar)) {
    if (left < to - from || (left === to - from && left > 0)) return fromMs(from + left);
    left -= to - from;
  }
  return undefined;
};

const daysOnly = (months: number, days: number): Duration => `P${months}M${days}D`;
