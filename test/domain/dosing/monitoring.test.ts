import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SESSION_ALERTS, sessionAlerts } from '../../../functions/domain/dosing/in-session.ts';
import { missingReadings, readingsDue, type Session } from '../../../functions/domain/dosing/readings-due.ts';
import type { Program } from '../../../functions/domain/program/program.ts';
import { ACUTE_SYMPTOMS } from '../../../functions/domain/screening/facts.ts';
import { fromMs, toMs } from '../../../functions/domain/time/instants.ts';
import { ESKETAMINE, PROGRAM } from './standards.ts';

const START = '2026-04-01T16:15:00.000Z';
const after = (minutes: number) => fromMs(toMs(START) + minutes * 60_000);
const minutesOf = (instants: string[]) => instants.map((each) => (toMs(each) - toMs(START)) / 60_000);
const session = (endedAfter: number | null, closedAfter: number | null = null): Session => ({
  startedAt: START,
  endedAt: endedAfter === null ? null : after(endedAfter),
  closedAt: closedAfter === null ? null : after(closedAfter),
});
const due = (given: Session, now: number, program: Program = PROGRAM) =>
  minutesOf(readingsDue(program.monitoring, given, after(now)));

describe('readings that are due', () => {
  test.each<[string, Session, number, number[]]>([
    ['as the drip begins: the baseline', session(null), 0, [0]],
    ['while it runs: every ten minutes to 40, then every 15', session(null), 75, [0, 10, 20, 30, 40, 55, 70]],
    ['a minute before one is due', session(null), 39, [0, 10, 20, 30]],
    [
      'after the end: every 15 minutes from the end',
      session(90),
      150,
      [0, 10, 20, 30, 40, 55, 70, 85, 105, 120, 135, 150],
    ],
    ['after an end that came early', session(25), 60, [0, 10, 20, 30, 40, 55]],
    ['after an end that came early and at odds', session(27), 60, [0, 10, 20, 30, 40, 42, 55, 57]],
    ['after the patient has left, none', session(90, 130), 500, [0, 10, 20, 30, 40, 55, 70, 85, 105, 120]],
  ])('%s', (_case, given, now, expected) => {
    expect(due(given, now)).toEqual(expected);
  });

  test('after a spray: at 40 minutes, and from its end on every half hour until the patient leaves', () => {
    expect(due(session(5), 130, ESKETAMINE)).toEqual([0, 35, 40, 65, 95, 125]);
  });

  test('a schedule without one of its lines reads less often', () => {
    const { during } = PROGRAM.monitoring;
    for (const n of during.keys()) {
      const monitoring = { ...PROGRAM.monitoring, during: during.filter((_, at) => at !== n) };
      expect(readingsDue(monitoring, session(90), after(120)).length).toBeLessThan(due(session(90), 120).length);
    }
    const without = { ...PROGRAM, monitoring: { ...PROGRAM.monitoring, baseline: false } };
    expect(due(session(90), 60, without)[0]).toBe(10);
  });

  test('time that passes only adds to what was due before', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), fc.option(fc.integer({ min: 1, max: 120 })), (one, more, end) => {
        const given = session(end !== null && end <= one ? end : null);
        const before = due(given, one);
        expect(due(given, one + more).slice(0, before.length)).toEqual(before);
      }),
    );
  });
});

describe('readings that are missing', () => {
  const missing = (taken: number[], now: number) =>
    minutesOf(missingReadings(PROGRAM.monitoring, session(null), taken.map(after), after(now)));
  test.each<[string, number[], number, number[]]>([
    ['none while all are taken on time', [-20, 10, 20, 30], 34, []],
    ['one that is late by up to five minutes is still waited for', [-20, 10], 25, []],
    ['after that it is missing', [-20, 10], 26, [20]],
    ['one taken within five minutes counts', [-20, 10, 25], 26, []],
    ['one taken five minutes early counts', [-20, 10, 15], 26, []],
    ['one taken earlier does not', [-20, 10, 14], 26, [20]],
    ['one taken later does not', [-20, 10, 26], 27, [20]],
    ['no baseline', [6, 10], 12, [0]],
    ['a baseline as the drug goes in', [5, 10], 12, []],
    ['nothing at all', [], 46, [0, 10, 20, 30, 40]],
  ])('%s', (_case, taken, now, expected) => {
    expect(missing(taken, now)).toEqual(expected);
  });
});

describe('what readings call for', () => {
  const { alerts } = PROGRAM.monitoring;
  const baseline = { sbp: 120, dbp: 75 };
  const fine = { sbp: 130, dbp: 80, spo2: 97, respiratoryRate: 14, moaas: 5, symptoms: [] };
  const found = (over: object, limits = alerts) => sessionAlerts({ ...fine, ...over }, baseline, limits);

  const CASES: [string, object, string[]][] = [
    ['as expected', {}, []],
    ['a systolic 39 above the baseline', { sbp: 159 }, []],
    ['a systolic 40 above the baseline', { sbp: 160 }, ['pressure-rise']],
    ['a diastolic 24 above the baseline', { dbp: 99 }, []],
    ['a diastolic 25 above the baseline', { dbp: 100 }, ['pressure-rise']],
    ['a systolic of 179', { sbp: 179 }, ['pressure-rise']],
    ['a systolic of 180', { sbp: 180 }, ['severe-pressure', 'pressure-rise']],
    ['a diastolic of 109', { dbp: 109 }, ['pressure-rise']],
    ['a diastolic of 110', { dbp: 110 }, ['severe-pressure', 'pressure-rise']],
    ['oxygen at 92', { spo2: 92 }, []],
    ['oxygen at 91', { spo2: 91 }, ['rescue']],
    ['ten breaths', { respiratoryRate: 10 }, []],
    ['nine breaths', { respiratoryRate: 9 }, ['rescue']],
    ['lethargic answers', { moaas: 4 }, []],
    ['answers only when called loudly', { moaas: 3 }, ['deep-sedation']],
    ['answers only to prodding', { moaas: 2 }, ['rescue']],
    ['no answer at all', { moaas: 0 }, ['rescue']],
    ['a symptom that is no red flag', { symptoms: ['nausea'] }, []],
    [
      'everything at once',
      { sbp: 190, spo2: 80, symptoms: ['syncope'] },
      ['emergency', 'rescue', 'severe-pressure', 'pressure-rise'],
    ],
    ...ACUTE_SYMPTOMS.map((symptom): [string, object, string[]] => [symptom, { symptoms: [symptom] }, ['emergency']]),
  ];
  test.each(CASES)('%s', (_case, over, expected) => {
    expect(found(over)).toEqual(expected);
  });

  test('without a baseline nobody sees a rise, a high pressure they do', () => {
    expect(sessionAlerts({ sbp: 181 }, {}, alerts)).toEqual(['severe-pressure']);
    expect(sessionAlerts({}, baseline, alerts)).toEqual([]);
  });

  test('every alert is met by some case, and a limit moved by one changes some', () => {
    expect(new Set(CASES.flatMap(([, , each]) => each))).toEqual(new Set(Object.keys(SESSION_ALERTS)));
    const all = (limits: typeof alerts) => JSON.stringify(CASES.map(([, over]) => found(over, limits)));
    const asItIs = all(alerts);
    for (const [limit, value] of Object.entries(alerts))
      for (const by of [1, -1])
        if (typeof value === 'number')
          expect({ limit, by, same: all({ ...alerts, [limit]: value + by }) === asItIs }).toEqual({
            limit,
            by,
            same: false,
          });
  });
});
