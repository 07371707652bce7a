import { describe, expect, it } from 'vitest';
import { evaluateGate } from '../../../functions/domain/gates/evaluate-gate.ts';
import type { Scene } from '../../../functions/domain/gates/scene.ts';
import type { Journey } from '../../../functions/domain/journey/journey.ts';
import { CHECK_IDS, CHECKS, type CheckId, type GateKind } from '../../../functions/domain/names.ts';
import type { Program } from '../../../functions/domain/program/program.ts';
import { HEALTHY_FACTS } from '../../../functions/domain/screening/facts.ts';
import {
  answering,
  appointment,
  CLINIC,
  clearance,
  cycle,
  discharging,
  ENDED,
  journey,
  NOW,
  PROGRAM,
  past,
  program,
  scene,
} from './scenes.ts';

/** Every check that a gate may ask, so that each line stands beside all others. */
const all = (gate: GateKind): CheckId[] => CHECK_IDS.filter((id) => CHECKS[id].gates.some((each) => each === gate));
const asked = (base: Program, gate: GateKind, checks: CheckId[]): Program => ({
  ...base,
  gates: { ...base.gates, [gate]: checks },
});

const { dosing } = PROGRAM;
const esketamine = program({ dosing: { ...dosing, drug: 'esketamine', route: 'intranasal_esketamine' } });
const cleared = (route: string, setting: string): Journey['clearances'] =>
  (['medical', 'psychological'] as const).map((kind) => clearance(kind, { route, setting }));
const nasal = { program: esketamine, journey: journey({ clearances: cleared('intranasal_esketamine', 'clinic') }) };
const home = (over: Partial<Journey> = {}) => ({
  journey: journey({ modality: 'remote', clearances: cleared('iv', 'home'), ...over }),
});
const calm = { q1: false, q2: false, q3: false, q4: false, q5: false, q6: false };
const hold = { reason: 'safety-1', at: NOW, by: null };
const severe = {
  journeyId: 'j1',
  id: 'adverse-event-1',
  type: 'adverse-event' as const,
  severity: 3,
  openedAt: NOW,
  source: 'nurse',
  acknowledgedBy: null,
  acknowledgedAt: null,
  decision: null,
  decidedBy: null,
  decidedAt: null,
  round: 1,
  followedUpAt: null,
  closedAt: null,
};

/** For each check one patient whom it alone keeps from the dose. */
const DOSING_DAY: Partial<Record<CheckId, Scene>> = {
  'DD-01': answering({ identity: false }),
  'DD-02': scene({ journey: journey({ clearances: cleared('im', 'clinic') }) }),
  'DD-03': scene({ journey: journey({ consents: { ...journey().consents, privacy: false } }) }),
  'DD-04': answering({ remsPatientEnrolled: false }, nasal),
  'DD-05': scene({ cycles: [past(2, '2026-03-31T16:15:00.000Z')] }),
  'DD-06': scene({ cycles: [past(2, '2026-03-27T16:15:00.000Z', 'overdue')] }),
  'DD-07': answering({ cssrs: { ...calm, q2: true, q3: true } }),
  'DD-08': answering({ lastAteAt: '2026-04-01T12:00:00.000Z' }),
  'DD-09': answering({ dbp: 91 }),
  'DD-10': answering({ spo2: 93 }),
  'DD-11': answering({ couldBePregnant: true }, { facts: { ...HEALTHY_FACTS, pregnancy_potential: true } }),
  'DD-12': answering({ substances24h: true }),
  'DD-13': answering({ takenToday: ['stimulant'] }),
  'DD-14': answering({ symptoms: ['vomiting'] }),
  'DD-15': answering({ escortReachable: false }),
  'DD-16': answering({ roomSigned: false }),
  'DD-17': scene({ safetyEvents: [severe] }),
  'DD-18': answering({ moaas: 4 }),
  'DD-19': answering({ videoLive: false }, home()),
  'no-hold': scene({ journey: journey({ holds: [hold] }) }),
};

/** For each check one patient whom it alone keeps from being booked. */
const BOOKING: Partial<Record<CheckId, Scene>> = {
  'clearance-valid': scene({ journey: journey({ clearances: [clearance('medical')] }) }),
  'consents-in-force': scene({ journey: journey({ consentsSignedAt: null }) }),
  'payment-acknowledged': scene({ journey: journey({ costAcknowledgedAt: null }) }),
  'preparation-complete': scene({ journey: journey({ preparedAt: null }) }),
  'integration-owed': scene({ cycles: [past(2, '2026-03-27T16:15:00.000Z', 'owed')] }),
  'integration-window': scene({ integration: appointment('integration', '2026-04-04T18:00:00.000Z') }),
  spacing: scene({ cycles: [past(2, '2026-03-31T16:15:00.000Z')] }),
  'measures-due': scene({ measuresDue: ['phq9'] }),
  'no-hold': scene({ journey: journey({ holds: [hold] }) }),
  staffing: scene({ therapistLicensed: false }),
  'chaperone-confirmed': scene({ journey: journey({ chaperone: 'none' }) }),
  'remote-allowed': scene(home()),
};

/** For each check one patient whom it alone keeps from leaving. */
const DISCHARGE: Partial<Record<CheckId, Scene>> = {
  observed: discharging({}, { now: '2026-04-01T18:44:00.000Z' }),
  awake: discharging({ aldrete: 8 }),
  'vitals-settled': discharging({ sbp: 160 }),
  steady: discharging({ walksUnaided: false }),
  'mind-settled': discharging({ calm: false }),
  'escort-present': discharging({ escortIdentified: false }),
  'instructions-given': discharging({ instructionsGiven: false }),
  'integration-confirmed': discharging({}, { integration: undefined }),
  'check-in-scheduled': discharging({ checkInScheduled: false }),
  'rems-form-opened': discharging({ remsFormOpened: false }, { program: esketamine }),
};

describe.each([
  ['dosing-day', DOSING_DAY],
  ['pre-dose', DOSING_DAY],
  ['booking', BOOKING],
  ['discharge', DISCHARGE],
] as const)('the %s gate', (gate, cases) => {
  const checks = all(gate);
  it('has a patient for each of its checks', () => {
    expect(Object.keys(cases).toSorted()).toEqual(checks.toSorted());
  });

  it.each(checks)('without %s it would let pass a patient whom it must not', (check) => {
    const given = cases[check] ?? scene();
    const whole = evaluateGate(gate, { ...given, program: asked(given.program, gate, checks) });
    expect(whole.checks.filter(({ result }) => result !== 'pass').map(({ id }) => id)).toEqual([check]);
    const without = checks.filter((each) => each !== check);
    expect(whole.result).not.toBe('pass');
    expect(evaluateGate(gate, { ...given, program: asked(given.program, gate, without) }).result).toBe('pass');
  });
});

describe('each figure of the dosing day', () => {
  const range = (from: number, to: number, step = 1) =>
    Array.from({ length: Math.round((to - from) / step) + 1 }, (_, n) => Number((from + n * step).toFixed(1)));
  const HOURS = range(1, 9, 0.5).map((hours) =>
    new Date(Date.parse('2026-04-01T16:15:00Z') - hours * 3_600_000).toISOString(),
  );
  const older = { facts: { ...HEALTHY_FACTS, age_years: 65 } };

  /** Patients with every reading around every limit. */
  const checkIns = (over: Partial<Scene>): Scene[] => [
    ...range(138, 184).map((sbp) => answering({ sbp }, over)),
    ...range(138, 184).map((sbp) => answering({ sbp }, { ...over, ...older })),
    ...range(88, 122).flatMap((dbp) => [answering({ dbp }, over), answering({ dbp }, { ...over, ...older })]),
    ...range(178, 182).flatMap((sbp) => range(118, 122).map((dbp) => answering({ sbp, dbp }, over))),
    ...range(48, 52).map((heartRate) => answering({ heartRate }, over)),
    ...range(108, 112).map((heartRate) => answering({ heartRate }, over)),
    ...range(92, 96).map((spo2) => answering({ spo2 }, over)),
    ...range(8, 12).map((respiratoryRate) => answering({ respiratoryRate }, over)),
    ...range(36.9, 39.1, 0.1).map((temperatureC) => answering({ temperatureC }, over)),
    ...HOURS.map((lastAteAt) => answering({ lastAteAt }, over)),
    ...HOURS.map((lastDrankAt) => answering({ lastDrankAt }, over)),
    ...range(3, 5).map((moaas) => answering({ moaas }, over)),
  ];
  const departures = (over: Partial<Scene>): Scene[] => [
    ...range(3, 5).map((moaas) => discharging({ moaas }, over)),
    ...range(0, 3).map((dissociation) => discharging({ dissociation }, over)),
    ...range(7, 10).map((aldrete) => discharging({ aldrete }, over)),
    ...range(137, 150).flatMap((sbp) => [
      discharging({ sbp }, over),
      discharging(
        { sbp },
        { ...over, cycle: cycle({ ...answering({ sbp: 125 }).cycle, startedAt: NOW, endedAt: ENDED }) },
      ),
    ]),
    ...range(88, 96).map((dbp) => discharging({ dbp }, over)),
    ...range(92, 96).map((spo2) => discharging({ spo2 }, over)),
    ...range(48, 52).map((heartRate) => discharging({ heartRate }, over)),
    ...range(108, 112).map((heartRate) => discharging({ heartRate }, over)),
  ];
  const outcomes = (given: Pick<Scene, 'clinic' | 'program'>): string =>
    JSON.stringify([
      checkIns(given).map((each) => evaluateGate('dosing-day', each)),
      departures(given).map((each) => evaluateGate('discharge', each)),
    ]);

  /** The same value with the number at a path moved. */
  const moved = <T>(value: T, [key, ...rest]: readonly string[], by: number): T => {
    if (key === undefined) return ((value as number) + by) as T;
    return { ...value, [key]: moved((value as Record<string, unknown>)[key], rest, by) };
  };
  const clinic = {
    ...CLINIC,
    policy: {
      ...CLINIC.policy,
      bloodPressure: { ...CLINIC.policy.bloodPressure, holdAboveFrom65: { sbp: 150, dbp: 90 } },
    },
  };
  const asItIs = outcomes({ clinic, program: PROGRAM });

  const pressures = ['holdAbove', 'holdAboveFrom65', 'blockAbove', 'emergencyFrom'].flatMap((limit) =>
    ['sbp', 'dbp'].map((each) => `bloodPressure.${limit}.${each}`),
  );
  const vitals = Object.keys(CLINIC.policy.vitals).map((each) => `vitals.${each}`);
  it.each([...pressures, ...vitals])('a clinic with another %s decides otherwise for some patient', (path) => {
    for (const by of [1, -1]) {
      const policy = moved(clinic.policy, path.split('.'), by);
      expect({ by, same: outcomes({ clinic: { ...clinic, policy }, program: PROGRAM }) === asItIs }).toEqual({
        by,
        same: false,
      });
    }
  });

  const limits = Object.keys(PROGRAM.dischargeLimits).map((each) => `dischargeLimits.${each}`);
  it.each([...limits, 'dosing.fasting.solidsHours', 'dosing.fasting.clearLiquidsHours'])(
    'a program with another %s decides otherwise for some patient',
    (path) => {
      for (const by of [1, -1])
        expect({ by, same: outcomes({ clinic, program: moved(PROGRAM, path.split('.'), by) }) === asItIs }).toEqual({
          by,
          same: false,
        });
    },
  );
});

describe('each box of the discharge list', () => {
  /** What the reference wants done before a patient leaves (4.6), and what a clinician records for it. */
  const LINES: Record<string, Scene> = {
    time: DISCHARGE.observed ?? scene(),
    alert: discharging({ oriented: false }),
    recovered: discharging({ aldrete: 8 }),
    vitals: discharging({ spo2: 90 }),
    walks: discharging({ drinks: false }),
    'line-out': discharging({ lineOut: false }),
    mood: discharging({ cssrs: { ...calm, q5: true } }),
    escort: discharging({ notDriving: false }),
    written: discharging({ instructionsGiven: false }),
    integration: discharging({}, { integration: undefined }),
    'check-in': discharging({ checkInScheduled: false }),
  };

  it('has a patient for every box', () => {
    expect(PROGRAM.dischargeChecklist.map(({ id }) => id).toSorted()).toEqual(Object.keys(LINES).toSorted());
  });

  it.each(PROGRAM.dischargeChecklist)('$id: $text', ({ id, check }) => {
    const given = LINES[id] ?? scene();
    const failing = (checks: CheckId[]) =>
      evaluateGate('discharge', { ...given, program: asked(PROGRAM, 'discharge', checks) })
        .checks.filter(({ result }) => result !== 'pass')
        .map((each) => each.id);
    const { discharge } = PROGRAM.gates;
    expect(failing(discharge)).toEqual([check]);
    expect(failing(discharge.filter((each) => each !== check))).toEqual([]);
  });
});
