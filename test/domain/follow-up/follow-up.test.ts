import { describe, expect, test } from 'vitest';
import {
  clearanceEnds,
  clearanceStanding,
  clearanceValidUntil,
} from '../../../functions/domain/follow-up/clearance-standing.ts';
import { completionGaps } from '../../../functions/domain/follow-up/completion.ts';
import { liverTest } from '../../../functions/domain/follow-up/liver-tests.ts';
import {
  baselineTotal,
  formAtTheEnd,
  isTooSoon,
  isWorthAsking,
  recallTraps,
} from '../../../functions/domain/follow-up/measures.ts';
import { followUpShortfalls } from '../../../functions/domain/follow-up/program-shortfalls.ts';
import { type FollowUpRules, parseFollowUpRules } from '../../../functions/domain/follow-up/rules.ts';
import { calledForBy, pressureSigns } from '../../../functions/domain/follow-up/signals.ts';
import { parseMeasure } from '../../../functions/domain/measures/measure.ts';
import { type Program, parseProgram } from '../../../functions/domain/program/program.ts';
import { problems, programFile } from '../program/files.ts';

const file = programFile('care/follow-up.json');
const rules = parseFollowUpRules(file);
const PROGRAM = parseProgram(programFile('northwest-iv.json'));
const INSTRUMENTS = ['phq9', 'gad7', 'pcl5', 'who5'].map((id) => parseMeasure(programFile(`measures/${id}.json`)));
const zone = 'America/Los_Angeles';

describe('signs after a dose', () => {
  test.each<[string, string[], object]>([
    ['none', [], { holds: [], voidsClearance: false, asks: [], unknown: [] }],
    [
      'blood in the urine: held, worked up',
      ['urinary-blood'],
      { holds: ['urinary'], voidsClearance: false, asks: ['urinalysis', 'urine-culture'], unknown: [] },
    ],
    ['cravings and lost lozenges are one hold', ['cravings', 'lost-lozenges'], { holds: ['misuse'] }],
    ['mania', ['mania'], { holds: ['mental-state'], voidsClearance: false, sameDay: false }],
    ['a severe rise in blood pressure', ['severe-pressure'], { holds: ['pressure'], voidsClearance: false }],
    ['liver tests that have risen', ['liver-tests-raised'], { holds: ['liver'], asks: ['liver-tests'] }],
    [
      'thoughts that are worse: seen the same day',
      ['suicidality-worse'],
      { holds: ['suicidality'], asks: ['regimen-review'], sameDay: true },
    ],
    ['a pregnancy: the clearance is void', ['pregnant'], { holds: ['pregnancy'], voidsClearance: true }],
    ['an event of the heart', ['cardiac-event'], { holds: ['heart-or-brain'], voidsClearance: true }],
    ['a medicine that interacts', ['interacting-medicine'], { voidsClearance: true }],
    ['a serious event', ['serious-adverse-event'], { voidsClearance: true }],
    ['several at once', ['mania', 'pregnant'], { holds: ['mental-state', 'pregnancy'], voidsClearance: true }],
    ['something that no rule knows is told', ['hiccups'], { holds: [], unknown: ['hiccups'] }],
  ])('%s', (_case, signs, expected) => {
    expect(calledForBy(signs, rules)).toMatchObject(expected);
  });

  test('every sign of every line holds the next dose, and a line that is gone no longer does', () => {
    for (const { id, signs } of rules.signals) {
      const without = { signals: rules.signals.filter((each) => each.id !== id) };
      for (const sign of signs) {
        expect(calledForBy([sign], rules).holds).toEqual([id]);
        expect(calledForBy([sign], without)).toEqual({
          holds: [],
          voidsClearance: false,
          asks: [],
          sameDay: false,
          unknown: [sign],
        });
      }
    }
  });

  test.each([
    [179, 109, false, []],
    [180, 80, false, ['severe-pressure']],
    [120, 110, false, ['severe-pressure']],
    [120, 80, true, ['severe-pressure']],
  ])('%d/%d, symptoms %s', (sbp, dbp, symptomatic, signs) => {
    expect(pressureSigns({ sbp, dbp }, symptomatic, PROGRAM.monitoring.alerts)).toEqual(signs);
  });
});

describe('a clearance', () => {
  const clearance = { validUntil: '2026-06-08T17:00:00.000Z', voidedAt: null as string | null };
  const standing = (now: string, over: Partial<typeof clearance> = {}, seriesEndedAt: string | null = null) =>
    clearanceStanding({ ...clearance, ...over }, seriesEndedAt, now, { renewBefore: 'P14D', zone });
  test.each<[string, string, Parameters<typeof standing>[1], string | null, string]>([
    ['long before its end', '2026-05-01T17:00:00.000Z', {}, null, 'in-force'],
    ['a minute before the fourteenth day before it', '2026-05-25T16:59:00.000Z', {}, null, 'in-force'],
    ['fourteen days before it', '2026-05-25T17:00:00.000Z', {}, null, 'renew'],
    ['in its last minute', '2026-06-08T16:59:00.000Z', {}, null, 'renew'],
    ['at its end', '2026-06-08T17:00:00.000Z', {}, null, 'expired'],
    ['after the end of the series', '2026-05-01T17:00:00.000Z', {}, '2026-05-01T17:00:00.000Z', 'expired'],
    ['before the end of the series', '2026-04-30T17:00:00.000Z', {}, '2026-05-01T17:00:00.000Z', 'in-force'],
    ['once it is void', '2026-05-01T17:00:00.000Z', { voidedAt: '2026-05-01T17:00:00.000Z' }, null, 'void'],
    ['a moment before', '2026-05-01T16:59:59.000Z', { voidedAt: '2026-05-01T17:00:00.000Z' }, null, 'in-force'],
  ])('%s', (_case, now, over, seriesEndedAt, expected) => {
    expect(standing(now, over, seriesEndedAt)).toBe(expected);
  });

  test('stands for 90 days at the most, whatever the program says; across the change of clocks at the same hour', () => {
    const at = '2026-02-02T17:00:00.000Z';
    expect(clearanceValidUntil(at, 'P90D', rules, zone)).toBe('2026-05-03T16:00:00.000Z');
    expect(clearanceValidUntil(at, 'P365D', rules, zone)).toBe('2026-05-03T16:00:00.000Z');
    expect(clearanceValidUntil(at, 'P30D', rules, zone)).toBe('2026-03-04T17:00:00.000Z');
    expect(clearanceEnds(clearance, '2026-09-01T00:00:00.000Z')).toBe(clearance.validUntil);
  });
});

describe('liver tests', () => {
  const last = (doses: number, on: string) => ({ doses, on });
  const CASES: [string, number, { doses: number; on: string } | null, string, string][] = [
    ['before the first dose: the baseline', 0, null, '2026-03-02', 'due'],
    ['dosed without a baseline', 1, null, '2026-03-02', 'overdue'],
    ['after five doses', 5, last(0, '2026-01-02'), '2026-03-02', 'none'],
    ['after six', 6, last(0, '2026-01-02'), '2026-03-02', 'due'],
    ['after seven', 7, last(0, '2026-01-02'), '2026-03-02', 'due'],
    ['after eight', 8, last(0, '2026-01-02'), '2026-03-02', 'overdue'],
    ['tested early, at five, and now at six', 6, last(5, '2026-01-02'), '2026-03-02', 'due'],
    ['tested at six, a day short of three months', 9, last(6, '2026-03-02'), '2026-06-01', 'none'],
    ['three months after', 9, last(6, '2026-03-02'), '2026-06-02', 'due'],
    ['a day short of six months after', 9, last(6, '2026-03-02'), '2026-09-01', 'due'],
    ['six months after', 9, last(6, '2026-03-02'), '2026-09-02', 'overdue'],
    ['no dose since the last test', 6, last(6, '2026-03-02'), '2027-03-02', 'none'],
  ];
  test.each(CASES)('%s', (_case, doses, before, today, expected) => {
    expect(liverTest({ doses, last: before }, rules, today)).toBe(expected);
  });
  test('each figure moved changes some case', () => {
    const all = (liver: FollowUpRules['liver']) =>
      CASES.map(([, doses, before, today]) => liverTest({ doses, last: before }, { ...rules, liver }, today)).join();
    const { atDoses, later } = rules.liver;
    const asItIs = all(rules.liver);
    for (const liver of [
      { atDoses: { ...atDoses, due: 5 }, later },
      { atDoses: { ...atDoses, due: 7 }, later },
      { atDoses: { ...atDoses, overdue: 7 }, later },
      { atDoses: { ...atDoses, overdue: 9 }, later },
      { atDoses, later: { ...later, due: 'P2M' } },
      { atDoses, later: { ...later, due: 'P4M' } },
      { atDoses, later: { ...later, overdue: 'P5M' } },
      { atDoses, later: { ...later, overdue: 'P7M' } },
    ])
      expect(all(liver)).not.toBe(asItIs);
  });
});

test.each<[string, string[], string | undefined, string | undefined]>([
  ['the same morning', ['2026-04-14T19:00:00.000Z'], 'P7D', '2026-04-14T19:00:00.000Z'],
  ['none of before the last dose', ['2026-04-13T16:00:00.000Z'], 'P7D', undefined],
  ['the later of two', ['2026-04-15T19:00:00.000Z', '2026-04-14T19:00:00.000Z'], 'P7D', '2026-04-15T19:00:00.000Z'],
  ['none whose days are over', ['2026-04-14T19:00:00.000Z'], 'P1D', undefined],
  ['none of a form that may come at any time', ['2026-04-14T19:00:00.000Z'], undefined, undefined],
])(
  'what a patient said since the last dose stands for the end of the series: %s',
  (_which, taken, leastInterval, at) => {
    const last = { lastDoseAt: '2026-04-13T16:15:00.000Z', endedAt: '2026-04-15T21:00:00.000Z', leastInterval, zone };
    const forms = taken.map((each) => ({ at: each }));
    expect(formAtTheEnd(forms, last)?.at).toBe(at);
  },
);

describe('a form that a patient left, asked for again when they are reached', () => {
  const measure = parseProgram(programFile('northwest-iv.json')).measures.find(({ id }) => id === 'phq9');
  const askedAt = '2026-03-17T17:00:00.000Z';
  test.each<[string, string, { isDosed?: boolean; firstOpenedAt?: string | null }, string, boolean]>([
    ['the first look, before the first dose', 'phq9-baseline', {}, '2026-03-20T17:00:00.000Z', true],
    ['the first look, once a dose was given', 'phq9-baseline', { isDosed: true }, '2026-03-20T17:00:00.000Z', false],
    ['due just as the next one comes', 'phq9-week-1', { isDosed: true }, '2026-03-22T17:00:00.000Z', true],
    ['due a minute later', 'phq9-week-1', { isDosed: true }, '2026-03-22T17:01:00.000Z', false],
    ['not seen to have opened', 'phq9-week-1', { firstOpenedAt: null }, '2026-04-22T17:00:00.000Z', true],
    ['of the end', 'phq9-end', { isDosed: true }, '2026-04-22T17:00:00.000Z', true],
    ['of a follow-up', 'phq9-follow-up-1', { isDosed: true }, '2026-06-22T17:00:00.000Z', true],
  ])('%s', (_case, about, known, now, expected) => {
    const left = { about, firstOpenedAt: askedAt, isDosed: false, measure, zone, ...known };
    expect(isWorthAsking(left, now)).toBe(expected);
  });
});

test.each<[string, string[], string | undefined, boolean]>([
  ['a week ago to the hour', ['2026-06-25T17:00:00.000Z'], 'P7D', false],
  ['a minute less', ['2026-06-25T17:01:00.000Z'], 'P7D', true],
  ['long ago', ['2026-03-25T17:00:00.000Z'], 'P7D', false],
  ['never', [], 'P7D', false],
  ['yesterday, a form that may come at any time', ['2026-07-01T17:00:00.000Z'], undefined, false],
])('a follow-up asks nothing that was told of the same days: %s', (_when, taken, leastInterval, expected) => {
  const forms = taken.map((at) => ({ at }));
  expect(isTooSoon(forms, '2026-07-02T17:00:00.000Z', leastInterval, zone)).toBe(expected);
});

describe('the baseline of a questionnaire', () => {
  const firstDoseAt = '2026-03-16T16:15:00.000Z';
  const base = (...taken: [string, number | null][]) =>
    baselineTotal(
      taken.map(([at, total]) => ({ at, total })),
      firstDoseAt,
      rules.baselineWithin,
      zone,
    );
  test.each<[string, [string, number | null][], number | null]>([
    [
      'the last before the first dose',
      [
        ['2026-03-05T17:00:00.000Z', 18],
        ['2026-03-12T17:00:00.000Z', 16],
      ],
      16,
    ],
    [
      'whatever the order in which they are kept',
      [
        ['2026-03-12T17:00:00.000Z', 16],
        ['2026-03-05T17:00:00.000Z', 18],
      ],
      16,
    ],
    [
      'the last complete one',
      [
        ['2026-03-05T17:00:00.000Z', 18],
        ['2026-03-12T17:00:00.000Z', null],
      ],
      18,
    ],
    ['exactly fourteen days before', [['2026-03-02T17:15:00.000Z', 18]], 18],
    ['a minute older', [['2026-03-02T17:14:00.000Z', 18]], null],
    ['none after the dose', [['2026-03-16T16:16:00.000Z', 9]], null],
    ['none at all', [], null],
  ])('%s', (_case, taken, total) => {
    expect(base(...taken)).toBe(total);
  });
});

describe('going on, and ending', () => {
  test('each line of the end is asked for', () => {
    const all = rules.completion.map(({ id }) => id);
    expect(completionGaps(all, rules)).toEqual([]);
    for (const id of all) {
      const rest = all.filter((each) => each !== id);
      expect(completionGaps(rest, rules)).toEqual([id]);
      expect(completionGaps(rest, { completion: rules.completion.filter((each) => each.id !== id) })).toEqual([]);
    }
  });
});

describe('a program and the rules of follow-up', () => {
  const found = (over: Partial<Program> = {}, asked = rules) =>
    followUpShortfalls({ ...PROGRAM, ...over }, asked, INSTRUMENTS);
  const { aftercare, integration, series, reminders, measures } = PROGRAM;

  test('the program of the clinic does what they ask', () => expect(found()).toEqual([]));

  test.each<[string, Partial<Program>, string[]]>([
    [
      'asks too early',
      { aftercare: { ...aftercare, nextDay: { ...aftercare.nextDay, after: 'PT15H' } } },
      ['aftercare.nextDay.after: found PT15H; at least PT16H'],
    ],
    [
      'asks too long',
      { aftercare: { ...aftercare, nextDay: { ...aftercare.nextDay, dueIn: 'PT13H' } } },
      ['aftercare.nextDay.dueIn: PT13H after PT20H; at most PT32H after the dose'],
    ],
    [
      'does not remind at 36 hours',
      { reminders: reminders.filter(({ offset }) => offset !== 'PT36H') },
      ['reminders: none PT36H after the dose while the integration is open'],
    ],
    [
      'does not remind at 24 hours',
      { reminders: reminders.filter(({ offset }) => offset !== 'PT24H') },
      ['reminders: none PT24H after the dose while the integration is open'],
    ],
    [
      'closes the window late',
      { integration: { ...integration, window: { opens: 'PT24H', closes: 'PT73H' }, holdAfter: 'PT72H' } },
      ['integration.window.closes: found PT73H; at most PT72H'],
    ],
    [
      'holds late',
      { integration: { ...integration, holdAfter: 'PT73H' } },
      ['integration.holdAfter: found PT73H; at most PT72H'],
    ],
    [
      'looks at nobody early',
      {
        series: { ...series, evaluateAfter: [6] },
        response: PROGRAM.response.filter(({ afterDoses }) => afterDoses !== 3),
      },
      [
        'series.evaluateAfter: nobody looks after dose 2 or 3',
        'response: no rule to review after dose 3 or 4 below 0.2',
      ],
    ],
    [
      'looks at nobody at six of eight',
      {
        series: { ...series, stages: [{ doses: 8 }], evaluateAfter: [3] },
        response: PROGRAM.response.filter(({ afterDoses }) => afterDoses !== 6),
      },
      ['series.evaluateAfter: nobody looks after dose 6', 'response: no rule to decide after dose 6 below 0.5'],
    ],
    [
      'lets a fall of 19 percent pass',
      {
        response: PROGRAM.response.map((each) => ({
          ...each,
          reductionBelow: each.afterDoses === 3 ? 0.19 : each.reductionBelow,
        })),
      },
      ['response: no rule to review after dose 3 or 4 below 0.2'],
    ],
    [
      'asks every third day what looks back two weeks',
      { measures: measures.map((each) => (each.id === 'phq9' ? { ...each, every: 'P3D' } : each)) },
      ['measures[0].every: found P3D; at least P7D, or the times that phq9 looks back on overlap'],
    ],
    [
      'clears for 91 days',
      { clearances: PROGRAM.clearances.map((each) => ({ ...each, validFor: 'P91D' })) },
      ['clearances[0].validFor: found P91D; at most P90D', 'clearances[1].validFor: found P91D; at most P90D'],
    ],
    ['leaves out the third month', { followUps: ['P1M', 'P6M'] }, ['followUps: none after P3M']],
  ])('one that %s', (_case, over, lines) => {
    expect(found(over)).toEqual(lines);
  });

  test('a single dose needs no later look', () => {
    expect(found({ series: { ...series, stages: [{ doses: 1 }], evaluateAfter: [] }, response: [] })).toEqual([]);
  });

  test('a weekly PHQ-9 is no trap, six days are', () => {
    const asked = (every: string) =>
      recallTraps({ measures: [{ ...measures[0], every } as Program['measures'][number]] }, INSTRUMENTS);
    expect(asked('P7D')).toEqual([]);
    expect(asked('P6D')).toHaveLength(1);
  });
});

test.each<[string, object, RegExp]>([
  ['a figure without origin', { provenance: {} }, /^follow-up\.checkIn\.from: is a figure without origin/],
  [
    'a sign twice',
    { signals: [rules.signals[0], { ...rules.signals[0], id: 'again' }] },
    /^follow-up\.signals: has a sign twice/,
  ],
  [
    'a hold before the last reminder',
    { integration: { ...rules.integration, holdAfter: 'PT36H' } },
    /^follow-up\.integration: is not in order/,
  ],
])('rules with %s are refused', (_case, change, problem) => {
  expect(problems(() => parseFollowUpRules({ ...file, ...change })).find((line) => problem.test(line))).toBeDefined();
});
