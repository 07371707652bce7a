import { describe, expect, it } from 'vitest';
import { evaluateGate } from '../../../functions/domain/gates/evaluate-gate.ts';
import { healthyCheckIn } from '../../../functions/domain/gates/healthy.ts';
import type { Scene } from '../../../functions/domain/gates/scene.ts';
import type { SafetyEvent } from '../../../functions/domain/journey/safety-event.ts';
import type { CheckId } from '../../../functions/domain/names.ts';
import { HEALTHY_FACTS } from '../../../functions/domain/screening/facts.ts';
import {
  answering,
  appointment,
  asking,
  clearance,
  cycle,
  found,
  journey,
  NOW,
  PROGRAM,
  past,
  policy,
  program,
  scene,
} from './scenes.ts';

/** Title, the scene, the check's result, what follows, and whether somebody must act at once. */
type Case = [string, Scene, string, string, boolean?];

const { dosing } = PROGRAM;
const nasal = program({ dosing: { ...dosing, route: 'intranasal_esketamine', drug: 'esketamine' } });
const calm = { q1: false, q2: false, q3: false, q4: false, q5: false, q6: false };
const thoughts = (answers: Record<string, unknown>) => answering({ cssrs: { ...calm, ...answers } });
const fertile = { ...HEALTHY_FACTS, pregnancy_potential: true };
const first = { cycle: cycle({ number: 1 }), cycles: [], facts: fertile };
const older = policy({
  bloodPressure: { ...policy({}).policy.bloodPressure, holdAboveFrom65: { sbp: 150, dbp: 90 } },
});
const aged = (age_years: number) => ({ clinic: older, facts: { ...HEALTHY_FACTS, age_years } });
const event = (over: Partial<SafetyEvent>): Scene =>
  scene({
    safetyEvents: [
      {
        journeyId: 'j1',
        id: 'adverse-event-1',
        type: 'adverse-event',
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
        ...over,
      },
    ],
  });
const atHome = { journey: journey({ modality: 'remote' }) };

const CASES: Partial<Record<CheckId, Case[]>> = {
  'DD-01': [
    ['the right patient with today’s order', scene(), 'pass', 'go-on'],
    ['not the right patient', answering({ identity: false }), 'block', 'book-again'],
    ['an order that is not signed', answering({ orderSigned: false }), 'block', 'book-again'],
    ['no order at all', scene({ cycle: cycle({ orderedAt: null }) }), 'block', 'book-again'],
    [
      'an order of the future',
      scene({ cycle: cycle({ orderedAt: '2026-04-01T16:10:00.001Z' }) }),
      'block',
      'book-again',
    ],
    ['an order of this minute', scene({ cycle: cycle({ orderedAt: NOW }) }), 'pass', 'go-on'],
    ['nobody looked who it is', answering({ identity: undefined }), 'hold', 'hold'],
    ['an answer that is no answer', answering({ identity: 'yes' }), 'hold', 'hold'],
  ],
  'DD-02': [
    ['cleared', scene(), 'pass', 'go-on'],
    [
      'expired this minute',
      scene({
        journey: journey({ clearances: [clearance('medical', { validUntil: NOW }), clearance('psychological')] }),
      }),
      'block',
      'book-again',
    ],
    [
      'cleared for another route',
      scene({ journey: journey({ clearances: [clearance('medical', { route: 'im' }), clearance('psychological')] }) }),
      'block',
      'book-again',
    ],
  ],
  'DD-03': [
    ['consents in force', scene(), 'pass', 'go-on'],
    [
      'one withdrawn',
      scene({ journey: journey({ consents: { ...journey().consents, treatment: false } }) }),
      'block',
      'book-again',
    ],
  ],
  'DD-04': [
    ['a drug without such a program', answering({ remsSiteCertified: undefined }), 'pass', 'go-on'],
    ['esketamine, everything in place', scene({ program: nasal }), 'pass', 'go-on'],
    [
      'esketamine, the patient not enrolled',
      answering({ remsPatientEnrolled: false }, { program: nasal }),
      'block',
      'book-again',
    ],
    [
      'esketamine, no prescriber on site',
      answering({ prescriberOnSite: false }, { program: nasal }),
      'block',
      'book-again',
    ],
    [
      'esketamine, the monitor not looked at',
      answering({ monitorOnSite: undefined }, { program: nasal }),
      'hold',
      'hold',
    ],
  ],
  'DD-05': [
    ['two local dates after the last', scene({ cycles: [past(2, '2026-03-31T06:59:00.000Z')] }), 'pass', 'go-on'],
    ['the next local date', scene({ cycles: [past(2, '2026-03-31T07:00:00.000Z')] }), 'block', 'review'],
    ['its own start does not count', scene({ cycles: [cycle({ startedAt: NOW })] }), 'pass', 'go-on'],
    [
      'a dose of an earlier journey counts',
      scene({ cycles: [{ ...past(3, '2026-03-31T16:00:00.000Z'), journeyId: 'j0' }] }),
      'block',
      'review',
    ],
  ],
  'DD-06': [
    ['prepared, nothing owed', scene(), 'pass', 'go-on'],
    ['the last integration owed', scene({ cycles: [past(2, '2026-03-27T16:15:00.000Z', 'owed')] }), 'hold', 'review'],
    [
      'the last integration waived',
      scene({ cycles: [past(2, '2026-03-27T16:15:00.000Z', 'waived')] }),
      'pass',
      'go-on',
    ],
    ['not prepared', scene({ journey: journey({ preparedAt: null }) }), 'hold', 'review'],
  ],
  'DD-07': [
    ['no thoughts', scene(), 'pass', 'go-on'],
    ['low: a wish to be dead', thoughts({ q1: true }), 'pass', 'go-on'],
    ['low: thoughts of suicide, nothing beyond', thoughts({ q1: true, q2: true }), 'pass', 'go-on'],
    ['moderate: a method', thoughts({ q1: true, q2: true, q3: true }), 'hold', 'review'],
    ['high: intent', thoughts({ q2: true, q4: true }), 'block', 'book-again', true],
    ['high: a plan', thoughts({ q2: true, q5: true }), 'block', 'book-again', true],
    ['high: behaviour since the last contact', thoughts({ q6: true }), 'block', 'book-again', true],
    ['high, though other answers are missing', answering({ cssrs: { q4: true } }), 'block', 'book-again', true],
    ['not asked', answering({ cssrs: undefined }), 'hold', 'review'],
    ['one answer missing', thoughts({ q6: undefined }), 'hold', 'review'],
    [
      'the further questions missing after a yes',
      answering({ cssrs: { q1: true, q2: true, q6: false } }),
      'hold',
      'review',
    ],
    [
      'the further questions left out after a no',
      answering({ cssrs: { q1: false, q2: false, q6: false } }),
      'pass',
      'go-on',
    ],
  ],
  'DD-08': [
    ['solids six hours before the drug', answering({ lastAteAt: '2026-04-01T10:15:00.000Z' }), 'pass', 'go-on'],
    ['a minute later', answering({ lastAteAt: '2026-04-01T10:16:00.000Z' }), 'hold', 'review'],
    [
      'clear liquids two hours before the drug',
      answering({ lastDrankAt: '2026-04-01T07:15:00-07:00' }),
      'pass',
      'go-on',
    ],
    [
      'a minute later, by the patient’s clock',
      answering({ lastDrankAt: '2026-04-01T07:16:00-07:00' }),
      'hold',
      'review',
    ],
    [
      'a drug that is late gives more time',
      answering({ lastDrankAt: '2026-04-01T14:20:00.000Z' }, { now: '2026-04-01T16:20:00.000Z' }),
      'pass',
      'go-on',
    ],
    ['not asked when the patient ate', answering({ lastAteAt: undefined }), 'hold', 'review'],
    ['a time that is none', answering({ lastDrankAt: 'this morning' }), 'hold', 'review'],
    [
      'by the nose: two hours, and half an hour',
      answering(
        { lastAteAt: '2026-04-01T14:15:00.000Z', lastDrankAt: '2026-04-01T15:45:00.000Z' },
        { program: program({ dosing: { ...dosing, fasting: { solidsHours: 2, clearLiquidsHours: 0.5 } } }) },
      ),
      'pass',
      'go-on',
    ],
    [
      'by the nose, a minute later',
      answering(
        { lastAteAt: '2026-04-01T14:15:00.000Z', lastDrankAt: '2026-04-01T15:46:00.000Z' },
        { program: program({ dosing: { ...dosing, fasting: { solidsHours: 2, clearLiquidsHours: 0.5 } } }) },
      ),
      'hold',
      'review',
    ],
  ],
  'DD-09': [
    ['140 over 90', answering({ sbp: 140, dbp: 90 }), 'pass', 'go-on'],
    ['141', answering({ sbp: 141, dbp: 90 }), 'hold', 'review'],
    ['91 below', answering({ sbp: 140, dbp: 91 }), 'hold', 'review'],
    ['180 over 100', answering({ sbp: 180, dbp: 100 }), 'hold', 'review'],
    ['181', answering({ sbp: 181, dbp: 90 }), 'block', 'review'],
    ['101 below', answering({ sbp: 140, dbp: 101 }), 'block', 'review'],
    ['179 over 120 is not yet an emergency', answering({ sbp: 179, dbp: 120 }), 'block', 'review'],
    ['190 over 119 is not yet an emergency', answering({ sbp: 190, dbp: 119 }), 'block', 'review'],
    ['180 over 120 is an emergency', answering({ sbp: 180, dbp: 120 }), 'block', 'book-again', true],
    ['a symptom that is no red flag', answering({ symptoms: ['vomiting'] }), 'pass', 'go-on'],
    ['a red flag at a good pressure', answering({ symptoms: ['severe-headache'] }), 'block', 'book-again', true],
    ['a red flag in other spelling', answering({ symptoms: ['Chest pain'] }), 'block', 'book-again', true],
    ['not measured', answering({ sbp: undefined, dbp: undefined }), 'hold', 'review'],
    ['half measured, and that half too high', answering({ sbp: 181, dbp: undefined }), 'block', 'review'],
    ['half measured', answering({ dbp: undefined }), 'hold', 'review'],
    ['150 at 65, where the clinic allows it', answering({ sbp: 150 }, aged(65)), 'pass', 'go-on'],
    ['151 at 65', answering({ sbp: 151 }, aged(65)), 'hold', 'review'],
    ['150 at 64', answering({ sbp: 150 }, aged(64)), 'hold', 'review'],
    ['150 at an unknown age', answering({ sbp: 150 }, { clinic: older, facts: {} }), 'hold', 'review'],
  ],
  'DD-10': [
    ['a heart rate of 50', answering({ heartRate: 50 }), 'pass', 'go-on'],
    ['49', answering({ heartRate: 49 }), 'hold', 'review'],
    ['110', answering({ heartRate: 110 }), 'pass', 'go-on'],
    ['111', answering({ heartRate: 111 }), 'hold', 'review'],
    ['oxygen at 94', answering({ spo2: 94 }), 'pass', 'go-on'],
    ['93', answering({ spo2: 93 }), 'hold', 'review'],
    ['ten breaths a minute', answering({ respiratoryRate: 10 }), 'pass', 'go-on'],
    ['nine', answering({ respiratoryRate: 9 }), 'hold', 'review'],
    ['37.9 degrees', answering({ temperatureC: 37.9 }), 'pass', 'go-on'],
    ['38', answering({ temperatureC: 38 }), 'hold', 'review'],
    ['one not taken', answering({ respiratoryRate: undefined }), 'hold', 'review'],
  ],
  'DD-11': [
    [
      'cannot become pregnant, not asked',
      answering({ couldBePregnant: undefined, pregnancyTest: undefined }),
      'pass',
      'go-on',
    ],
    ['cannot by the sheet, but says that she might', answering({ couldBePregnant: true }), 'hold', 'review'],
    ['a negative test before the first dose', answering({}, first), 'pass', 'go-on'],
    ['no test before the first dose', answering({ pregnancyTest: undefined }, first), 'hold', 'review'],
    ['an unclear test before the first dose', answering({ pregnancyTest: 'unclear' }, first), 'hold', 'review'],
    ['a test of seven days ago', answering({ pregnancyTestOn: '2026-03-25' }, first), 'pass', 'go-on'],
    ['a test of eight days ago', answering({ pregnancyTestOn: '2026-03-24' }, first), 'hold', 'review'],
    ['a test of tomorrow', answering({ pregnancyTestOn: '2026-04-02' }, first), 'hold', 'review'],
    ['a test of no date', answering({ pregnancyTestOn: 'last week' }, first), 'hold', 'review'],
    ['no test before a later dose', answering({ pregnancyTest: undefined }, { facts: fertile }), 'pass', 'go-on'],
    ['a late period before a later dose', answering({ couldBePregnant: true }, { facts: fertile }), 'hold', 'review'],
    ['not asked before a later dose', answering({ couldBePregnant: undefined }, { facts: fertile }), 'hold', 'review'],
    ['a positive test', answering({ pregnancyTest: 'positive' }, { facts: fertile }), 'hold', 'review'],
    ['a sheet that does not say', answering({ couldBePregnant: undefined }, { facts: {} }), 'hold', 'review'],
  ],
  'DD-12': [
    ['nothing in 24 hours', scene(), 'pass', 'go-on'],
    ['something in 24 hours', answering({ substances24h: true }), 'block', 'book-again'],
    ['not asked', answering({ substances24h: undefined }), 'hold', 'hold'],
  ],
  'DD-13': [
    ['an antihypertensive today', answering({ takenToday: ['antihypertensive'] }), 'pass', 'go-on'],
    ['a benzodiazepine today', answering({ takenToday: ['benzodiazepine'] }), 'hold', 'review'],
    ['an opioid today', answering({ takenToday: ['opioid'] }), 'hold', 'review'],
    ['buprenorphine today', answering({ takenToday: ['buprenorphine'] }), 'hold', 'review'],
    ['a stimulant today', answering({ takenToday: ['stimulant'] }), 'hold', 'review'],
    ['an MAOI today', answering({ takenToday: ['MAOI'] }), 'hold', 'review'],
    ['a medicine new since clearance', answering({ newMedicines: ['lithium'] }), 'hold', 'review'],
    ['a nasal decongestant before an infusion', answering({ takenToday: ['nasal-decongestant'] }), 'pass', 'go-on'],
    [
      'a nasal decongestant before a spray',
      answering({ takenToday: ['nasal-decongestant'] }, { program: nasal }),
      'hold',
      'review',
    ],
    ['not asked what was taken', answering({ takenToday: undefined }), 'hold', 'review'],
    ['not asked what is new', answering({ newMedicines: undefined }), 'hold', 'review'],
  ],
  'DD-14': [
    ['well', scene(), 'pass', 'go-on'],
    ['vomiting', answering({ symptoms: ['vomiting'] }), 'hold', 'review'],
    ['urinary symptoms', answering({ symptoms: ['urinary'] }), 'hold', 'review'],
    ['not asked', answering({ symptoms: undefined }), 'hold', 'review'],
  ],
  'DD-15': [
    ['an escort who can be reached', scene(), 'pass', 'go-on'],
    ['an escort who cannot', answering({ escortReachable: false }), 'hold', 'review'],
    ['nobody called', answering({ escortReachable: undefined }), 'hold', 'review'],
    ['no escort named', scene({ journey: journey({ chaperone: 'none' }) }), 'hold', 'review'],
    [
      'a taxi, where the clinic allows it',
      scene({ journey: journey({ chaperone: 'none' }), clinic: policy({ taxiAloneIsEscort: true }) }),
      'pass',
      'go-on',
    ],
  ],
  'DD-16': [
    ['the room signed', scene(), 'pass', 'go-on'],
    ['the room not in order', answering({ roomSigned: false }), 'block', 'book-again'],
    ['the room not signed', answering({ roomSigned: undefined }), 'hold', 'hold'],
  ],
  'DD-17': [
    ['no event', scene(), 'pass', 'go-on'],
    ['a severe one open', event({}), 'block', 'review'],
    ['a moderate one that nobody has reviewed', event({ severity: 2 }), 'hold', 'review'],
    [
      'a moderate one that the provider reviewed',
      event({ severity: 2, decision: 'resume', closedAt: NOW }),
      'pass',
      'go-on',
    ],
    ['one not graded yet', event({ severity: null }), 'block', 'review'],
    ['a severe one closed', event({ closedAt: NOW }), 'pass', 'go-on'],
  ],
  'DD-18': [
    ['wide awake, oriented, willing', scene(), 'pass', 'go-on'],
    ['lethargic', answering({ moaas: 4 }), 'block', 'book-again'],
    ['not oriented', answering({ oriented: false }), 'block', 'book-again'],
    ['does not want to today', answering({ agrees: false }), 'block', 'book-again'],
    ['not asked whether they want to', answering({ agrees: undefined }), 'hold', 'hold'],
  ],
  'DD-19': [
    [
      'in the clinic nothing of it is asked',
      answering({ chaperonePresent: false, videoLive: undefined }),
      'pass',
      'go-on',
    ],
    ['at home, everything in place', answering({}, atHome), 'pass', 'go-on'],
    ['the chaperone is not there', answering({ chaperonePresent: false }, atHome), 'block', 'book-again'],
    ['no picture', answering({ videoLive: false }, atHome), 'block', 'book-again'],
    ['the address not confirmed', answering({ addressConfirmed: undefined }, atHome), 'hold', 'hold'],
    ['nobody to call in an emergency', answering({ emergencyContactConfirmed: false }, atHome), 'block', 'book-again'],
    ['140 over 90 on the cuff', answering({ sbp: 140, dbp: 90 }, atHome), 'pass', 'go-on'],
    ['141 on the cuff', answering({ sbp: 141 }, atHome), 'block', 'book-again'],
    ['no reading of the cuff', answering({ dbp: undefined }, atHome), 'hold', 'hold'],
    ['esketamine', answering({}, { ...atHome, program: nasal }), 'block', 'book-again'],
    ['low suicidality', answering({ cssrs: { ...calm, q1: true } }, atHome), 'pass', 'go-on'],
    ['moderate suicidality', answering({ cssrs: { ...calm, q2: true, q3: true } }, atHome), 'block', 'book-again'],
    ['high suicidality', answering({ cssrs: { ...calm, q6: true } }, atHome), 'block', 'book-again'],
  ],
  'no-hold': [
    ['no hold', scene(), 'pass', 'go-on'],
    [
      'a hold',
      scene({ journey: journey({ holds: [{ reason: 'safety-crisis-1', at: NOW, by: null }] }) }),
      'hold',
      'book-again',
    ],
  ],
};

describe.each(Object.entries(CASES))('on the dosing day, %s', (check, cases) => {
  it.each(cases)('%s', (_case, given, result, follows, crisis = false) => {
    for (const gate of ['dosing-day', 'pre-dose'] as const) {
      const outcome = found(gate, check as CheckId, given);
      expect({ result: outcome.checks[0]?.result, follows: outcome.follows, crisis: outcome.crisis }).toEqual({
        result,
        follows,
        crisis,
      });
    }
  });
});

describe('the dosing-day gate as a whole', () => {
  it('passes a patient with whom everything is as it should be', () => {
    for (const gate of ['dosing-day', 'pre-dose'] as const)
      expect(evaluateGate(gate, scene())).toMatchObject({
        result: 'pass',
        reviewers: [],
        follows: 'go-on',
        crisis: false,
      });
  });

  it('holds, and never passes, a check that asks an answer which is missing', () => {
    const asked = { ...journey(), modality: 'remote' as const };
    for (const key of Object.keys(healthyCheckIn(NOW, PROGRAM))) {
      const given = answering({ [key]: undefined }, { journey: asked, program: nasal, ...first });
      const gates = {
        ...PROGRAM.gates,
        'dosing-day': [...PROGRAM.gates['dosing-day'], 'DD-04' as const, 'DD-19' as const],
      };
      const lawful = { ...given, program: { ...nasal, dosing: { ...nasal.dosing, drug: 'racemic' as const }, gates } };
      const esketamine = { ...given, program: { ...nasal, gates }, journey: journey() };
      const results = [lawful, esketamine].map((each) => evaluateGate('dosing-day', each).checks);
      expect
        .soft(
          results.flat().some(({ result }) => result === 'hold'),
          key,
        )
        .toBe(true);
    }
  });

  it('holds a patient of whom nothing was recorded', () => {
    const outcome = evaluateGate('dosing-day', scene({ cycle: cycle({ check: null }) }));
    const held = outcome.checks.filter(({ result }) => result === 'hold').map(({ id }) => id);
    expect(held).toEqual([
      'DD-01',
      'DD-07',
      'DD-08',
      'DD-09',
      'DD-10',
      'DD-12',
      'DD-13',
      'DD-14',
      'DD-15',
      'DD-16',
      'DD-18',
    ]);
    expect(outcome.follows).toBe('hold');
  });

  it('asks a clinician about moderate suicidality, unless the clinic does not dose after it that day', () => {
    const said = { cssrs: { ...calm, q2: true, q3: true } };
    expect(evaluateGate('dosing-day', answering(said))).toMatchObject({
      result: 'hold',
      reviewers: ['provider'],
      follows: 'review',
    });
    const strict = answering(said, { clinic: policy({ moderateSuicidalitySameDay: false }) });
    expect(evaluateGate('dosing-day', strict)).toMatchObject({ result: 'hold', reviewers: [], follows: 'book-again' });
  });

  it('names every role that has to agree, each once', () => {
    const given = answering(
      { sbp: 150, heartRate: 120, escortReachable: false },
      { cycles: [past(2, '2026-03-27T16:15:00.000Z', 'owed')] },
    );
    expect(evaluateGate('dosing-day', given).reviewers).toEqual(['therapist', 'provider', 'medical-director']);
  });

  it('follows the figures of the clinic and of the program', () => {
    const { bloodPressure, vitals } = policy({}).policy;
    const stricter = policy({
      bloodPressure: { ...bloodPressure, holdAbove: { sbp: 110, dbp: 70 } },
      vitals: { ...vitals, heartRateMax: 60 },
    });
    expect(found('dosing-day', 'DD-09', scene({ clinic: stricter })).result).toBe('hold');
    expect(found('dosing-day', 'DD-10', scene({ clinic: stricter })).result).toBe('hold');
    const longer = program({ dosing: { ...dosing, fasting: { solidsHours: 8, clearLiquidsHours: 2 } } });
    expect(evaluateGate('pre-dose', scene({ program: asking('pre-dose', 'DD-08', longer) })).result).toBe('hold');
  });

  it('counts fasting from now when nothing is booked', () => {
    expect(found('dosing-day', 'DD-08', scene({ dosing: undefined })).result).toBe('pass');
    const early = answering({ lastAteAt: '2026-04-01T10:15:00.000Z' }, { dosing: undefined });
    expect(found('dosing-day', 'DD-08', early).result).toBe('hold');
    expect(
      found('dosing-day', 'DD-08', { ...early, dosing: appointment('dosing', '2026-04-01T16:00:00.000Z') }).result,
    ).toBe('pass');
  });
});
