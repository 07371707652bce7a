import { describe, expect, test } from 'vitest';
import { openRemsFields, roomChecklist, unsigned } from '../../../functions/domain/dosing/checklists.ts';
import { type DosingDay, parseDosingDay } from '../../../functions/domain/dosing/dosing-day.ts';
import { dutiesAfterDose, remsFormDueOn } from '../../../functions/domain/dosing/leaving.ts';
import { type Order, orderAlerts, parseOrder } from '../../../functions/domain/dosing/order.ts';
import { afterPressure } from '../../../functions/domain/dosing/pressure-rechecks.ts';
import { routeShortfalls } from '../../../functions/domain/dosing/route-standards.ts';
import type { Program } from '../../../functions/domain/program/program.ts';
import { CLINIC } from '../gates/scenes.ts';
import { problems, programFile } from '../program/files.ts';
import { ESKETAMINE, PROGRAM, STANDARDS } from './standards.ts';

const dosing = (over: Partial<Program['dosing']>, base = PROGRAM): Program => ({
  ...base,
  dosing: { ...base.dosing, ...over },
});
const fasting = (solidsHours: number, clearLiquidsHours: number) => ({ solidsHours, clearLiquidsHours });
const reading = (...during: Program['monitoring']['during']): Program => ({
  ...PROGRAM,
  monitoring: { ...PROGRAM.monitoring, during },
});

describe('what a route asks at the least', () => {
  test.each<[string, Program, string[]]>([
    ['the program as it is', PROGRAM, []],
    ['esketamine as its label has it', ESKETAMINE, []],
    [
      'five hours without food before a drip',
      dosing({ fasting: fasting(5, 2) }),
      ['dosing.fasting.solidsHours: found 5; at least 6 for iv'],
    ],
    [
      'an hour without drinking before a drip',
      dosing({ fasting: fasting(6, 1) }),
      ['dosing.fasting.clearLiquidsHours: found 1; at least 2 for iv'],
    ],
    [
      '59 minutes after the drip has stopped',
      dosing({ observation: 'PT59M' }),
      ['dosing.observation: found PT59M; at least PT60M from the end for iv'],
    ],
    ['110 minutes after ten minutes of spraying', dosing({ observation: 'PT110M' }, ESKETAMINE), []],
    [
      'a minute less after ten minutes of spraying',
      dosing({ observation: 'PT109M' }, ESKETAMINE),
      ['dosing.observation: found PT109M; at least PT120M from the start for intranasal_esketamine'],
    ],
    [
      'a reading every quarter of an hour of the drip',
      reading({ from: 'PT0S', every: 'PT15M', until: 'PT90M' }),
      ['monitoring.during: reads too seldom; at PT10M, PT20M, PT30M, PT40M for iv'],
    ],
    ['a reading every five minutes of the drip', reading({ from: 'PT0S', every: 'PT5M', until: 'PT90M' }), []],
    [
      'another route beside it with less',
      dosing({
        alternatives: [{ route: 'lozenge', duration: 'PT45M', observation: 'PT60M', fasting: fasting(2, 4) }],
      }),
      [
        'dosing.alternatives[0].fasting.solidsHours: found 2; at least 4 for lozenge',
        'dosing.alternatives[0].observation: found PT60M; at least PT120M from the start for lozenge',
      ],
    ],
  ])('%s', (_case, program, lines) => {
    expect(routeShortfalls(program, STANDARDS)).toEqual(lines);
  });

  test.each(Object.keys(STANDARDS.routes) as (keyof DosingDay['routes'])[])(
    'a lower figure for %s lets pass what the standard refuses',
    (route) => {
      const standard = STANDARDS.routes[route];
      const bare = { route, duration: 'PT90M', observation: 'PT1M', fasting: fasting(0, 0) };
      const asked = (standards: DosingDay) =>
        routeShortfalls(dosing(bare, reading({ from: 'PT60M', every: 'PT15M', until: 'PT90M' })), standards);
      const changed = (change: Partial<typeof standard>): DosingDay => ({
        ...STANDARDS,
        routes: { ...STANDARDS.routes, [route]: { ...standard, ...change } },
      });
      expect(asked(STANDARDS)).toHaveLength(4);
      expect(asked(changed({ solidsHours: 0 }))).toHaveLength(3);
      expect(asked(changed({ clearLiquidsHours: 0 }))).toHaveLength(3);
      expect(asked(changed({ observation: 'PT1M' }))).toHaveLength(3);
      expect(asked(changed({ readAt: ['PT60M'] }))).toHaveLength(3);
    },
  );
});

describe('the room', () => {
  test('every line has to be signed, and a line that is gone is asked of nobody', () => {
    const every = roomChecklist(STANDARDS, PROGRAM).map(({ id }) => id);
    expect(unsigned(STANDARDS, PROGRAM, every)).toEqual([]);
    for (const id of every) {
      const rest = every.filter((each) => each !== id);
      expect(unsigned(STANDARDS, PROGRAM, rest)).toEqual([id]);
      const without = { ...STANDARDS, roomChecklist: STANDARDS.roomChecklist.filter((line) => line.id !== id) };
      expect(unsigned(without, PROGRAM, rest)).toEqual([]);
    }
  });

  test('esketamine needs prescriber and monitor on site, a drip somebody with ACLS', () => {
    const beyond = (program: Program, other: Program) => {
      const others = roomChecklist(STANDARDS, other).map(({ id }) => id);
      return roomChecklist(STANDARDS, program).flatMap(({ id }) => (others.includes(id) ? [] : [id]));
    };
    expect(beyond(ESKETAMINE, PROGRAM)).toEqual(['prescriber-on-site', 'monitor-on-site']);
    expect(beyond(PROGRAM, ESKETAMINE)).toEqual(['acls']);
  });
});

describe('the order', () => {
  const order = (over: object = {}): Order =>
    parseOrder({ drug: 'racemic', route: 'iv', dose: { amount: 0.5, unit: 'mg/kg' }, ...over });
  const amount = (value: number, unit = 'mg/kg') => ({ dose: { amount: value, unit } });
  test.each<[string, object, string[]]>([
    ['within the range', {}, []],
    ['the lowest of the range', amount(0.1), []],
    ['below it', amount(0.09), ['below-range']],
    ['the highest of the range', amount(0.75), []],
    ['above it', amount(0.76), ['above-range']],
    ['the most of the day above it', { atMost: { amount: 0.8, unit: 'mg/kg' } }, ['above-range']],
    ['more than its own most', { atMost: { amount: 0.4, unit: 'mg/kg' } }, ['above-its-own-most']],
    ['in another unit', amount(40, 'mg'), ['another-unit']],
    ['by another route', { route: 'im' }, ['another-route']],
    ['of another drug', { drug: 'esketamine' }, ['another-drug']],
  ])('%s', (_case, over, alerts) => {
    expect(orderAlerts(order(over), PROGRAM)).toEqual(alerts);
  });

  test('a dose of nothing is no order', () => {
    expect(problems(() => order(amount(0)))).toEqual(['order.dose.amount: found 0; allowed: more than 0']);
  });
});

describe('blood pressure before the dose', () => {
  const { bloodPressure } = CLINIC.policy;
  const at = '2026-04-01T16:10:00.000Z';
  const RECHECK = { next: 'recheck', at: '2026-04-01T16:25:00.000Z' };
  const read = ([sbp, dbp]: readonly [number, number]) => ({ at, sbp, dbp });
  type Pressure = readonly [number, number];
  test.each<[string, [Pressure, ...Pressure[]], object]>([
    ['140/90', [[140, 90]], { next: 'go-on' }],
    ['141: a quarter of an hour of rest', [[141, 80]], RECHECK],
    ['91: a quarter of an hour of rest', [[120, 91]], RECHECK],
    [
      'still high at the first recheck',
      [
        [150, 80],
        [150, 80],
      ],
      RECHECK,
    ],
    [
      'still high at the second',
      [
        [150, 80],
        [150, 80],
        [150, 80],
      ],
      { next: 'prescriber' },
    ],
    [
      'settled at the second',
      [
        [150, 80],
        [150, 80],
        [140, 80],
      ],
      { next: 'go-on' },
    ],
    ['180/100', [[180, 100]], RECHECK],
    ['a systolic of 181', [[181, 80]], { next: 'block' }],
    ['a diastolic of 101', [[120, 101]], { next: 'block' }],
    ['180/120', [[180, 120]], { next: 'emergency' }],
    ['180/119', [[180, 119]], { next: 'block' }],
  ])('%s', (_case, [first, ...rest], next) => {
    expect(afterPressure([read(first), ...rest.map(read)], bloodPressure.holdAbove, bloodPressure)).toEqual(next);
  });

  test('a clinic that asks for one recheck asks the prescriber after it', () => {
    expect(
      afterPressure([read([150, 80]), read([150, 80])], bloodPressure.holdAbove, { ...bloodPressure, rechecks: 1 }),
    ).toEqual({ next: 'prescriber' });
  });
});

describe('after the dose', () => {
  const zone = 'America/Los_Angeles';
  const startedAt = '2026-04-01T16:15:00.000Z';
  const departure = { at: '2026-04-01T18:45:00.000Z', asPlanned: true, escorted: true, drove: false };
  const policy = { zone, callWithin: CLINIC.policy.safety.leftAgainstAdviceCallWithin };
  const duties = (over: object = {}, program = PROGRAM, started: string | null = startedAt) =>
    dutiesAfterDose({ startedAt: started }, { ...departure, ...over }, program, STANDARDS, policy);
  const always = ['integration', 'home-safe', 'next-day-check-in'];
  const early = [...always, 'tell-prescriber', 'call-patient'];

  test.each<[string, object, string[]]>([
    ['who leaves as planned', {}, always],
    ['who leaves before the list is complete', { asPlanned: false }, early],
    ['who leaves alone', { escorted: false }, [...early, 'report-to-medical-director']],
    ['who drives off', { drove: true }, [...early, 'report-to-medical-director']],
  ])('%s', (_case, over, expected) => {
    expect(duties(over).map(({ duty }) => duty)).toEqual(expected);
  });

  test('who left against advice is called within two hours, and the prescriber is told at once', () => {
    expect(duties({ asPlanned: false })).toEqual(
      expect.arrayContaining([
        { duty: 'tell-prescriber', role: 'provider', by: '2026-04-01T18:45:00.000Z' },
        { duty: 'call-patient', role: 'coordinator', by: '2026-04-01T20:45:00.000Z' },
      ]),
    );
  });

  test('a dose that was never begun leaves nothing behind', () => {
    expect(duties({ asPlanned: false }, ESKETAMINE, null)).toEqual([]);
  });

  test('esketamine owes its form on the seventh calendar day, counted where the patient was treated', () => {
    expect(duties({}, ESKETAMINE)).toContainEqual({ duty: 'rems-form', role: 'nurse', on: '2026-04-08' });
    // Half past five in the afternoon there is the next day already in UTC, and the clocks change on the eighth of March.
    expect(remsFormDueOn(STANDARDS, '2026-03-05T01:30:00.000Z', zone)).toBe('2026-03-11');
    const slower = { ...STANDARDS, remsForm: { ...STANDARDS.remsForm, dueIn: 'P8D' } };
    expect(remsFormDueOn(slower, startedAt, zone)).toBe('2026-04-09');
  });

  test('the form asks when something resolved only after it occurred, and each of its lines is asked', () => {
    const { fields } = STANDARDS.remsForm;
    const later = fields.filter((each) => each.if !== undefined).map(({ id }) => id);
    expect(openRemsFields(STANDARDS, {})).toEqual(fields.map(({ id }) => id).filter((id) => !later.includes(id)));
    expect(openRemsFields(STANDARDS, { sedation: true })).toContain('sedation-resolved-at');
    expect(openRemsFields(STANDARDS, { sedation: false })).not.toContain('sedation-resolved-at');
    const whole = Object.fromEntries(fields.map(({ id }) => [id, true]));
    expect(openRemsFields(STANDARDS, whole)).toEqual([]);
    for (const { id } of fields) {
      const rest = fields.filter((each) => each.id !== id);
      const without = { ...STANDARDS, remsForm: { ...STANDARDS.remsForm, fields: rest } };
      const open = { ...whole, [id]: null };
      expect(openRemsFields(STANDARDS, open)).toContain(id);
      expect(openRemsFields(without, open)).not.toContain(id);
    }
  });
});

describe('standards that cannot be read', () => {
  const file = programFile('care/dosing-day.json');
  test.each<[string, object, RegExp]>([
    [
      'a figure without origin',
      { provenance: {} },
      /^dosing-day\.routes\.iv\.solidsHours: is a figure without origin; /,
    ],
    ['an unknown source', { sources: { S6: 'x' } }, /^dosing-day\.provenance\..*: unknown source "S37\*"; one of S6$/],
    [
      'a line twice',
      { roomChecklist: [...STANDARDS.roomChecklist, STANDARDS.roomChecklist[0]] },
      /^dosing-day\.roomChecklist: has an id twice; each once$/,
    ],
    ['a route that there is none of', { routes: { ...STANDARDS.routes, oral: STANDARDS.routes.iv } }, /oral/],
  ])('%s is refused', (_case, change, problem) => {
    expect(problems(() => parseDosingDay({ ...file, ...change }))[0]).toMatch(problem);
  });
});
