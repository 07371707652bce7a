import { fromEpochMilliseconds, toZonedDateTimeISO } from 'temporal-polyfill/fns/Instant';
import { getTimeZoneTransition, offsetNanoseconds, type Record as Zoned } from 'temporal-polyfill/fns/ZonedDateTime';

/** An IANA time zone such as `America/Los_Angeles`; never a fixed offset. */
export type Zone = string;

/** Text that is no IANA zone reached a computation; `found` is what stood there. */
export class NotAZone extends Error {
  override readonly name = 'NotAZone';
  readonly found: string;
  constructor(found: string, options?: ErrorOptions) {
    super(`"${found}" is not an IANA time zone such as America/Los_Angeles`, options);
    this.found = found;
  }
}

/** A stretch of time, milliseconds [from, until), in which a zone keeps one offset from UTC (milliseconds). */
type Stretch = { readonly from: number; readonly until: number; readonly offset: number };

const IANA = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/;

const zoned = (zone: Zone, ms: number): Zoned => {
  try {
    if (!IANA.test(zone)) throw new RangeError('not a zone name');
    return toZonedDateTimeISO(fromEpochMilliseconds(ms), zone);
  } catch (cause) {
    throw new NotAZone(zone, { cause });
  }
};

const stretchAround = (zone: Zone, ms: number): Stretch => {
  const here = zoned(zone, ms);
  // "previous" looks strictly before, and a transition at this very millisecond already belongs to the new stretch.
  const from = getTimeZoneTransition(zoned(zone, ms + 1), 'previous')?.epochMilliseconds ?? Number.NEGATIVE_INFINITY;
  const until = getTimeZoneTransition(here, 'next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
  return { from, until, offset: offsetNanoseconds(here) / 1e6 };
};

// A zone has two stretches a year, and asking Temporal for one costs as much as a hundred thousand comparisons.
const stretches = new Map<Zone, Stretch[]>();

const stretchOf = (zone: Zone, ms: number): Stretch => {
  let known = stretches.get(zone);
  if (known) {
    for (const stretch of known) if (ms >= stretch.from && ms < stretch.until) return stretch;
  }
  const found = stretchAround(zone, ms);
  if (!known) {
    known = [];
    stretches.set(zone, known);
  }
  known.push(found);
  return found;
};

/** The offset of a zone from UTC at a moment, both in milliseconds (UTC-8 is -28,800,000). */
export const offsetAt = (zone: Zone, ms: number): number => stretchOf(zone, ms).offset;

/** Whether text is an IANA time zone that this machine knows. */
export const isZone = (text: string): boolean => {
  try {
    zoned(text, 0);
    return true;
  } catch {
    return false;
  }
};

const abbreviations = new Map<Zone, Map<Stretch, string>>();

/** The short English name of a zone at a moment (milliseconds): `PST`, or `GMT+2` where English has none. */
export const zoneAbbreviation = (zone: Zone, ms: number): string => {
  const stretch = stretchOf(zone, ms);
  const names = abbreviations.get(zone) ?? new Map<Stretch, string>();
  abbreviations.set(zone, names);
  const before = names.get(stretch);
  if (before) return before;
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'short' }).formatToParts(ms);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone;
  names.set(stretch, name);
  return name;
};
