import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { fromMs } from '../../../functions/domain/time/instants.ts';
import {
  atLocal,
  daysBetween,
  formatLocal,
  isLocalDate,
  localDate,
  localTime,
  minusLocal,
  mondayOf,
  plusDays,
  plusLocal,
  weekday,
} from '../../../functions/domain/time/local.ts';
import { isZone, offsetAt } from '../../../functions/domain/time/zones.ts';

const LA = 'America/Los_Angeles';
const ZONES = [
  LA,
  'America/New_York',
  'America/Phoenix',
  'America/St_Johns',
  'America/Sao_Paulo',
  'America/Nuuk',
  'America/Havana',
  'Pacific/Honolulu',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Europe/Berlin',
  'Europe/Dublin',
  'Africa/Casablanca',
  'Africa/Cairo',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Gaza',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'UTC',
];

const zones = fc.constantFrom(...ZONES);
const anyMs = fc.integer({ min: Date.UTC(1972, 0, 1), max: Date.UTC(2079, 0, 1) });

/** Moments within two days of a clock change, where every mistake lives. */
const nearChange = fc
  .record({ zone: zones, ms: anyMs, shift: fc.integer({ min: -2 * 86_400_000, max: 2 * 86_400_000 }) })
  .map(({ zone, ms, shift }) => {
    const change = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).getTimeZoneTransition('next');
    return { zone, ms: (change?.epochMilliseconds ?? ms) + shift };
  });
const onChange = fc
  .record({ zone: zones, ms: anyMs, shift: fc.integer({ min: -1, max: 1 }) })
  .map(({ zone, ms, shift }) => {
    const change = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).getTimeZoneTransition('next');
    return { zone, ms: (change?.epochMilliseconds ?? ms) + shift };
  });
const moments = fc.oneof(fc.record({ zone: zones, ms: anyMs }), nearChange, onChange);
const zoned = (ms: number, zone: string) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);

describe('local time agrees with Temporal', () => {
  it('in offset, date and wall time', () => {
    fc.assert(
      fc.property(moments, ({ zone, ms }) => {
        const there = zoned(ms, zone);
        expect(offsetAt(zone, ms)).toBe(there.offsetNanoseconds / 1e6);
        expect(localDate(fromMs(ms), zone)).toBe(there.toPlainDate().toString());
        expect(localTime(fromMs(ms), zone)).toBe(there.toPlainTime().toString().slice(0, 5));
      }),
      { numRuns: 1500 },
    );
  });

  it('when a wall time is skipped or repeated', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: 1439 }), ({ zone, ms }, minute) => {
        const date = zoned(ms, zone).toPlainDate();
        const time = Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 });
        const expected = date.toPlainDateTime(time).toZonedDateTime(zone, { disambiguation: 'compatible' });
        expect(atLocal(date.toString(), time.toString().slice(0, 5), zone)).toBe(fromMs(expected.epochMilliseconds));
      }),
      { numRuns: 1500 },
    );
  });

  it('when calendar and elapsed parts are added or taken away', () => {
    const durations = fc
      .record({
        sign: fc.constantFrom('', '-'),
        months: fc.integer({ min: 0, max: 30 }),
        days: fc.integer({ min: 0, max: 400 }),
        minutes: fc.integer({ min: 0, max: 5000 }),
      })
      .map(({ sign, months, days, minutes }) => `${sign}P${months}M${days}DT${minutes}M`);
    fc.assert(
      fc.property(moments, durations, ({ zone, ms }, duration) => {
        expect(plusLocal(fromMs(ms), duration, zone)).toBe(fromMs(zoned(ms, zone).add(duration).epochMilliseconds));
        expect(minusLocal(fromMs(ms), duration, zone)).toBe(
          fromMs(zoned(ms, zone).subtract(duration).epochMilliseconds),
        );
      }),
      { numRuns: 1500 },
    );
  });

  it('in days between dates, weekdays and weeks', () => {
    fc.assert(
      fc.property(anyMs, anyMs, (a, b) => {
        const [one, two] = [zoned(a, 'UTC').toPlainDate(), zoned(b, 'UTC').toPlainDate()];
        expect(daysBetween(one.toString(), two.toString())).toBe(one.until(two).days);
        expect(plusDays(one.toString(), daysBetween(one.toString(), two.toString()))).toBe(two.toString());
        expect(weekday(one.toString())).toBe(one.toLocaleString('en-US', { weekday: 'short' }).toLowerCase());
        expect(mondayOf(one.toString())).toBe(one.subtract({ days: one.dayOfWeek - 1 }).toString());
      }),
    );
  });
});

describe('both edges of daylight saving in Los Angeles', () => {
  it.each([
    ['the day before spring', '2026-03-07', '10:00', '2026-03-07T18:00:00.000Z'],
    ['spring day', '2026-03-08', '10:00', '2026-03-08T17:00:00.000Z'],
    ['a skipped time counts as the later', '2026-03-08', '02:30', '2026-03-08T10:30:00.000Z'],
    ['autumn day', '2026-11-01', '10:00', '2026-11-01T18:00:00.000Z'],
    ['a repeated time counts as the first', '2026-11-01', '01:30', '2026-11-01T08:30:00.000Z'],
    ['the end of a day', '2026-03-08', '24:00', '2026-03-09T07:00:00.000Z'],
  ])('%s: %s %s', (_, date, time, instant) => {
    expect(atLocal(date, time, LA)).toBe(instant);
  });

  it('a day keeps the wall time, 24 hours do not', () => {
    expect(plusLocal('2026-03-07T18:00:00.000Z', 'P1D', LA)).toBe('2026-03-08T17:00:00.000Z');
    expect(plusLocal('2026-03-07T18:00:00.000Z', 'PT24H', LA)).toBe('2026-03-08T18:00:00.000Z');
  });

  it('a month after 31 January is the end of February', () => {
    expect(plusLocal('2026-01-31T18:00:00.000Z', 'P1M', LA)).toBe('2026-02-28T18:00:00.000Z');
  });
});

describe('what a clinic reads', () => {
  it.each([
    ['2026-03-06T00:30:00.000Z', LA, '2026-03-05 16:30 PST'],
    ['2026-07-06T00:30:00.000Z', LA, '2026-07-05 17:30 PDT'],
    ['2026-07-06T00:30:00.000Z', 'Europe/Berlin', '2026-07-06 02:30 GMT+2'],
    ['2026-07-06T00:30:00.000Z', 'UTC', '2026-07-06 00:30 UTC'],
  ])('%s in %s is %s', (instant, zone, text) => {
    expect(formatLocal(instant, zone)).toBe(text);
  });

  it.each(['Mars/Olympus', '+02:00', '2026-03-02T00:00:00Z', '', 'America/Los Angeles'])('%s is no zone', (text) => {
    expect(isZone(text)).toBe(false);
    expect(() => localDate('2026-03-06T00:30:00.000Z', text)).toThrow('is not an IANA time zone');
  });

  it.each(['2026-02-30', '2026-13-01', '2026-3-1', 'today', '2026-03-01T00:00'])('%s is no date', (text) => {
    expect(isLocalDate(text)).toBe(false);
  });
});
