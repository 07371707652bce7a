import { describe, expect, it } from 'vitest';
import { evaluateGate } from '../../../functions/domain/gates/evaluate-gate.ts';
import type { Scene } from '../../../functions/domain/gates/scene.ts';
import type { GateKind, Role } from '../../../functions/domain/names.ts';
import { clearance, journey, PROGRAM, program, scene } from './scenes.ts';

const screened = (disposition: string, role: Role | null = null, answer: string | null = null): Partial<Scene> => ({
  journey: journey({
    screening: {
      disposition,
      reasons: [],
      notes: [],
      rulesetVersion: 'kap-screening@1',
      reviewRole: role,
      at: '2026-03-05T17:00:00.000Z',
    },
  }),
  screeningReview: { role, answer },
});
const unwilling = { openToReflection: true, willAttendIntegration: false };
const optional = PROGRAM.fit.questions.map((question) => ({ ...question, required: false }));

describe('the gates before the series', () => {
  it.each<[string, GateKind, Partial<Scene>, string, string[], string]>([
    ['a committed patient', 'commitment', {}, 'pass', [], 'go-on'],
    [
      'not willing to attend integration',
      'commitment',
      { fit: unwilling },
      'block',
      ['will-attend-integration'],
      'end',
    ],
    [
      'not open to reflection',
      'commitment',
      { fit: { openToReflection: false, willAttendIntegration: true } },
      'block',
      ['open-to-reflection'],
      'end',
    ],
    ['screened and eligible', 'screening', {}, 'pass', [], 'go-on'],
    [
      'not screened yet',
      'screening',
      { journey: journey({ screening: null }) },
      'hold',
      ['screening-answered', 'screening-decided'],
      'hold',
    ],
    [
      'flags that the provider has not decided on',
      'screening',
      screened('review', 'provider'),
      'hold',
      ['screening-decided'],
      'review',
    ],
    [
      'more information wanted',
      'screening',
      screened('review', 'provider', 'more-information'),
      'hold',
      ['screening-decided'],
      'review',
    ],
    ['flags decided on', 'screening', screened('review', 'provider', 'proceed'), 'pass', [], 'go-on'],
    ['declined', 'screening', screened('review', 'provider', 'decline'), 'block', ['screening-decided'], 'end'],
    [
      'not eligible, for the medical director to overturn',
      'screening',
      screened('ineligible', 'medical-director'),
      'block',
      ['screening-decided'],
      'review',
    ],
    ['overturned', 'screening', screened('ineligible', 'medical-director', 'proceed'), 'pass', [], 'go-on'],
    [
      'not eligible, and nobody may overturn it',
      'screening',
      screened('ineligible'),
      'block',
      ['screening-decided'],
      'end',
    ],
    [
      'a crisis is for its own pathway first',
      'screening',
      screened('crisis', 'provider', 'proceed'),
      'block',
      ['screening-decided'],
      'hold',
    ],
    ['cleared', 'clearance', {}, 'pass', [], 'go-on'],
    [
      'one clearance still open',
      'clearance',
      { journey: journey({ clearances: [clearance('medical')] }) },
      'hold',
      ['psychologically-cleared'],
      'hold',
    ],
    [
      'one voided',
      'clearance',
      {
        journey: journey({
          clearances: [clearance('medical', { voidedAt: '2026-03-11T17:00:00.000Z' }), clearance('psychological')],
        }),
      },
      'hold',
      ['medically-cleared'],
      'hold',
    ],
    ['ready to be enrolled', 'enrolment', {}, 'pass', [], 'go-on'],
    ['a commitment that was not given', 'enrolment', { fit: unwilling }, 'block', ['commitment-given'], 'end'],
    [
      'a commitment that the program does not require',
      'enrolment',
      { fit: unwilling, program: program({ fit: { ...PROGRAM.fit, questions: optional } }) },
      'pass',
      [],
      'go-on',
    ],
    [
      'the one required commitment given, the other not',
      'enrolment',
      {
        fit: unwilling,
        program: program({
          fit: { ...PROGRAM.fit, questions: PROGRAM.fit.questions.filter(({ id }) => id === 'openToReflection') },
        }),
      },
      'pass',
      [],
      'go-on',
    ],
    [
      'the one required commitment not given, the other given',
      'enrolment',
      {
        fit: unwilling,
        program: program({
          fit: { ...PROGRAM.fit, questions: PROGRAM.fit.questions.filter(({ id }) => id === 'willAttendIntegration') },
        }),
      },
      'block',
      ['commitment-given'],
      'end',
    ],
    [
      'a signature missing under the plan',
      'enrolment',
      { journey: journey({ planSignedBy: ['therapist', 'patient'] }) },
      'hold',
      ['plan-signed'],
      'hold',
    ],
    [
      'no plan in the program',
      'enrolment',
      {
        journey: journey({ planSignedBy: [] }),
        program: program({ phases: PROGRAM.phases.filter((phase) => phase !== 'plan') }),
      },
      'pass',
      [],
      'go-on',
    ],
    [
      'consents and cost open',
      'enrolment',
      { journey: journey({ consentsSignedAt: null, costAcknowledgedAt: null }) },
      'hold',
      ['consents-in-force', 'payment-acknowledged'],
      'hold',
    ],
  ])('%s', (_case, gate, over, result, failing, follows) => {
    const outcome = evaluateGate(
      gate,
      scene({ cycle: undefined, cycles: [], dosing: undefined, integration: undefined, ...over }),
    );
    expect({
      result: outcome.result,
      failing: outcome.checks.filter((each) => each.result !== 'pass').map(({ id }) => id),
      follows: outcome.follows,
    }).toEqual({ result, failing, follows });
  });

  it('asks whom the screening’s rules name', () => {
    expect(evaluateGate('screening', scene(screened('ineligible', 'medical-director'))).reviewers).toEqual([
      'medical-director',
    ]);
  });

  it('tells that a screening is a crisis', () => {
    expect(evaluateGate('screening', scene(screened('crisis'))).crisis).toBe(true);
  });
});
