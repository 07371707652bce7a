import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateGate } from '../../../functions/domain/gates/evaluate-gate.ts';
import { healthyCheckIn, withMissing } from '../../../functions/domain/gates/healthy.ts';
import { scopeOf } from '../../../functions/domain/gates/overrides.ts';
import type { Scene } from '../../../functions/domain/gates/scene.ts';
import { CHECKS, type CheckId, GATES, type GateKind, type Role } from '../../../functions/domain/names.ts';
import {
  answering,
  appointment,
  clearance,
  cycle,
  discharging,
  journey,
  NOW,
  PROGRAM,
  past,
  program,
  scene,
} from './scenes.ts';

const override = (check: CheckId, role: string, over: Partial<Override> = {}): Override => ({
  gate: 'dosing-day',
  scope: 'c3',
  check,
  role,
  by: `${role}-1`,
  reason: 'seen and agreed',
  ...over,
});
type Override = Scene['journey']['overrides'][number];
const overriding = (...overrides: Override[]) => ({ journey: journey({ overrides }) });
const highPressure = (...overrides: Override[]) => answering({ sbp: 150 }, overriding(...overrides));
const inDebt = (...overrides: Override[]) =>
  scene({ cycles: [past(2, '2026-03-27T16:15:00.000Z', 'owed')], ...overriding(...overrides) });
const outcomeOf = (check: CheckId, given: Scene) =>
  evaluateGate('dosing-day', given).checks.find(({ id }) => id === check);

describe('overriding a check', () => {
  it('lets the gate pass, and names who and why', () => {
    const outcome = evaluateGate('dosing-day', highPressure(override('DD-09', 'provider')));
    expect(outcome).toMatchObject({ result: 'pass', reviewers: [], follows: 'go-on' });
    expect(outcome.checks).toContainEqual({
      id: 'DD-09',
      result: 'overridden',
      by: ['provider-1'],
      reason: 'seen and agreed',
    });
  });

  it('needs every role, and says which are missing', () => {
    const half = evaluateGate('dosing-day', inDebt(override('DD-06', 'therapist')));
    expect(half).toMatchObject({ result: 'hold', reviewers: ['provider'], follows: 'review' });
    const both = inDebt(
      override('DD-06', 'therapist', { reason: 'came in twice last week' }),
      override('DD-06', 'provider'),
    );
    expect(outcomeOf('DD-06', both)).toEqual({
      id: 'DD-06',
      result: 'overridden',
      by: ['therapist-1', 'provider-1'],
      reason: 'came in twice last week; seen and agreed',
    });
  });

  it.each<[string, Partial<Override>]>([
    ['another gate', { gate: 'pre-dose' }],
    ['another cycle', { scope: 'c2' }],
    ['the whole journey', { scope: 'journey' }],
    ['another check', { check: 'DD-10' }],
    ['another role', { role: 'nurse' }],
  ])('counts for nothing when it was for %s', (_what, over) => {
    expect(outcomeOf('DD-09', highPressure(override('DD-09', 'provider', over)))?.result).toBe('hold');
  });

  it('counts for nothing where nobody may override', () => {
    const given = answering({ identity: false }, overriding(override('DD-01', 'provider')));
    expect(evaluateGate('dosing-day', given)).toMatchObject({ result: 'block', follows: 'book-again' });
  });

  it.each<[string, CheckId, Record<string, unknown>]>([
    ['a red flag', 'DD-09', { symptoms: ['syncope'] }],
    ['an emergency', 'DD-09', { sbp: 200, dbp: 130 }],
    ['urgent suicidality', 'DD-07', { cssrs: { q4: true } }],
  ])('counts for nothing against %s', (_what, check, answers) => {
    const given = answering(answers, overriding(override(check, 'provider'), override('DD-14', 'provider')));
    expect(evaluateGate('dosing-day', given)).toMatchObject({ result: 'block', follows: 'book-again', crisis: true });
  });

  it('leaves a check that passes as passed', () => {
    expect(outcomeOf('DD-09', scene(overriding(override('DD-09', 'provider'))))).toEqual({
      id: 'DD-09',
      result: 'pass',
    });
  });

  it('is for the journey before the series, for the cycle from the booking on', () => {
    expect(GATES.map((gate) => scopeOf(gate, { number: 3 }))).toEqual([
      'journey',
      'journey',
      'journey',
      'journey',
      'c3',
      'c3',
      'c3',
      'c3',
    ]);
    expect(scopeOf('booking', undefined)).toBe('journey');
  });
});

/** A scene spoilt in any number of ways. */
const spoilt = fc.record({
  answers: fc
    .subarray(Object.keys(healthyCheckIn(NOW, PROGRAM)))
    .chain((keys) =>
      fc.tuple(
        ...keys.map((key) =>
          fc.tuple(
            fc.constant(key),
            fc.constantFrom<unknown>(
              undefined,
              true,
              false,
              0,
              5,
              95,
              150,
              190,
              NOW,
              ['vomiting'],
              ['opioid'],
              'positive',
              { q4: true },
              { q2: true },
              null,
            ),
          ),
        ),
      ),
    ),
  chaperone: fc.constantFrom('named' as const, 'none' as const),
  modality: fc.constantFrom('in-person' as const, 'remote' as const),
  holds: fc.subarray(['paused', 'safety-crisis-1']),
  cleared: fc.subarray(['medical' as const, 'psychological' as const]),
  owed: fc.constantFrom('owed' as const, 'overdue' as const, 'settled' as const, 'waived' as const),
  lastDose: fc.constantFrom('2026-03-20T16:00:00.000Z', '2026-03-31T16:00:00.000Z'),
  measuresDue: fc.subarray(['phq9', 'gad7']),
  commitment: fc.record({ openToReflection: fc.boolean(), willAttendIntegration: fc.boolean() }),
  disposition: fc.constantFrom('eligible', 'review', 'ineligible', 'crisis'),
  reviewer: fc.constantFrom<Role | null>('provider', 'medical-director', null),
  integrationAt: fc.constantFrom('2026-04-02T18:00:00.000Z', '2026-04-05T18:00:00.000Z'),
  overridden: fc.subarray(['therapist', 'provider', 'medical-director']),
});
const gate = fc.constantFrom<GateKind>(...GATES);

const sceneFrom = (s: typeof spoilt extends fc.Arbitrary<infer T> ? T : never): Scene => {
  const { cycle: checked } = answering(Object.fromEntries(s.answers));
  const overrides = GATES.flatMap((each) =>
    PROGRAM.gates[each].flatMap((check) =>
      s.overridden.map((role) => override(check, role, { gate: each, scope: scopeOf(each, { number: 3 }) })),
    ),
  );
  return {
    ...discharging(Object.fromEntries(s.answers)),
    now: NOW,
    cycle: checked,
    cycles: [past(2, s.lastDose, s.owed)],
    journey: journey({
      chaperone: s.chaperone,
      modality: s.modality,
      holds: s.holds.map((reason) => ({ reason, at: NOW, by: null })),
      clearances: s.cleared.map((kind) => clearance(kind)),
      overrides,
      screening: {
        disposition: s.disposition,
        reasons: [],
        notes: [],
        rulesetVersion: 'kap-screening@1',
        reviewRole: s.reviewer,
        at: NOW,
      },
    }),
    fit: s.commitment,
    measuresDue: s.measuresDue,
    screeningReview: { role: s.reviewer, answer: null },
    integration: appointment('integration', s.integrationAt),
  };
};

describe('every gate, however the scene is spoilt', () => {
  it('names a failing check whenever it does not pass, and passes only without one', () => {
    fc.assert(
      fc.property(spoilt, gate, (ways, kind) => {
        const { result, checks, follows, reviewers } = evaluateGate(kind, sceneFrom(ways));
        const failing = checks.filter((each) => each.result === 'hold' || each.result === 'block');
        expect(result === 'pass').toBe(failing.length === 0);
        expect(result === 'block').toBe(failing.some((each) => each.result === 'block'));
        expect(follows === 'go-on').toBe(result === 'pass');
        if (follows === 'review') expect(reviewers.length).toBeGreaterThan(0);
      }),
    );
  });

  it('overrides a check only with every role that the check needs, each with a name and a reason', () => {
    fc.assert(
      fc.property(spoilt, gate, (ways, kind) => {
        for (const { id, result, by, reason } of evaluateGate(kind, sceneFrom(ways)).checks) {
          if (result !== 'overridden') continue;
          const needed: readonly Role[] = CHECKS[id as CheckId].override;
          expect(needed.every((role) => ways.overridden.includes(role) && by?.includes(`${role}-1`))).toBe(true);
          expect(reason).not.toBe('');
        }
      }),
    );
  });

  it('lets no dose be booked or given while a hold stands', () => {
    fc.assert(
      fc.property(spoilt, fc.constantFrom<GateKind>('booking', 'dosing-day', 'pre-dose'), (ways, kind) => {
        const held = sceneFrom({ ...ways, holds: ['paused'] });
        expect(evaluateGate(kind, held).result).not.toBe('pass');
      }),
    );
  });

  it('asks what the program names and nothing else, whatever one check finds', () => {
    fc.assert(
      fc.property(spoilt, gate, fc.nat(), (ways, kind, n) => {
        const given = sceneFrom(ways);
        const whole = evaluateGate(kind, given).checks;
        const left = PROGRAM.gates[kind].filter((_, index) => index !== n % PROGRAM.gates[kind].length);
        const fewer = { ...given, program: program({ gates: { ...PROGRAM.gates, [kind]: left } }) };
        expect(evaluateGate(kind, fewer).checks).toEqual(whole.filter(({ id }) => left.some((each) => each === id)));
      }),
    );
  });

  it('says the same of the same scene, and changes nothing in it', () => {
    fc.assert(
      fc.property(spoilt, gate, (ways, kind) => {
        const given = sceneFrom(ways);
        const before = structuredClone(given);
        expect(evaluateGate(kind, given)).toEqual(evaluateGate(kind, given));
        expect(given).toEqual(before);
      }),
    );
  });
});

describe('answers that are missing in a rehearsal', () => {
  it('are as they should be, inside an answer too', () => {
    const healthy = healthyCheckIn(NOW, PROGRAM);
    const filled = withMissing({ sbp: 150, cssrs: { q3: true }, takenToday: ['opioid'] }, healthy);
    expect(filled).toEqual({
      ...healthy,
      sbp: 150,
      takenToday: ['opioid'],
      cssrs: { q1: false, q2: false, q3: true, q4: false, q5: false, q6: false },
    });
    expect(evaluateGate('dosing-day', scene({ cycle: cycle({ check: withMissing({}, healthy) }) })).result).toBe(
      'pass',
    );
  });
});
