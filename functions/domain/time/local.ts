import { type Duration, durationParts } from './durations.ts';
import { fromMs, type Instant, toMs } from './instants.ts';
import { offsetAt, type Zone, zoneAbbreviation } from './zones.ts';

/** A date of a local calendar: `2026-03-02`. */
export type LocalDate = string;

/** A time on a clock on the wall: `09:00`; `24:00` is the end of its day. */
export type WallTime = string;

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** A day of the week as settings write it. */
export type Weekday = (typeof WEEKDAYS)[number];

/** Text that is no local date or no wall time reached a computation; `found` is what stood there. */
export class NotLocalTime extends Error {
  override readonly name = 'NotLocalTime';
  readonly found: string;
  constructor(found: string) {
    super(`"${found}" is not a date such as 2026-03-02 or a time such as 09:00`);
    this.found = found;
  }
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/** The milliseconds since 1970 of a date's midnight, counted as if in UTC; the ordinary way to reckon with dates. */
export const dateMs = (date: LocalDate): number => {
  const ms = date.length === 10 ? Date.parse(date) : Number.NaN;
  if (Number.isNaN(ms)) throw new NotLocalTime(date);
  return ms;
};

// A clinic computes with the same few hundred dates all the time, and writing one as text is slow.
const MOST_DATES = 4096;
const dates = new Map<number, LocalDate>();

/** The date that {@link dateMs} counts. */
export const dateOf = (ms: number): LocalDate => {
  const day = Math.floor(ms / DAY);
  const known = dates.get(day);
  if (known !== undefined) return known;
  if (dates.size >= MOST_DATES) dates.clear();
  const date = new Date(ms).toISOString().slice(0, 10);
  dates.set(day, date);
  return date;
};

/** Whether text is a date that exists in the calendar. */
export const isLocalDate = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && dateOf(Date.parse(text)) === text;

/** Whether text is a wall time from `00:00` to `24:00`. */
export const isWallTime = (text: string): boolean => /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(text);

/** The minutes after midnight of a wall time. */
export const minutesOf = (time: WallTime): number => {
  if (!isWallTime(time)) throw new NotLocalTime(time);
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
};

/** The moment (milliseconds) at which a zone's clocks show what `wall` would be in UTC: a skipped time is the later, a repeated one the earlier. */
export const fromWallMs = (wall: number, zone: Zone): number => {
  // The clock changes at most once in two days, so these are the offsets before and after any change nearby.
  const before = offsetAt(zone, wall - DAY);
  const after = offsetAt(zone, wall + DAY);
  if (before === after || offsetAt(zone, wall - before) === before) return wall - before;
  return offsetAt(zone, wall - after) === after ? wall - after : wall - before;
};

/** What a zone's clocks show at a moment, written as the milliseconds it would be in UTC. */
export const toWallMs = (ms: number, zone: Zone): number => ms + offsetAt(zone, ms);

/** The instant of a wall time on a date; an hour that spring skips counts as the one after, an hour that autumn repeats as the first. */
export const atLocal = (date: LocalDate, time: WallTime, zone: Zone): Instant =>
  fromMs(fromWallMs(dateMs(date) + minutesOf(time) * MINUTE, zone));

/** The date in a zone at an instant. */
export const localDate = (instant: Instant, zone: Zone): LocalDate => dateOf(toWallMs(toMs(instant), zone));

/** The wall time in a zone at an instant, in whole minutes: `16:30`. */
export const localTime = (instant: Instant, zone: Zone): WallTime =>
  new Date(toWallMs(toMs(instant), zone)).toISOString().slice(11, 16);

/** An instant as a clinic reads it: `2026-03-05 16:30 PST`. */
export const formatLocal = (instant: Instant, zone: Zone): string => {
  const ms = toMs(instant);
  const wall = new Date(toWallMs(ms, zone)).toISOString();
  return `${wall.slice(0, 10)} ${wall.slice(11, 16)} ${zoneAbbreviation(zone, ms)}`;
};

/** The days from date `a` to date `b`; negative when `b` is the earlier. */
export const daysBetween = (a: LocalDate, b: LocalDate): number => (dateMs(b) - dateMs(a)) / DAY;

/** The date a number of days later. */
export const plusDays = (date: LocalDate, days: number): LocalDate => dateOf(dateMs(date) + days * DAY);

/** The day of the week of a date. */
export const weekday = (date: LocalDate): Weekday => WEEKDAYS[daysSinceMonday(date)] ?? 'mon';

/** The Monday of the ISO week (Monday to Sunday) that a date lies in. */
export const mondayOf = (date: LocalDate): LocalDate => plusDays(date, -daysSinceMonday(date));

// 1 January 1970 was a Thursday.
const daysSinceMonday = (date: LocalDate): number => (((dateMs(date) / DAY + 3) % 7) + 7) % 7;

const plusMonths = (wall: number, months: number): number => {
  const date = new Date(wall);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)).getUTCDate();
  return date.setUTCMonth(date.getUTCMonth() + months, Math.min(date.getUTCDate(), lastDay));
};

/** {@link plusLocal} on milliseconds. */
export const plusLocalMs = (ms: number, duration: Duration, zone: Zone): number => {
  const { months, days, elapsed } = durationParts(duration);
  if (months === 0 && days === 0) return ms + elapsed;
  const wall = toWallMs(ms, zone);
  return fromWallMs((months === 0 ? wall : plusMonths(wall, months)) + days * DAY, zone) + elapsed;
};

/** The instant a signed duration later, its days, weeks and months counted in a zone's calendar at the same wall time, its hours as elapsed time after that. */
export const plusLocal = (instant: Instant, duration: Duration, zone: Zone): Instant =>
  fromMs(plusLocalMs(toMs(instant), duration, zone));

/** The instant a signed duration earlier, counted as {@link plusLocal} counts. */
export const minusLocal = (instant: Instant, duration: Duration, zone: Zone): Instant =>
  plusLocal(instant, duration.startsWith('-') ? duration.slice(1) : `-${duration}`, zone);
