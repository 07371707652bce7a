import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { APPOINTMENT_KINDS } from '../../../functions/domain/names.ts';
import type { Fact } from '../../../functions/domain/statistics/fact.ts';
import { fold, NOTHING, statisticsOf } from '../../../functions/domain/statistics/fold.ts';
import { WEEKDAYS } from '../../../functions/domain/time/local.ts';

const whose = { month: '2026-03', journeyId: 'j1' };
const window = (weekday: 'mon' | 'fri', result: 'met' | 'missed' | 'waived', therapist = 't-1'): Fact => ({
  ...whose,
  kind: 'window',
  about: '1',
  therapist,
  partner: null,
  weekday,
  result,
});
const visit = (appointment: 'consult' | 'dosing', came: boolean): Fact => ({
  ...whose,
  kind: 'visit',
  about: 'consult-1',
  appointment,
  came,
});
const clearance = (result: 'cleared' | 'declined', days: number): Fact => ({
  ...whose,
  kind: 'clearance',
  about: 'first',
  result,
  days,
});
const response = (indication: 'trd' | 'ptsd', responded: boolean, remitted: boolean | null = responded): Fact => ({
  ...whose,
  kind: 'response',
  about: 'phq9',
  indication,
  responded,
  remitted,
});

const shown = (facts: readonly Fact[]) => statisticsOf(fold(NOTHING, facts));

describe('what many journeys come to', () => {
  test('a month in which nothing happened has no counts, and no median', () => {
    expect(shown([])).toEqual({
      windows: [],
      visits: [],
      clearances: { cleared: 0, declined: 0, medianDays: null, after: [] },
      responses: [],
    });
  });

  test('windows are counted by therapist, practice and weekday of the dose', () => {
    const facts = [window('mon', 'met'), window('mon', 'missed'), window('fri', 'waived'), window('mon', 'met', 't-2')];
    const of = { therapist: 't-1', partner: null, met: 0, missed: 0, waived: 0 };
    expect(shown(facts).windows).toEqual([
      { ...of, weekday: 'fri', waived: 1 },
      { ...of, weekday: 'mon', met: 1, missed: 1 },
      { ...of, therapist: 't-2', weekday: 'mon', met: 1 },
    ]);
  });

  test('who did not come is counted beside who came, by the kind of visit', () => {
    expect(
      shown([visit('dosing', true), visit('consult', false), visit('dosing', false), visit('dosing', true)]).visits,
    ).toEqual([
      { appointment: 'consult', came: 0, noShows: 1 },
      { appointment: 'dosing', came: 2, noShows: 1 },
    ]);
  });

  test.each([
    { days: [9], median: 9 },
    { days: [10, 2], median: 2 },
    { days: [30, 2, 10], median: 10 },
    { days: [4, 4, 4, 90], median: 4 },
    { days: [1, 5, 6, 7, 8], median: 6 },
  ])('half of those cleared after $days days were so within $median', ({ days, median }) => {
    const { clearances } = shown([...days.map((each) => clearance('cleared', each)), clearance('declined', 400)]);
    expect(clearances).toMatchObject({ cleared: days.length, declined: 1, medianDays: median });
  });

  test('responses stand beside how many were measured, by indication; remission only where it has a cut-off', () => {
    const facts = [response('trd', true), response('trd', false), response('ptsd', true, null)];
    expect(shown(facts).responses).toEqual([
      { indication: 'ptsd', measure: 'phq9', measured: 1, responded: 1, remitted: null },
      { indication: 'trd', measure: 'phq9', measured: 2, responded: 1, remitted: 1 },
    ]);
  });

  const anyFact: fc.Arbitrary<Fact> = fc.oneof(
    fc.record({
      month: fc.constant('2026-03'),
      journeyId: fc.constant('j1'),
      kind: fc.constant('window' as const),
      about: fc.constant('1'),
      therapist: fc.constantFrom('t-1', 't-2', null),
      partner: fc.constantFrom('partner-1', null),
      weekday: fc.constantFrom(...WEEKDAYS),
      result: fc.constantFrom('met' as const, 'missed' as const, 'waived' as const),
    }),
    fc.record({
      month: fc.constant('2026-03'),
      journeyId: fc.constant('j1'),
      kind: fc.constant('visit' as const),
      about: fc.constant('a'),
      appointment: fc.constantFrom(...APPOINTMENT_KINDS),
      came: fc.boolean(),
    }),
    fc
      .tuple(fc.constantFrom('cleared' as const, 'declined' as const), fc.nat(60))
      .map(([so, days]) => clearance(so, days)),
    fc
      .tuple(fc.constantFrom('trd' as const, 'ptsd' as const), fc.boolean(), fc.constantFrom(true, false, null))
      .map(([indication, responded, remitted]) => response(indication, responded, remitted)),
  );

  test('neither the order of the facts nor where a page ends changes what they come to', () => {
    fc.assert(
      fc.property(
        fc
          .array(anyFact, { maxLength: 40 })
          .chain((facts) =>
            fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length }), fc.nat(facts.length)),
          ),
        ([facts, mixed, at]) => {
          const inPages = fold(fold(NOTHING, mixed.slice(0, at)), mixed.slice(at));
          expect(statisticsOf(inPages)).toEqual(shown(facts));
        },
      ),
    );
  });
});
