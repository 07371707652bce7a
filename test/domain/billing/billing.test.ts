import { describe, expect, test } from 'vitest';
import { billGuard, disputableUntil } from '../../../functions/domain/billing/bill-guard.ts';
import { claimProblems, codesFor, type Service } from '../../../functions/domain/billing/codes.ts';
import { estimateDueOn, isEstimateInForce } from '../../../functions/domain/billing/good-faith-estimate.ts';
import { parseBillingRules } from '../../../functions/domain/billing/rules.ts';
import { parseSuperbill } from '../../../functions/domain/billing/superbill.ts';
import { businessDaysAhead, plusBusinessDays } from '../../../functions/domain/time/business-days.ts';
import { problems, programFile } from '../program/files.ts';

const file = programFile('care/billing.json');
const rules = parseBillingRules(file);
const zone = 'America/Los_Angeles';

describe('business days', () => {
  test.each([
    ['2026-11-20', 1, [], '2026-11-23'],
    ['2026-11-20', 3, ['2026-11-23'], '2026-11-26'],
    ['2026-11-21', 1, [], '2026-11-23'],
    ['2026-11-20', 0, [], '2026-11-20'],
  ])('%s and %d business days, holidays %j, is %s', (from, days, holidays, to) => {
    expect(plusBusinessDays(from, days, holidays)).toBe(to);
    expect(businessDaysAhead(from, to, holidays)).toBe(days);
  });
  test('a day that is not later is not ahead', () => {
    expect(businessDaysAhead('2026-11-20', '2026-11-20', [])).toBe(0);
    expect(businessDaysAhead('2026-11-20', '2026-11-01', [])).toBe(0);
  });
});

describe('the good-faith estimate', () => {
  // Monday 2 November 2026; ten business days later is Monday the 16th.
  const bookedOn = '2026-11-02';
  const booked = (serviceOn: string) => ({
    coverage: 'uninsured' as const,
    booking: { bookedOn, serviceOn },
    askedOn: null,
  });
  type Asked = Parameters<typeof estimateDueOn>[0];
  const CASES: [string, Asked, string | null][] = [
    ['ten business days ahead: within three of booking', booked('2026-11-16'), '2026-11-05'],
    ['nine: within one', booked('2026-11-13'), '2026-11-03'],
    ['three: within one', booked('2026-11-05'), '2026-11-03'],
    ['two: only if asked', booked('2026-11-04'), null],
    ['two, and asked on the day', { ...booked('2026-11-04'), askedOn: bookedOn }, '2026-11-05'],
    ['a question alone', { coverage: 'uninsured', booking: null, askedOn: '2026-11-06' }, '2026-11-11'],
    ['booked nine days ahead and asked: the earlier', { ...booked('2026-11-13'), askedOn: bookedOn }, '2026-11-03'],
    ['insured, and not using it', { ...booked('2026-11-13'), coverage: 'insured-not-used' }, '2026-11-03'],
    ['insured', { ...booked('2026-11-13'), coverage: 'insured', askedOn: bookedOn }, null],
  ];
  test.each(CASES)('%s', (_case, asked, due) => {
    expect(estimateDueOn(asked, rules, [])).toBe(due);
  });

  test('a holiday is no business day, neither on the way to the service nor to the estimate', () => {
    expect(estimateDueOn(booked('2026-11-16'), rules, ['2026-11-11'])).toBe('2026-11-03');
    expect(estimateDueOn(booked('2026-11-17'), rules, ['2026-11-03'])).toBe('2026-11-06');
  });

  test('each figure moved by one changes some case', () => {
    const all = (estimate: typeof rules.estimate) =>
      JSON.stringify(CASES.map(([, asked]) => estimateDueOn(asked, { estimate }, [])));
    const asItIs = all(rules.estimate);
    for (const by of [1, -1]) {
      for (const [n, tier] of rules.estimate.booked.entries())
        for (const key of ['aheadAtLeast', 'within'] as const) {
          const moved = rules.estimate.booked.map((each, m) => (m === n ? { ...tier, [key]: tier[key] + by } : each));
          expect({ n, key, by, same: all({ ...rules.estimate, booked: moved }) === asItIs }).toEqual({
            n,
            key,
            by,
            same: false,
          });
        }
      expect(all({ ...rules.estimate, askedWithin: rules.estimate.askedWithin + by })).not.toBe(asItIs);
    }
  });

  test.each([
    ['of the same scope within the year', '2027-03-02T17:00:00.000Z', 'series', true],
    ['on its last day', '2027-11-03T06:59:00.000Z', 'series', true],
    ['a day later', '2027-11-03T07:00:00.000Z', 'series', false],
    ['of another scope', '2027-03-02T17:00:00.000Z', 'series-and-boosters', false],
    ['from the future', '2026-11-01T17:00:00.000Z', 'series', false],
  ])('an estimate %s', (_case, at, scope, inForce) => {
    expect(isEstimateInForce({ at: '2026-11-02T17:00:00.000Z', scope: 'series' }, { at, scope }, rules, zone)).toBe(
      inForce,
    );
  });
});

describe('the guard of a bill', () => {
  test.each([
    [0, 'send'],
    [30_000, 'send'],
    [30_001, 'warn'],
    [39_999, 'warn'],
    [40_000, 'block'],
    [-5_000, 'send'],
  ])('%d cents over the estimate: %s', (over, then) => {
    expect(billGuard(90_000, 90_000 + over, rules)).toBe(then);
  });
  test('from 400 dollars over on a patient may dispute for 120 days', () => {
    const at = '2026-11-02T17:00:00.000Z';
    expect(disputableUntil(90_000, { cents: 130_000, at }, rules, zone)).toBe('2027-03-02');
    expect(disputableUntil(90_000, { cents: 129_999, at }, rules, zone)).toBeNull();
  });
});

describe('codes', () => {
  const on = '2026-11-02';
  const CASES: [string, Service, string[]][] = [
    ['a preparation', { step: 'preparation', on }, ['90832', '90834', '90837']],
    ['an integration', { step: 'integration', on }, ['90832', '90834', '90837']],
    ['a drip', { step: 'dosing', on, drug: 'racemic', route: 'iv' }, ['96365', '96366', '0820T', '0821T', '0822T']],
    ['an injection', { step: 'dosing', on, drug: 'racemic', route: 'im' }, ['96372', '0820T', '0821T', '0822T']],
    ['ketamine itself', { step: 'medication', on, drug: 'racemic', payer: 'self-pay' }, ['J3490']],
    [
      'esketamine with Medicare, 56 mg',
      { step: 'dosing', on, drug: 'esketamine', route: 'intranasal_esketamine', payer: 'medicare', doseMg: 56 },
      ['G2082', '0820T', '0821T', '0822T'],
    ],
    [
      'esketamine with Medicare, 84 mg',
      { step: 'dosing', on, drug: 'esketamine', route: 'intranasal_esketamine', payer: 'medicare', doseMg: 84 },
      ['G2083', '0820T', '0821T', '0822T'],
    ],
    [
      'esketamine of the last year, another payer',
      { step: 'medication', on: '2025-12-31', drug: 'esketamine', payer: 'commercial-or-medicaid' },
      ['S0013'],
    ],
    [
      'esketamine of this year, another payer',
      { step: 'medication', on: '2026-01-01', drug: 'esketamine', payer: 'commercial-or-medicaid' },
      ['J0013'],
    ],
    ['a screening', { step: 'screening', on }, ['90791']],
    [
      'a clearance',
      { step: 'clearance', on },
      ['90791', '90792', '99202', '99203', '99204', '99205', '99212', '99213', '99214', '99215'],
    ],
    [
      'a visit between doses',
      { step: 'provider-review', on },
      ['90833', '90836', '90838', '99212', '99213', '99214', '99215'],
    ],
    ['a questionnaire', { step: 'measure', on }, ['96127']],
    ['a crisis', { step: 'crisis', on }, ['90839', '90840', 'G0560', 'G0544']],
    ['the consult', { step: 'consult', on }, []],
  ];
  test.each(CASES)('%s', (_case, service, expected) => {
    expect(codesFor(service, rules)).toEqual(expected);
  });
  test('each code is what some case rests on', () => {
    for (const { code } of rules.codes) {
      const without = { codes: rules.codes.filter((each) => each.code !== code) };
      const differs = CASES.some(
        ([, service]) => codesFor(service, without).join() !== codesFor(service, rules).join(),
      );
      expect({ code, differs }).toEqual({ code, differs: true });
    }
  });

  test.each<[string, string[], string[]]>([
    ['a claim as it should be', ['90837'], []],
    ['an hour of crisis and more', ['90839', '90840'], []],
    ['the code of another drug', ['J0222'], ['J0222: given for esketamine by one page; nothing else supports it']],
    [
      'a code for outside the office',
      ['G0017'],
      ['G0017: crisis psychotherapy outside the office, not a code of this treatment'],
    ],
    ['a code of nothing', ['12345'], ['12345: not a code of this treatment']],
    ['one code twice', ['90837', '90837'], ['90837: twice; one code for one service']],
    ['a code of last year', ['S0013'], ['S0013: not in use on 2026-11-02']],
    ['a visit beside the bundle', ['G2083', '99213'], ['99213: G2083 includes the visit of the day']],
    ['an addition to nothing', ['96366'], ['96366: only together with another code']],
  ])('%s', (_case, claim, lines) => {
    expect(claimProblems(claim, on, rules)).toEqual(lines);
  });
});

describe('a superbill', () => {
  const whole = {
    clinic: { npi: '1234567893', taxId: '12-3456789' },
    rendering: { npi: '1234567893' },
    patient: { name: 'A Patient', bornOn: '1988-02-29', address: '1 Example Street' },
    serviceOn: '2026-11-02',
    placeOfService: '11',
    diagnoses: ['F33.2'],
    lines: [{ code: '90837', units: 1, charge: 20_000 }],
    paid: 20_000,
  };
  test('is complete', () => expect(parseSuperbill(whole)).toEqual(whole));
  test.each(Object.keys(whole))('without %s is refused', (key) => {
    expect(problems(() => parseSuperbill({ ...whole, [key]: undefined }))[0]).toMatch(
      new RegExp(`^superbill\\.${key}`),
    );
  });
});

test.each<[string, object, RegExp]>([
  ['a figure without origin', { provenance: {} }, /^billing\.codes\.2\.minutes: is a figure without origin/],
  ['a code twice', { codes: [rules.codes[0], rules.codes[0]] }, /^billing\.codes: has a code twice/],
  [
    'a refused code that is a code',
    { refused: [{ code: '90837', why: 'x' }] },
    /^billing\.refused\[0\]\.code: is among the codes too/,
  ],
  [
    'tiers out of order',
    { estimate: { ...rules.estimate, booked: [...rules.estimate.booked].reverse() } },
    /^billing\.estimate\.booked: is not in order/,
  ],
  [
    'a warning after the limit',
    { guard: { warnAbove: 40_000, blockFrom: 40_000 } },
    /^billing\.guard: warns no earlier than it blocks/,
  ],
])('rules with %s are refused', (_case, change, problem) => {
  expect(problems(() => parseBillingRules({ ...file, ...change })).find((line) => problem.test(line))).toBeDefined();
});
