import { describe, expect, it } from 'vitest';
import { evaluateGate } from '../../../functions/domain/gates/evaluate-gate.ts';
import type { Scene } from '../../../functions/domain/gates/scene.ts';
import type { CheckId } from '../../../functions/domain/names.ts';
import {
  appointment,
  CLINIC,
  clearance,
  found,
  journey,
  PROGRAM,
  past,
  policy,
  program,
  STARTS,
  scene,
} from './scenes.ts';

type Case = [string, Partial<Scene>, string, string];

const { dosing } = PROGRAM;
const screened = {
  disposition: 'review',
  reasons: [],
  notes: [],
  rulesetVersion: 'kap-screening@1',
  reviewRole: null,
  at: '2026-03-05T17:00:00.000Z',
};
const remotely = (over: Partial<Scene> = {}): Partial<Scene> => ({
  journey: journey({ modality: 'remote' }),
  program: program({ dosing: { ...dosing, remoteAllowed: true } }),
  clinic: policy({ homeDosing: true }),
  ...over,
});

const CASES: Partial<Record<CheckId, Case[]>> = {
  'clearance-valid': [
    ['both clearances in date', {}, 'pass', 'go-on'],
    ['the medical one missing', { journey: journey({ clearances: [clearance('psychological')] }) }, 'hold', 'hold'],
    [
      'one expires before the day of the dose',
      {
        now: '2026-03-25T17:00:00.000Z',
        journey: journey({ clearances: [clearance('medical', { validUntil: STARTS }), clearance('psychological')] }),
      },
      'hold',
      'hold',
    ],
    [
      'one expires right after the dose is to start',
      {
        now: '2026-03-25T17:00:00.000Z',
        journey: journey({
          clearances: [clearance('medical', { validUntil: '2026-04-01T16:00:00.001Z' }), clearance('psychological')],
        }),
      },
      'pass',
      'go-on',
    ],
  ],
  'preparation-complete': [
    ['had as often as asked', {}, 'pass', 'go-on'],
    ['none had', { journey: journey({ preparations: 0, preparedAt: null }) }, 'hold', 'review'],
    [
      'had, but the therapist does not call the patient ready',
      { journey: journey({ preparedAt: null }) },
      'hold',
      'review',
    ],
    [
      'one of two had',
      { program: program({ preparation: { ...PROGRAM.preparation, sessions: 2 } }) },
      'hold',
      'review',
    ],
  ],
  'consents-in-force': [
    ['all given and signed', {}, 'pass', 'go-on'],
    ['not signed', { journey: journey({ consentsSignedAt: null }) }, 'hold', 'hold'],
    ['one withdrawn', { journey: journey({ consents: { ...journey().consents, ride: false } }) }, 'hold', 'hold'],
    [
      'one withdrawn that the program does not ask',
      { journey: journey({ consents: { ...journey().consents, sms: false } }) },
      'pass',
      'go-on',
    ],
    [
      'telehealth refused by a patient at home',
      { journey: journey({ modality: 'remote', consents: { ...journey().consents, telehealth: false } }) },
      'hold',
      'hold',
    ],
  ],
  'integration-owed': [
    ['every earlier one done', {}, 'pass', 'go-on'],
    ['the last one owed', { cycles: [past(2, '2026-03-27T16:15:00.000Z', 'owed')] }, 'hold', 'hold'],
    ['the last one overdue', { cycles: [past(2, '2026-03-27T16:15:00.000Z', 'overdue')] }, 'hold', 'hold'],
    [
      'an early one owed',
      { cycles: [past(1, '2026-03-24T16:15:00.000Z', 'owed'), past(2, '2026-03-27T16:15:00.000Z')] },
      'hold',
      'hold',
    ],
    ['the last one waived', { cycles: [past(2, '2026-03-27T16:15:00.000Z', 'waived')] }, 'pass', 'go-on'],
    [
      'owed, in a program that does not ask for it before the next dose',
      {
        cycles: [past(2, '2026-03-27T16:15:00.000Z', 'owed')],
        program: program({ integration: { ...PROGRAM.integration, requiredBeforeNextDose: false } }),
      },
      'pass',
      'go-on',
    ],
  ],
  'integration-window': [
    ['nothing chosen yet', { dosing: undefined, integration: undefined }, 'pass', 'go-on'],
    ['a dose without its integration', { integration: undefined }, 'hold', 'hold'],
    ['a minute too early', { integration: appointment('integration', '2026-04-02T17:44:00.000Z') }, 'hold', 'hold'],
    ['as the window opens', { integration: appointment('integration', '2026-04-02T17:45:00.000Z') }, 'pass', 'go-on'],
    ['as the window closes', { integration: appointment('integration', '2026-04-03T17:45:00.000Z') }, 'pass', 'go-on'],
    ['a minute too late', { integration: appointment('integration', '2026-04-03T17:46:00.000Z') }, 'hold', 'hold'],
  ],
  spacing: [
    ['none chosen yet', { dosing: undefined, cycles: [past(2, '2026-04-01T16:00:00.000Z')] }, 'pass', 'go-on'],
    ['two local dates after the last', { cycles: [past(2, '2026-03-31T06:59:00.000Z')] }, 'pass', 'go-on'],
    [
      'to the minute after a gap in hours',
      {
        cycles: [past(2, '2026-03-30T16:00:00.000Z')],
        program: program({ series: { ...PROGRAM.series, spacing: { min: 'PT48H', max: 'P7D', perWeek: 7 } } }),
      },
      'pass',
      'go-on',
    ],
    ['the next local date', { cycles: [past(2, '2026-03-31T07:00:00.000Z')] }, 'block', 'review'],
    [
      'the third in seven days',
      { cycles: [past(1, '2026-03-26T16:00:00.000Z'), past(2, '2026-03-28T16:00:00.000Z')] },
      'block',
      'review',
    ],
    [
      'the third on the eighth day',
      { cycles: [past(1, '2026-03-25T16:00:00.000Z'), past(2, '2026-03-28T16:00:00.000Z')] },
      'pass',
      'go-on',
    ],
  ],
  'measures-due': [
    ['none due', {}, 'pass', 'go-on'],
    ['one due', { measuresDue: ['phq9'] }, 'hold', 'hold'],
  ],
  'no-hold': [
    ['no hold', {}, 'pass', 'go-on'],
    ['paused', { journey: journey({ holds: [{ reason: 'paused', at: STARTS, by: null }] }) }, 'hold', 'hold'],
  ],
  staffing: [
    ['everybody there', {}, 'pass', 'go-on'],
    ['the therapist’s licence has run out', { therapistLicensed: false }, 'hold', 'hold'],
    [
      'in a program whose integration needs no licence',
      { therapistLicensed: false, program: program({ integration: { ...PROGRAM.integration, licensed: false } }) },
      'pass',
      'go-on',
    ],
    [
      'a clinic without a nurse',
      { clinic: { ...CLINIC, practitioners: CLINIC.practitioners.filter(({ roles }) => !roles.includes('nurse')) } },
      'hold',
      'hold',
    ],
  ],
  'payment-acknowledged': [
    ['acknowledged', {}, 'pass', 'go-on'],
    ['not acknowledged', { journey: journey({ costAcknowledgedAt: null }) }, 'hold', 'hold'],
    [
      'not asked by the program',
      {
        journey: journey({ costAcknowledgedAt: null }),
        program: program({ plan: { ...PROGRAM.plan, acknowledgeCost: false } }),
      },
      'pass',
      'go-on',
    ],
  ],
  'chaperone-confirmed': [
    ['named', {}, 'pass', 'go-on'],
    ['none', { journey: journey({ chaperone: 'none' }) }, 'hold', 'review'],
    [
      'a taxi alone, where the clinic allows it',
      { journey: journey({ chaperone: 'none' }), clinic: policy({ taxiAloneIsEscort: true }) },
      'pass',
      'go-on',
    ],
    [
      'none, in a program where it is optional',
      { journey: journey({ chaperone: 'none' }), program: program({ dosing: { ...dosing, chaperone: 'optional' } }) },
      'pass',
      'go-on',
    ],
    [
      'none at home, whatever is allowed in the clinic',
      { journey: journey({ chaperone: 'none', modality: 'remote' }), clinic: policy({ taxiAloneIsEscort: true }) },
      'hold',
      'review',
    ],
  ],
  'remote-allowed': [
    ['in person', {}, 'pass', 'go-on'],
    ['at home, allowed by program and clinic', remotely(), 'pass', 'go-on'],
    ['the program does not allow it', remotely({ program: PROGRAM }), 'block', 'end'],
    ['the clinic does not', remotely({ clinic: policy({ homeDosing: false }) }), 'block', 'end'],
    [
      'moderate suicidality at the last screening',
      remotely({ journey: journey({ modality: 'remote', screening: { ...screened, reasons: ['SI_MODERATE'] } }) }),
      'block',
      'end',
    ],
    [
      'esketamine',
      remotely({ program: program({ dosing: { ...dosing, remoteAllowed: true, drug: 'esketamine' } }) }),
      'block',
      'end',
    ],
    [
      'never seen in person, on the last day of the flexibility',
      remotely({ inPersonEvaluatedOn: null, dosing: appointment('dosing', '2027-01-01T07:59:00.000Z') }),
      'pass',
      'go-on',
    ],
    [
      'never seen in person, the day after',
      remotely({ inPersonEvaluatedOn: null, dosing: appointment('dosing', '2027-01-01T08:00:00.000Z') }),
      'block',
      'end',
    ],
    [
      'seen in person on the very day',
      remotely({ inPersonEvaluatedOn: '2027-01-01', dosing: appointment('dosing', '2027-01-01T08:00:00.000Z') }),
      'pass',
      'go-on',
    ],
    [
      'to be seen in person only on the next day',
      remotely({ inPersonEvaluatedOn: '2027-01-02', dosing: appointment('dosing', '2027-01-01T08:00:00.000Z') }),
      'block',
      'end',
    ],
    [
      'seen in person, the day after',
      remotely({ dosing: appointment('dosing', '2027-01-01T08:00:00.000Z') }),
      'pass',
      'go-on',
    ],
  ],
};

describe.each(Object.entries(CASES))('before a pair is booked, %s', (check, cases) => {
  it.each(cases)('%s', (_case, over, result, follows) => {
    const outcome = found('booking', check as CheckId, scene(over));
    expect({ id: outcome.checks[0]?.id, result: outcome.checks[0]?.result, follows: outcome.follows }).toEqual({
      id: check,
      result,
      follows,
    });
  });
});

describe('the booking gate as a whole', () => {
  it('passes a patient with whom everything is as it should be, every check named in the program’s order', () => {
    const outcome = evaluateGate('booking', scene());
    expect(outcome).toMatchObject({ result: 'pass', reviewers: [], follows: 'go-on', crisis: false });
    expect(outcome.checks).toEqual(PROGRAM.gates.booking.map((id) => ({ id, result: 'pass' })));
  });

  it('waits for what resolves itself before it asks anybody to override the rest', () => {
    const outcome = evaluateGate('booking', scene({ measuresDue: ['phq9'], journey: journey({ chaperone: 'none' }) }));
    expect(outcome).toMatchObject({ result: 'hold', follows: 'hold', reviewers: ['provider', 'medical-director'] });
  });

  it('ends on what nobody can override, whatever else could be', () => {
    const over = remotely({ clinic: CLINIC, measuresDue: ['phq9'] });
    const gates = { ...PROGRAM.gates, booking: [...PROGRAM.gates.booking, 'remote-allowed' as const] };
    expect(evaluateGate('booking', scene({ ...over, program: program({ gates }) }))).toMatchObject({
      result: 'block',
      follows: 'end',
    });
  });
});
