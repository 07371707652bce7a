import { fromString } from 'temporal-polyfill/fns/Duration';

/** An ISO-8601 duration, signed where it may point back: `P7D`, `PT90M`, `-P1D`. */
export type Duration = string;

/** A duration in its two halves: what is counted in a local calendar, and what elapses on a stopwatch (milliseconds). */
export type DurationParts = {
  readonly months: number;
  readonly days: number;
  readonly elapsed: number;
};

/** Text that is no ISO-8601 duration reached a computation; `found` is what stood there. */
export class NotADuration extends Error {
  override readonly name = 'NotADuration';
  readonly found: string;
  constructor(found: string, options?: ErrorOptions) {
    super(`"${found}" is not an ISO-8601 duration such as P7D, PT90M or -P1D`, options);
    this.found = found;
  }
}

/** A duration with days, weeks, months or years was to be counted as elapsed time: only a local calendar can. */
export class DurationNeedsCalendar extends Error {
  override readonly name = 'DurationNeedsCalendar';
  readonly duration: Duration;
  constructor(duration: Duration) {
    super(`${duration} counts days of a local calendar: use plusLocal with a zone, or give it in hours`);
    this.duration = duration;
  }
}

const read = (text: string): DurationParts => {
  try {
    const parts = fromString(text);
    return {
      months: parts.years * 12 + parts.months,
      days: parts.weeks * 7 + parts.days,
      elapsed: ((parts.hours * 60 + parts.minutes) * 60 + parts.seconds) * 1000 + parts.milliseconds,
    };
  } catch (cause) {
    throw new NotADuration(text, { cause });
  }
};

// Durations come from programs and settings, so there are few; reading one through Temporal costs more than all the arithmetic with it.
const known = new Map<string, DurationParts>();

/** The two halves of a duration, read once. */
export const durationParts = (duration: Duration): DurationParts => {
  const before = known.get(duration);
  if (before) return before;
  const parts = read(duration);
  known.set(duration, parts);
  return parts;
};

/** Whether text is an ISO-8601 duration. */
export const isDuration = (text: string): boolean => {
  try {
    durationParts(text);
    return true;
  } catch {
    return false;
  }
};

/** Whether a duration counts days or more of a local calendar (`P7D`) rather than only elapsed time (`PT168H`). */
export const countsDays = (duration: Duration): boolean => {
  const { months, days } = durationParts(duration);
  return months !== 0 || days !== 0;
};

/** The signed milliseconds of a duration in hours, minutes and seconds; rejects one that counts days. */
export const elapsedMs = (duration: Duration): number => {
  const { months, days, elapsed } = durationParts(duration);
  if (months !== 0 || days !== 0) throw new DurationNeedsCalendar(duration);
  return elapsed;
};
