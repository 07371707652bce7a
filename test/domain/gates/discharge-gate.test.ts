import { describe, expect, it } from 'vitest';
import { evaluateGate } from '../../../functions/domain/gates/evaluate-gate.ts';
import type { Scene } from '../../../functions/domain/gates/scene.ts';
import type { CheckId } from '../../../functions/domain/names.ts';
import { answering, appointment, cycle, discharging, ENDED, found, PROGRAM, program } from './scenes.ts';

type Case = [string, Scene, string, string, boolean?];

const { dosing } = PROGRAM;
const calm = { q1: false, q2: false, q3: false, q4: false, q5: false, q6: false };
const esketamine = program({ dosing: { ...dosing, drug: 'esketamine', route: 'intranasal_esketamine' } });
/** Discharge of a patient whose readings at check-in were others. */
const checkedInWith = (checkIn: Record<string, unknown>, answers: Record<string, unknown>): Scene => {
  const { cycle: checked } = answering(checkIn);
  return discharging(answers, { cycle: cycle({ ...checked, startedAt: '2026-04-01T16:15:00.000Z', endedAt: ENDED }) });
};
const integration = (startsAt: string) => discharging({}, { integration: appointment('integration', startsAt) });

const CASES: Partial<Record<CheckId, Case[]>> = {
  observed: [
    ['an hour after the recorded end', discharging(), 'pass', 'go-on'],
    ['a second before', discharging({}, { now: '2026-04-01T18:44:59.000Z' }), 'hold', 'hold'],
    ['no end recorded', discharging({}, { cycle: cycle() }), 'hold', 'hold'],
  ],
  awake: [
    ['as in the morning', discharging(), 'pass', 'go-on'],
    ['lethargic', discharging({ moaas: 4 }), 'hold', 'hold'],
    ['not oriented', discharging({ oriented: false }), 'hold', 'hold'],
    ['a little detached', discharging({ dissociation: 1 }), 'pass', 'go-on'],
    ['more than a little', discharging({ dissociation: 2 }), 'hold', 'hold'],
    ['an Aldrete of 9', discharging({ aldrete: 9 }), 'pass', 'go-on'],
    ['an Aldrete of 8', discharging({ aldrete: 8 }), 'hold', 'hold'],
    ['no Aldrete', discharging({ aldrete: undefined }), 'hold', 'hold'],
  ],
  'vitals-settled': [
    ['140 over 90', discharging({ sbp: 140, dbp: 90 }), 'pass', 'go-on'],
    ['141, and 23 above the morning', discharging({ sbp: 141, dbp: 74 }), 'hold', 'review'],
    ['150 after 130 in the morning', checkedInWith({ sbp: 130 }, { sbp: 150 }), 'pass', 'go-on'],
    ['151 after 130 in the morning', checkedInWith({ sbp: 130 }, { sbp: 151 }), 'hold', 'review'],
    ['91 below, 20 above the morning', checkedInWith({ dbp: 71 }, { dbp: 91 }), 'pass', 'go-on'],
    ['92 below, 21 above the morning', checkedInWith({ dbp: 71 }, { dbp: 92 }), 'hold', 'review'],
    ['high, and no reading of the morning', checkedInWith({ sbp: undefined }, { sbp: 141 }), 'hold', 'review'],
    ['oxygen at 94', discharging({ spo2: 94 }), 'pass', 'go-on'],
    ['93 after 98', discharging({ spo2: 93 }), 'hold', 'review'],
    ['93 after 93', checkedInWith({ spo2: 93 }, { spo2: 93 }), 'pass', 'go-on'],
    ['92 after 93', checkedInWith({ spo2: 93 }, { spo2: 92 }), 'hold', 'review'],
    ['a heart rate of 111', discharging({ heartRate: 111 }), 'hold', 'review'],
    ['a heart rate of 50', discharging({ heartRate: 50 }), 'pass', 'go-on'],
    ['a heart rate of 49', discharging({ heartRate: 49 }), 'hold', 'review'],
    ['a heart rate of 110', discharging({ heartRate: 110 }), 'pass', 'go-on'],
    ['no pressure taken', discharging({ sbp: undefined }), 'hold', 'review'],
  ],
  steady: [
    ['walks, drinks, not sick, line out', discharging(), 'pass', 'go-on'],
    ['does not walk unaided', discharging({ walksUnaided: false }), 'hold', 'hold'],
    ['sick', discharging({ nauseaControlled: false }), 'hold', 'hold'],
    ['cannot drink', discharging({ drinks: false }), 'hold', 'hold'],
    ['line still in', discharging({ lineOut: false }), 'hold', 'hold'],
    ['no line with this route', discharging({ lineOut: undefined }, { program: esketamine }), 'pass', 'go-on'],
  ],
  'mind-settled': [
    ['calm', discharging(), 'pass', 'go-on'],
    ['agitated', discharging({ calm: false }), 'hold', 'hold'],
    ['moderate suicidality', discharging({ cssrs: { ...calm, q2: true, q3: true } }), 'pass', 'go-on'],
    ['high suicidality', discharging({ cssrs: { ...calm, q4: true } }), 'block', 'hold', true],
    ['not asked', discharging({ cssrs: undefined }), 'hold', 'hold'],
  ],
  'escort-present': [
    ['here and identified', discharging(), 'pass', 'go-on'],
    ['nobody', discharging({ escortPresent: false }), 'block', 'review'],
    ['somebody not identified', discharging({ escortIdentified: false }), 'block', 'review'],
    ['the patient drives', discharging({ notDriving: false }), 'block', 'review'],
    ['not recorded', discharging({ escortPresent: undefined }), 'hold', 'review'],
  ],
  'instructions-given': [
    ['given', discharging(), 'pass', 'go-on'],
    ['not given', discharging({ instructionsGiven: false }), 'hold', 'hold'],
  ],
  'integration-confirmed': [
    ['as the window opens', integration('2026-04-02T17:45:00.000Z'), 'pass', 'go-on'],
    ['a minute earlier', integration('2026-04-02T17:44:00.000Z'), 'hold', 'hold'],
    ['as the window closes', integration('2026-04-03T17:45:00.000Z'), 'pass', 'go-on'],
    ['a minute later', integration('2026-04-03T17:46:00.000Z'), 'hold', 'hold'],
    ['none booked', discharging({}, { integration: undefined }), 'hold', 'hold'],
    [
      'none, and somebody books one',
      discharging({}, { integration: undefined, integrationAskedFor: true }),
      'pass',
      'go-on',
    ],
    [
      'cancelled',
      discharging({}, { integration: appointment('integration', '2026-04-02T18:00:00.000Z', { state: 'cancelled' }) }),
      'hold',
      'hold',
    ],
  ],
  'check-in-scheduled': [
    ['planned', discharging(), 'pass', 'go-on'],
    ['refused', discharging({ checkInScheduled: false }), 'hold', 'hold'],
    ['not planned', discharging({ checkInScheduled: undefined }), 'hold', 'hold'],
  ],
  'rems-form-opened': [
    ['not asked of this drug', discharging({ remsFormOpened: undefined }), 'pass', 'go-on'],
    ['opened for esketamine', discharging({}, { program: esketamine }), 'pass', 'go-on'],
    ['not opened for esketamine', discharging({ remsFormOpened: false }, { program: esketamine }), 'hold', 'hold'],
  ],
};

describe.each(Object.entries(CASES))('before the patient leaves, %s', (check, cases) => {
  it.each(cases)('%s', (_case, given, result, follows, crisis = false) => {
    const outcome = found('discharge', check as CheckId, given);
    expect({ result: outcome.checks[0]?.result, follows: outcome.follows, crisis: outcome.crisis }).toEqual({
      result,
      follows,
      crisis,
    });
  });
});

it('lets a patient leave who has recovered as hoped', () => {
  expect(evaluateGate('discharge', discharging())).toMatchObject({ result: 'pass', follows: 'go-on' });
});

it('lets nobody leave of whom nothing was recorded', () => {
  expect(evaluateGate('discharge', discharging({}, { discharge: undefined }))).toMatchObject({
    result: 'hold',
    follows: 'hold',
  });
});
