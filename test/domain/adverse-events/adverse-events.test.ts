import { describe, expect, test } from 'vitest';
import { gradeOfPressure } from '../../../functions/domain/adverse-events/grading.ts';
import { type Happening, isSerious, reportsOwed } from '../../../functions/domain/adverse-events/reports.ts';
import { parseAdverseEventRules, SERIOUS } from '../../../functions/domain/adverse-events/rules.ts';
import { problems, programFile } from '../program/files.ts';

const file = programFile('care/adverse-events.json');
const rules = parseAdverseEventRules(file);
// Friday 3 July 2026, 18:30 in Los Angeles; the Monday after is kept as a holiday.
const knownAt = '2026-07-04T01:30:00.000Z';
const calendar = { zone: 'America/Los_Angeles', holidays: ['2026-07-06'] };
const event = (over: Partial<Happening> = {}): Happening => ({
  kind: 'adverse-event',
  knownAt,
  drug: 'racemic',
  ...over,
});
const owed = (over: Partial<Happening>, table = rules) => reportsOwed(event(over), table, calendar).map(({ id }) => id);

const CASES: [string, Partial<Happening>, string[]][] = [
  ['nausea, mild', { grade: 1 }, []],
  ['moderate', { grade: 2 }, []],
  ['severe', { grade: 3 }, ['medical-director']],
  ['life-threatening', { grade: 4 }, ['medwatch', 'medical-director']],
  ['mild, and a night in hospital', { grade: 1, serious: ['hospitalisation'] }, ['medwatch', 'medical-director']],
  ['a session with racemic ketamine', { kind: 'session' }, []],
  ['a session with esketamine', { kind: 'session', drug: 'esketamine' }, ['rems-monitoring-form']],
  [
    'a session with esketamine and a serious event',
    { kind: 'session', drug: 'esketamine', serious: ['life-threatening'] },
    ['rems-monitoring-form', 'medwatch', 'medical-director'],
  ],
  ['MOAA/S of 3', { kind: 'session', lowestMoaas: 3 }, []],
  ['MOAA/S of 2', { kind: 'session', lowestMoaas: 2 }, ['medical-director']],
  ['a systolic of 179', { kind: 'session', highestSbp: 179 }, []],
  ['a systolic of 180', { kind: 'session', highestSbp: 180 }, ['medical-director']],
  ['a diastolic of 109', { kind: 'session', highestDbp: 109 }, []],
  ['a diastolic of 110', { kind: 'session', highestDbp: 110 }, ['medical-director']],
  ['a fall', { kind: 'fall' }, ['medical-director']],
  ['a fall that broke a hip', { kind: 'fall', serious: ['hospitalisation'] }, ['medwatch', 'medical-director']],
  ['a patient who walked out', { kind: 'elopement' }, ['medical-director']],
  ['a complaint about touch', { kind: 'boundary-complaint' }, ['medical-director']],
  ['a vial that is gone', { kind: 'theft-or-loss' }, ['dea-theft-or-loss']],
  ['a child in danger', { kind: 'abuse-or-threat' }, ['mandated-report']],
  ['a lost laptop', { kind: 'data-breach' }, ['breach-notice']],
];

describe('who is told', () => {
  test.each(CASES)('%s', (_case, over, expected) => {
    expect(owed(over)).toEqual(expected);
  });

  test('each line, and each of its conditions, is what some case rests on', () => {
    for (const [n, { anyOf }] of rules.reports.entries()) {
      for (const at of anyOf.keys()) {
        const kept = rules.reports.map((each, m) =>
          m === n ? { ...each, anyOf: anyOf.filter((_, k) => k !== at) } : each,
        );
        const differs = CASES.some(([, over]) => owed(over, { ...rules, reports: kept }).join() !== owed(over).join());
        // A life-threatening grade is serious by its meaning, so both conditions name the medical director for it.
        expect({ report: n, clause: at, differs }).toEqual({ report: n, clause: at, differs: true });
      }
    }
  });

  test('each figure moved by one changes some case', () => {
    for (const [n, { anyOf }] of rules.reports.entries())
      for (const [at, clause] of anyOf.entries())
        for (const [key, value] of Object.entries(clause))
          for (const by of typeof value === 'number' ? [1, -1] : []) {
            const moved = { ...clause, [key]: (value as number) + by };
            const reports = rules.reports.map((each, m) =>
              m === n ? { ...each, anyOf: anyOf.map((other, k) => (k === at ? moved : other)) } : each,
            );
            const differs = CASES.some(([, over]) => owed(over, { ...rules, reports }).join() !== owed(over).join());
            expect({ key, by, differs }).toEqual({ key, by, differs: true });
          }
  });

  test('serious is what came of it, not how it felt', () => {
    for (const each of SERIOUS) expect(isSerious(event({ grade: 1, serious: [each] }))).toBe(true);
    expect(isSerious(event({ grade: 3 }))).toBe(false);
    expect(isSerious(event({ grade: 5 }))).toBe(true);
  });
});

describe('by when', () => {
  const due = (over: Partial<Happening>, id: string) =>
    reportsOwed(event(over), rules, calendar).find((each) => each.id === id)?.due;
  test.each<[string, Partial<Happening>, string, string | null]>([
    [
      'seven calendar days after the session, to the end of the day',
      { kind: 'session', drug: 'esketamine' },
      'rems-monitoring-form',
      '2026-07-11T07:00:00.000Z',
    ],
    [
      'one business day: not on Saturday, Sunday or a holiday',
      { kind: 'theft-or-loss' },
      'dea-theft-or-loss',
      '2026-07-08T07:00:00.000Z',
    ],
    ['24 hours, to the minute', { grade: 3 }, 'medical-director', '2026-07-05T01:30:00.000Z'],
    ['60 days', { kind: 'data-breach' }, 'breach-notice', '2026-09-02T07:00:00.000Z'],
    ['no time is set', { grade: 4 }, 'medwatch', null],
  ])('%s', (_case, over, id, at) => {
    expect(due(over, id)).toBe(at);
  });

  test('a report that one may leave is marked as such', () => {
    expect(reportsOwed(event({ grade: 4 }), rules, calendar).map(({ id, voluntary }) => [id, voluntary])).toEqual([
      ['medwatch', true],
      ['medical-director', false],
    ]);
  });
});

describe('blood pressure by grade', () => {
  const MINUTE = 60_000;
  test.each<[number, number, number | null, number, boolean]>([
    [119, 79, 0, 0, true],
    [120, 79, 0, 1, true],
    [119, 80, 0, 1, true],
    [139, 89, 0, 1, true],
    [140, 89, 0, 2, true],
    [139, 90, 0, 2, true],
    [159, 99, 0, 2, true],
    [160, 99, 30 * MINUTE, 3, true],
    [150, 100, 31 * MINUTE, 3, false],
    [190, 80, null, 3, false],
  ])('%d/%d that lasted %s ms is grade %d, expected: %s', (sbp, dbp, lastedMs, ctcaeGrade, transientExpected) => {
    expect(gradeOfPressure({ sbp, dbp, lastedMs }, rules)).toEqual({ ctcaeGrade, transientExpected });
  });
});

test.each<[string, object, RegExp]>([
  ['a figure without origin', { provenance: {} }, /severeFrom: is a figure without origin/],
  [
    'grades out of order',
    { grades: [...rules.grades].reverse() },
    /^adverse-events\.grades\[0\]\.grade: is 5; 1, from the mildest/,
  ],
  [
    'hours that are given in days',
    { reports: rules.reports.map((each) => ({ ...each, dueIn: 'P1D', counts: 'hours' })) },
    /^adverse-events\.reports\[0\]\.dueIn: P1D does not count hours/,
  ],
  ['an empty condition', { reports: [{ ...rules.reports[0], anyOf: [{}] }] }, /anyOf\[0\]: is empty/],
])('rules with %s are refused', (_case, change, problem) => {
  expect(
    problems(() => parseAdverseEventRules({ ...file, ...change })).find((line) => problem.test(line)),
  ).toBeDefined();
});
