import { Temporal } from 'temporal-polyfill';

const ALL = new Intl.ListFormat('en', { type: 'conjunction' });

/** "1 session", "3 sessions". */
export const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

const UNITS = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second'] as const;

/** A duration as people say it, without its sign: `PT90M` is "90 minutes", `PT0S` "no time". */
export const span = (duration: string): string => {
  const length = Temporal.Duration.from(duration).abs();
  const parts = UNITS.filter((unit) => length[`${unit}s`] !== 0).map((unit) => counted(length[`${unit}s`], unit));
  return parts.length === 0 ? 'no time' : parts.join(' ');
};

/** From one duration to another: "24 to 48 hours". */
export const spans = (from: string, to: string): string => {
  const [first = '', unit] = span(from).split(/ (?=\D+$)/);
  const whole = span(to);
  return unit !== undefined && whole.endsWith(` ${unit}`) ? `${first} to ${whole}` : `${span(from)} to ${whole}`;
};

/** "a, b, and c". */
export const all = (parts: readonly string[]): string => ALL.format(parts);

/** "2", or "6 to 8". */
export const range = (min: number, max: number): string => (min === max ? String(min) : `${min} to ${max}`);

/** A share as people say it: 0.2 is "20%". */
export const percent = (share: number): string => `${Number((share * 100).toFixed(1))}%`;

/** How long ahead something is booked at the latest. */
export const ahead = (notice: string): string =>
  Temporal.Duration.from(notice).blank ? 'booked up to its start' : `booked at least ${span(notice)} ahead`;

/** When something is done, counted from a named moment: "1 day before the consult", "at the consult". */
export const offsetFrom = (offset: string, moment: string): string => {
  const length = Temporal.Duration.from(offset);
  if (length.blank) return `at ${moment}`;
  return `${span(offset)} ${length.sign < 0 ? 'before' : 'after'} ${moment}`;
};

/** The sentences of which there is something to say. */
export const said = (...sentences: readonly (string | false | undefined)[]): string[] =>
  sentences.filter((each) => typeof each === 'string');
