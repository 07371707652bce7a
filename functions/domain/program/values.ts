import * as z from 'zod';

const UNSIGNED =
  'P(?=\\d|T\\d)(?:(\\d+)Y)?(?:(\\d+)M)?(?:(\\d+)W)?(?:(\\d+)D)?(?:T(?=\\d)(?:(\\d+)H)?(?:(\\d+)M)?(?:(\\d+)S)?)?';
const DURATION = new RegExp(`^(-)?${UNSIGNED}$`);
/** Seconds in a year, month, week, day, hour, minute and second; years and months are means, for comparing only. */
const SECONDS = [31_557_600, 2_629_800, 604_800, 86_400, 3_600, 60, 1];
/** Nothing in a program reaches further than ten years, and longer durations overflow calendars. */
const LONGEST = 10 * 31_557_600;

/** Length of an ISO-8601 duration in seconds, months as 30.4375 days: to compare durations, never to compute a date. NaN if it is none. */
export const approximateSeconds = (text: string): number => {
  const match = DURATION.exec(text);
  if (match === null) return Number.NaN;
  const [, sign, ...parts] = match;
  const length = parts.reduce((sum, part, n) => sum + Number(part ?? 0) * (SECONDS[n] ?? 0), 0);
  return sign === '-' ? -length : length;
};

/** A format with its words for people, and the pattern that editors check it by. */
const format = (name: string, pattern: string, fits: (seconds: number) => boolean, words: string) =>
  z
    .stringFormat(name, (text) => fits(approximateSeconds(text)), words)
    .meta({ pattern: `^${pattern}$`, description: words });

/** A signed offset such as -P1D or PT24H. */
export const signedDuration = format(
  'signed duration',
  `-?${UNSIGNED}`,
  (seconds) => Math.abs(seconds) <= LONGEST,
  'an ISO-8601 duration of at most ten years such as -P1D or PT24H',
);
/** A duration of zero or more such as PT15M. */
export const duration = format(
  'duration',
  UNSIGNED,
  (seconds) => seconds >= 0 && seconds <= LONGEST,
  'an ISO-8601 duration from PT0S to P10Y such as PT24H or P7D',
);
/** A duration longer than nothing. */
export const positiveDuration = format(
  'positive duration',
  `(?=.*[1-9])${UNSIGNED}`,
  (seconds) => seconds > 0 && seconds <= LONGEST,
  'an ISO-8601 duration longer than PT0S, at most P10Y, such as PT24H or P7D',
);

const WALL_TIME = 'a time from 00:00 to 23:59';
/** A wall time from 00:00 to 23:59. */
export const wallTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, WALL_TIME)
  .meta({ description: WALL_TIME });
const SLUG = 'lower-case letters, digits and single hyphens';
/** A short name in lower case with hyphens, as in file names and ids. */
export const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, SLUG)
  .max(60)
  .meta({ description: SLUG });
const LINE = 'one line of text';
/** One line of text that people read. */
export const line = z
  .string()
  .trim()
  .min(1)
  .max(300)
  .regex(/^\P{Cc}*$/u, LINE)
  .meta({ description: LINE });
/** A count of one or more. */
export const count = z.int().min(1).max(1000);

/** Refuses a list that says the same twice. */
export const distinct = (list: readonly unknown[]): boolean => new Set(list).size === list.length;
