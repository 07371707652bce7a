import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cycle } from '../../../functions/domain/journey/cycle.ts';
import type { Journey } from '../../../functions/domain/journey/journey.ts';
import { parseMeasure } from '../../../functions/domain/measures/measure.ts';
import { parseProgram } from '../../../functions/domain/program/program.ts';
import { improvement } from '../../../functions/domain/series/response.ts';
import { extendedSeries, nextStage, whatNext } from '../../../functions/domain/series/what-next.ts';
import phq9 from '../../../programs/measures/phq9.json' with { type: 'json' };
import who5 from '../../../programs/measures/who5.json' with { type: 'json' };
import northwestIv from '../../../programs/northwest-iv.json' with { type: 'json' };
import twoThenExtend from '../../../programs/two-then-extend.json' with { type: 'json' };
import { journey as aJourney, cycle } from '../gates/scenes.ts';

const northwest = parseProgram(northwestIv);
const two = parseProgram(twoThenExtend);

const given = (number: number, over: Partial<Cycle> = {}): Cycle => ({
  ...cycle({ number }),
  startedAt: `2026-03-${String(number).padStart(2, '0')}T17:00:00.000Z`,
  debt: {
    state: 'settled',
    owedAt: '2026-03-01T17:00:00.000Z',
    window: null,
    settledAt: null,
    by: null,
    reason: null,
    earlierOwed: false,
  },
  ...over,
});

const following = (
  doses: number,
  {
    planned = 6,
    ending = null,
    last = {},
  }: { planned?: number; ending?: Journey['ending']; last?: Partial<Cycle> } = {},
  improved: number | undefined = 0.6,
  program = northwest,
) => {
  const cycles = Array.from({ length: doses }, (_, n) => given(n + 1, n + 1 === doses ? last : {}));
  const journey = { ...aJourney(), dosesPlanned: planned, ending };
  const current = cycles.at(-1);
  if (current === undefined) throw new Error('no dose');
  return whatNext(program, journey, cycles, current, () => improved);
};

describe('After a dose', () => {
  test.each([
    ['in the middle of the series the next dose follows', following(2), 'next-dose'],
    ['after which the program evaluates a clinician decides', following(3), 'decision'],
    ['that was decided on already the series goes on', following(3, { last: { reviewed: true } }), 'next-dose'],
    ['that was the last one a clinician decides', following(6), 'decision'],
    [
      'that was the last one and decided on the series is over',
      following(6, { last: { reviewed: true } }),
      'completion',
    ],
  ])('%s', (_case, next, kind) => {
    expect(next.kind).toBe(kind);
  });

  test('an owed integration goes before everything else, also before an ending', () => {
    const debt = { ...given(1).debt, state: 'owed' } as Cycle['debt'];
    expect(following(1, { last: { debt } }).kind).toBe('integration');
    const ending: Journey['ending'] = { kind: 'withdrawn', reason: 'x', at: '2026-03-01T00:00:00.000Z' };
    expect(following(6, { last: { debt }, ending }).kind).toBe('integration');
    expect(following(3, { ending }).kind).toBe('completion');
  });

  test('too little change after three doses is for the provider to review before anybody decides how to go on', () => {
    expect(following(3, {}, 0.19)).toEqual({ kind: 'decision', task: 'response-review' });
    expect(following(3, {}, 0.2)).toEqual({ kind: 'decision', task: 'next-step' });
    expect(following(3, { last: { responseReviewed: true } }, 0.19)).toEqual({ kind: 'decision', task: 'next-step' });
    expect(following(2, {}, 0)).toEqual({ kind: 'next-dose' });
  });

  test('where nothing was answered nothing shows that it helps, and the provider is asked', () => {
    const cycles = [given(1), given(2), given(3)];
    const journey = { ...aJourney(), dosesPlanned: 6 };
    expect(whatNext(northwest, journey, cycles, given(3), () => undefined)).toEqual({
      kind: 'decision',
      task: 'response-review',
    });
  });

  test('the visit that a program has after a dose comes before the decision on it', () => {
    expect(following(2, { planned: 2 }, 0.6, two)).toEqual({ kind: 'provider-review' });
    expect(following(2, { planned: 2, last: { responseReviewed: true } }, 0.6, two)).toEqual({
      kind: 'decision',
      task: 'next-step',
    });
  });
});

describe('How much an instrument has improved', () => {
  const [symptoms, wellbeing] = [parseMeasure(phq9), parseMeasure(who5)];
  test.each([
    ['from 16 to 8 is a half', symptoms, [16, 11, 8], 0.5],
    ['from 16 to 20 is a quarter for the worse', symptoms, [16, 20], -0.25],
    ['of well-being from 40 to 60 is a half for the better', wellbeing, [40, 60], 0.5],
    ['from nothing has nowhere to go', symptoms, [0, 0], 1],
    ['with a baseline only is not known', symptoms, [16], undefined],
    ['with no answer is not known', symptoms, [], undefined],
  ])('%s', (_case, measure, totals, expected) => {
    expect(improvement(measure, totals)).toBe(expected);
  });
});

describe('The stages of a series', () => {
  const first = { dosesPlanned: 2, seriesStage: 0 };
  test('two doses, then six in all unless the clinician names seven or eight', () => {
    expect(nextStage(two.series, first, 2, undefined)).toEqual({ dosesPlanned: 6, seriesStage: 1 });
    expect(nextStage(two.series, first, 2, 8)).toEqual({ dosesPlanned: 8, seriesStage: 1 });
    expect(nextStage(two.series, first, 2, 9)).toBe('cannot go on with 9 doses in all; 6 to 8');
  });
  test('nothing is decided in the middle of a stage, and nothing follows the last', () => {
    expect(nextStage(two.series, first, 1, undefined)).toBeUndefined();
    expect(nextStage(two.series, { dosesPlanned: 6, seriesStage: 1 }, 6, undefined)).toBeUndefined();
  });
  test.each<[string, { dosesPlanned: number; seriesStage: number }, number, number | undefined, unknown]>([
    ['within its own bounds', { dosesPlanned: 6, seriesStage: 1 }, 6, 2, { dosesPlanned: 8, seriesStage: 1 }],
    [
      'by one where no number is named',
      { dosesPlanned: 6, seriesStage: 1 },
      6,
      undefined,
      { dosesPlanned: 7, seriesStage: 1 },
    ],
    ['not beyond its bounds', { dosesPlanned: 6, seriesStage: 1 }, 6, 3, 'cannot extend to 9 doses; at most 8'],
    [
      'not in part',
      { dosesPlanned: 6, seriesStage: 1 },
      6,
      0.5,
      'cannot extend by 0.5 doses; a whole number of at least 1',
    ],
    ['by the next one when it has had all its doses', first, 2, 4, { dosesPlanned: 6, seriesStage: 1 }],
    ['by the fewest of the next one', first, 2, undefined, { dosesPlanned: 6, seriesStage: 1 }],
    ['by the most of the next one', first, 2, 6, { dosesPlanned: 8, seriesStage: 1 }],
    ['not by less than the next one has', first, 2, 1, 'cannot extend to 3 doses; 6 to 8'],
    ['not by more than the next one has', first, 2, 7, 'cannot extend to 9 doses; 6 to 8'],
    ['not by the next one before its own end', first, 1, 4, 'cannot extend to 6 doses; at most 2'],
  ])('a stage is extended %s', (_how, planned, begun, more, found) => {
    expect(extendedSeries(two.series, planned, begun, more)).toEqual(found);
  });

  test('whatever is decided, no series grows beyond what its program allows', () => {
    const stages = fc.array(
      fc.oneof(
        fc.record({ doses: fc.integer({ min: 1, max: 5 }) }),
        fc.record({
          doses: fc
            .integer({ min: 1, max: 4 })
            .chain((min) => fc.record({ min: fc.constant(min), max: fc.integer({ min, max: 8 }) })),
          after: fc.constant('next-step' as const),
          counts: fc.constantFrom('this-stage' as const, 'whole-series' as const),
        }),
      ),
      { minLength: 2, maxLength: 4 },
    );
    fc.assert(
      fc.property(stages, fc.array(fc.option(fc.integer({ min: 1, max: 9 }))), (all, named) => {
        const series = { ...two.series, stages: all };
        const most = all.reduce((sum, { doses }) => sum + (typeof doses === 'number' ? doses : doses.max), 0);
        let planned = {
          dosesPlanned: typeof all[0]?.doses === 'number' ? all[0].doses : (all[0]?.doses.min ?? 1),
          seriesStage: 0,
        };
        for (const each of named) {
          const next = nextStage(series, planned, planned.dosesPlanned, each ?? undefined);
          if (next === undefined || typeof next === 'string') continue;
          expect(next.dosesPlanned).toBeGreaterThan(planned.dosesPlanned);
          expect(next.seriesStage).toBe(planned.seriesStage + 1);
          planned = next;
        }
        expect(planned.dosesPlanned).toBeLessThanOrEqual(most);
      }),
    );
  });
});
