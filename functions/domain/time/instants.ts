import { elapsedMs } from './durations.ts';

/** A moment in UTC, always written with milliseconds: `2026-03-02T17:00:00.000Z`. Two of them compare as text. */
export type Instant = string;

/** Text that is no instant reached a computation; `found` is what stood there. */
export class NotAnInstant extends Error {
  override readonly name = 'NotAnInstant';
  readonly found: string;
  constructor(found: string) {
    super(`"${found}" is not an instant such as 2026-03-02T17:00:00.000Z`);
    this.found = found;
  }
}

const LENGTH = '2026-03-02T17:00:00.000Z'.length;
const WITH_OFFSET = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

/** The milliseconds since 1970 of an instant. */
export const toMs = (instant: Instant): number => {
  const ms = instant.length === LENGTH && instant.endsWith('Z') ? Date.parse(instant) : Number.NaN;
  if (Number.isNaN(ms)) throw new NotAnInstant(instant);
  return ms;
};

/** The instant of a number of milliseconds since 1970. */
export const fromMs = (ms: number): Instant => new Date(ms).toISOString();

/** The instant that a person's or a file's ISO text names, with `Z` or an offset (`2026-03-02T09:00:00-08:00`); undefined if it names none. */
export const readInstant = (text: string): Instant | undefined => {
  const ms = WITH_OFFSET.test(text) ? Date.parse(text) : Number.NaN;
  // Date.parse rolls 31 February over into March; a date that does not exist must not become another one.
  if (Number.isNaN(ms) || new Date(`${text.slice(0, 10)}T00:00Z`).toISOString().slice(0, 10) !== text.slice(0, 10))
    return;
  return fromMs(ms);
};

/** Whether text is an instant in the one spelling that rows and messages carry. */
export const isInstant = (text: string): boolean => text.length === LENGTH && readInstant(text) === text;

/** The instant a signed elapsed duration (hours, minutes, seconds) later; days need a zone: `plusLocal`. */
export const plus = (instant: Instant, duration: string): Instant => fromMs(toMs(instant) + elapsedMs(duration));

/** The instant a signed elapsed duration (hours, minutes, seconds) earlier. */
export const minus = (instant: Instant, duration: string): Instant => fromMs(toMs(instant) - elapsedMs(duration));

/** The earlier of two instants. */
export const earlierOf = (a: Instant, b: Instant): Instant => (a < b ? a : b);

/** The later of two instants. */
export const laterOf = (a: Instant, b: Instant): Instant => (a > b ? a : b);

/** The whole seconds a state has to wait from `now` until `then`: at least 1, since a timeout of 0 is refused. */
export const secondsUntil = (now: Instant, then: Instant): number =>
  Math.max(1, Math.ceil((toMs(then) - toMs(now)) / 1000));
