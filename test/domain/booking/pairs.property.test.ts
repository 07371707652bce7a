import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { Bookable, ClaimsOn } from '../../../functions/domain/booking/availability.ts';
import { type DayClaims, freeDay } from '../../../functions/domain/booking/claims.ts';
import { claimsOfPair } from '../../../functions/domain/booking/claims-of.ts';
import {
  checkPair,
  type Pair,
  type PairSearch,
  proposePairs,
} from '../../../functions/domain/booking/propose-pairs.ts';
import { northwest } from './default-clinic.ts';

// Everything here is judged with plain Temporal and the plainest loops, so that a mistake in the fast path cannot judge itself.

const ZONES = ['America/Los_Angeles', 'Europe/Berlin', 'America/Phoenix', 'Australia/Lord_Howe'];
const STARTS = ['2026-03-02', '2026-03-05', '2026-03-24', '2026-04-01', '2026-10-22', '2026-10-29', '2026-12-28'];
const NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

const zoned = (instant: string, zone: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
const ms = (instant: string) => Temporal.Instant.from(instant).epochMilliseconds;

const hours = fc.record(
  Object.fromEntries(
    NAMES.map((day) => [
      day,
      fc.oneof(
        { weight: 3, arbitrary: fc.constant([['09:00', '17:00'] as const]) },
        fc.constant([['08:30', '12:00'] as const, ['12:30', '18:15'] as const]),
        fc.constant([]),
        fc.constant([['13:00', '21:00'] as const]),
      ),
    ]),
  ),
);
const holidays = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 3 });
const taken = fc.array(
  fc.record({
    who: fc.constantFrom('room-1', 'room-2', 'nurse-1', 'nurse-2', 'provider-1', 'therapist-1'),
    day: fc.integer({ min: 0, max: 12 }),
    from: fc.integer({ min: 28, max: 72 }),
    quarters: fc.integer({ min: 1, max: 20 }),
  }),
  { maxLength: 40 },
);

const scene = fc
  .record({
    zone: fc.constantFrom(...ZONES),
    start: fc.constantFrom(...STARTS),
    clinicHours: hours,
    clinicHolidays: holidays,
    people: fc.record({ nurse1: hours, nurse2: hours, provider: hours, therapist: hours }),
    therapistHolidays: holidays,
    therapistZone: fc.option(fc.constantFrom(...ZONES), { nil: undefined }),
    expires: fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }),
    taken,
    doses: fc.array(fc.integer({ min: -8, max: 12 }), { maxLength: 3 }),
    min: fc.constantFrom('P2D', 'P3D', 'PT48H', 'PT60H'),
    perWeek: fc.constantFrom(undefined, 1, 2),
  })
  .map((made) => {
    const day = (n: number) => Temporal.PlainDate.from(made.start).add({ days: n });
    const at = (n: number, quarter: number) =>
      day(n)
        .toZonedDateTime({ timeZone: made.zone, plainTime: '00:00' })
        .add({ minutes: quarter * 15 })
        .toInstant()
        .toString({ fractionalSecondDigits: 3 });
    const days = new Map<string, DayClaims>();
    for (const [n, { who, day: on, from, quarters }] of made.taken.entries()) {
      const interval = { from: at(on, from), to: at(on, from + quarters), appointmentId: `a${n}` };
      const dates = new Set([
        zoned(interval.from, made.zone).toPlainDate().toString(),
        zoned(interval.to, made.zone).subtract({ milliseconds: 1 }).toPlainDate().toString(),
      ]);
      for (const date of dates) {
        const before = days.get(`${who} ${date}`) ?? freeDay(who, date);
        days.set(`${who} ${date}`, { ...before, intervals: [...before.intervals, interval] });
      }
    }
    const claimsOn: ClaimsOn = (resource, date) => days.get(`${resource} ${date}`);
    const therapist: Bookable = {
      id: 'therapist-1',
      hours: made.people.therapist,
      holidays: made.therapistHolidays.map((n) => day(n).toString()),
      zone: made.therapistZone,
      licence: made.expires === undefined ? undefined : { expiresOn: day(made.expires).toString() },
    };
    const base = northwest();
    const search: PairSearch = {
      ...base,
      zone: made.zone,
      claimsOn,
      notBefore: at(0, 37),
      horizonDays: 11,
      limit: 10_000,
      doses: made.doses.map((n) => at(n, 40)),
      spacing: { min: made.min, perWeek: made.perWeek },
      dosing: {
        ...base.dosing,
        opening: {
          hours: made.clinicHours,
          holidays: made.clinicHolidays.map((n) => day(n).toString()),
          zone: made.zone,
        },
        needs: [
          {
            role: 'nurse',
            anyOf: [
              { id: 'nurse-1', hours: made.people.nurse1 },
              { id: 'nurse-2', hours: made.people.nurse2 },
            ],
          },
          { role: 'provider', anyOf: [{ id: 'provider-1', hours: made.people.provider }] },
        ],
      },
      integration: { ...base.integration, therapist },
    };
    return { search, claims: [...days.values()], therapist };
  });

type Hours = Pick<Bookable, 'hours' | 'holidays'>;

/** Every quarter of an hour of the stretch lies within the hours of its date. */
const within = ({ hours: week, holidays: off }: Hours, from: string, to: string, zone: string): boolean => {
  for (let at = ms(from); at < ms(to); at += 900_000) {
    const there = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
    const clock = there.toPlainTime().toString().slice(0, 5);
    const open = (week[NAMES[there.dayOfWeek % 7] ?? 'mon'] ?? []).some(
      ([opens, closes]) => clock >= opens && clock < closes,
    );
    if (!open || off?.includes(there.toPlainDate().toString())) return false;
  }
  return true;
};

const unheld = (claims: readonly DayClaims[], resource: string, from: string, to: string): boolean =>
  claims
    .filter((day) => day.resource === resource)
    .every(({ intervals }) => intervals.every((held) => ms(held.to) <= ms(from) || ms(held.from) >= ms(to)));

const wrongWith = ({ dosing, integration, plannedEndsAt }: Pair, { search, claims, therapist }: Scene): string[] => {
  const { zone, doses, spacing } = search;
  const everybody = new Map(search.dosing.needs.flatMap(({ anyOf }) => anyOf).map((who) => [who.id, who]));
  const date = zoned(dosing.startsAt, zone).toPlainDate();
  const otherDates = doses.map((dose) => zoned(dose, zone).toPlainDate());
  const gap = (ms(integration.startsAt) - ms(plannedEndsAt)) / 3_600_000;
  const gapKept = doses.every((dose, n) =>
    spacing.min.startsWith('PT')
      ? Math.abs(ms(dose) - ms(dosing.startsAt)) >= Temporal.Duration.from(spacing.min).total('milliseconds')
      : Math.abs(date.until(otherDates[n] ?? date).days) >= Temporal.Duration.from(spacing.min).days,
  );
  const inSevenDays = [...Array(7).keys()].map(
    (n) =>
      1 +
      otherDates.filter((other) => {
        const days = date.subtract({ days: 6 - n }).until(other).days;
        return days >= 0 && days <= 6;
      }).length,
  );
  const sameWeek =
    1 + otherDates.filter((o) => o.yearOfWeek === date.yearOfWeek && o.weekOfYear === date.weekOfYear).length;
  const checks: [string, boolean][] = [
    ['not before', ms(dosing.startsAt) >= ms(search.notBefore)],
    ['165 minutes', ms(dosing.endsAt) - ms(dosing.startsAt) === 165 * 60_000],
    ['the dose ends after 105 minutes', ms(plannedEndsAt) - ms(dosing.startsAt) === 105 * 60_000],
    ['clinic open', within(search.dosing.opening, dosing.startsAt, dosing.endsAt, zone)],
    ['roles', dosing.practitioners.map(({ role }) => role).join() === 'nurse,provider'],
    ...dosing.practitioners.flatMap(({ id }): [string, boolean][] => [
      [`${id} works`, within(everybody.get(id) ?? { hours: {} }, dosing.startsAt, dosing.endsAt, zone)],
      [`${id} is free`, unheld(claims, id, dosing.startsAt, dosing.endsAt)],
    ]),
    ['room', dosing.room !== undefined && unheld(claims, dosing.room, dosing.startsAt, dosing.endsAt)],
    ['window', gap >= 24 && gap <= 48],
    ['assigned therapist alone', integration.practitioners.map(({ id }) => id).join() === 'therapist-1'],
    ['therapist works', within(therapist, integration.startsAt, integration.endsAt, therapist.zone ?? zone)],
    ['therapist free', unheld(claims, 'therapist-1', integration.startsAt, integration.endsAt)],
    [
      'licence',
      !therapist.licence || zoned(integration.startsAt, zone).toPlainDate().toString() <= therapist.licence.expiresOn,
    ],
    ['spacing', gapKept],
    ['seven days', spacing.perWeek === undefined || Math.max(...inSevenDays) <= spacing.perWeek],
    ['calendar week', spacing.perWeek === undefined || sameWeek <= spacing.perWeek],
  ];
  return checks.filter(([, held]) => !held).map(([name]) => name);
};

type Scene = { search: PairSearch; claims: readonly DayClaims[]; therapist: Bookable };

describe('whatever the diaries hold', { timeout: 30_000 }, () => {
  it('every proposed pair keeps every constraint, checked the slow way', () => {
    let proposed = 0;
    fc.assert(
      fc.property(scene, (made) => {
        const { proposals } = proposePairs(made.search);
        proposed += proposals.length;
        // The slow way takes its time; three of each are enough, the edges among them.
        const some = [proposals[0], proposals[Math.floor(proposals.length / 2)], proposals.at(-1)];
        for (const pair of some) if (pair) expect(wrongWith(pair, made)).toEqual([]);
        expect(proposals.map(({ dosing }) => dosing.startsAt)).toEqual(
          proposals.map(({ dosing }) => dosing.startsAt).toSorted(),
        );
      }),
      { numRuns: 60 },
    );
    expect(proposed).toBeGreaterThan(100);
  });

  it('no start is refused that the slow way finds possible', () => {
    let possible = 0;
    const aboutTherapist = /window|therapist|licence/;
    const quarters = fc.record({ day: fc.integer({ min: 0, max: 6 }), quarter: fc.integer({ min: 36, max: 57 }) });
    fc.assert(
      fc.property(scene, quarters, (made, { day, quarter }) => {
        const start = zoned(made.search.notBefore, made.search.zone)
          .startOfDay()
          .add({ days: day })
          .add({ minutes: quarter * 15 });
        const later = (minutes: number) => start.add({ minutes }).toInstant().toString({ fractionalSecondDigits: 3 });
        const pairs = ['nurse-1', 'nurse-2'].flatMap((nurse) =>
          ['room-1', 'room-2'].map((room) => ({
            dosing: {
              startsAt: later(0),
              endsAt: later(165),
              practitioners: [
                { role: 'nurse', id: nurse },
                { role: 'provider', id: 'provider-1' },
              ],
              room,
            },
            plannedEndsAt: later(105),
            integration: { startsAt: '', endsAt: '', practitioners: [{ role: 'therapist', id: 'therapist-1' }] },
            warnings: [],
          })),
        );
        const withSession = (pair: Pair, quarters: number): Pair => {
          const from = 105 + 24 * 60 + quarters * 15;
          return { ...pair, integration: { ...pair.integration, startsAt: later(from), endsAt: later(from + 60) } };
        };
        const held = pairs.find((pair) =>
          wrongWith(withSession(pair, 0), made).every((name) => aboutTherapist.test(name)),
        );
        const owed = held && [...Array(97).keys()].find((n) => wrongWith(withSession(held, n), made).length === 0);
        if (owed === undefined) return;
        possible += 1;
        expect(checkPair({ ...made.search, dosingStartsAt: later(0) }).feasible).toBe(true);
      }),
      { numRuns: 240 },
    );
    expect(possible).toBeGreaterThan(3);
  });

  it('a start is proposed exactly if asking for it is granted', () => {
    fc.assert(
      fc.property(scene, fc.integer({ min: 0, max: 11 * 96 - 1 }), ({ search }, quarter) => {
        const { proposals, refusals } = proposePairs(search);
        const first = zoned(search.notBefore, search.zone).startOfDay();
        const dosingStartsAt = first
          .add({ days: Math.floor(quarter / 96) })
          .withPlainTime({ hour: Math.floor((quarter % 96) / 4), minute: (quarter % 4) * 15 })
          .toInstant()
          .toString({ fractionalSecondDigits: 3 });
        const proposed = proposals.find(({ dosing }) => dosing.startsAt === dosingStartsAt);
        const asked = checkPair({ ...search, dosingStartsAt });
        expect(asked.feasible ? asked.found : undefined).toEqual(proposed);
        if (!asked.feasible) expect(asked.reasons.length).toBeGreaterThan(0);
        for (const { startsAt } of refusals) {
          const refused = checkPair({ ...search, dosingStartsAt: startsAt });
          expect(refused.feasible).toBe(false);
        }
        if (proposed) {
          const integrationStartsAt = proposed.integration.startsAt;
          expect(checkPair({ ...search, dosingStartsAt, integrationStartsAt })).toEqual({
            feasible: true,
            found: proposed,
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('booking one patient after another never holds anybody twice', () => {
    fc.assert(
      fc.property(scene, ({ search, claims }) => {
        const days = new Map(claims.map((day) => [`${day.resource} ${day.date}`, day]));
        const before = new Map(days);
        for (let patient = 0; patient < 5; patient += 1) {
          const claimsOn: ClaimsOn = (resource, date) => days.get(`${resource} ${date}`);
          const [pair] = proposePairs({ ...search, claimsOn, limit: 1 }).proposals;
          if (!pair) break;
          for (const { resource, date, interval } of claimsOfPair(
            pair,
            { dosing: `d${patient}`, integration: `i${patient}` },
            search.zone,
          )) {
            const day = days.get(`${resource} ${date}`) ?? freeDay(resource, date);
            for (const held of day.intervals) expect(held.to <= interval.from || held.from >= interval.to).toBe(true);
            days.set(`${resource} ${date}`, { ...day, intervals: [...day.intervals, interval] });
          }
        }
        expect(days.size).toBeGreaterThanOrEqual(before.size);
      }),
      { numRuns: 50 },
    );
  });
});
