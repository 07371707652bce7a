import { describe, expect, test } from 'vitest';
import type { Clinic } from '../../../functions/domain/clinic/clinic.ts';
import type { Task } from '../../../functions/domain/journey/task.ts';
import { ladderFor, ladderUntilEvening } from '../../../functions/domain/tasks/ladder.ts';
import { CLINIC } from '../gates/scenes.ts';

const NURSE = [
  { after: 'PT15M', toRole: 'provider' },
  { after: 'PT30M', toRole: 'medical-director' },
] as const;
const SLOW = [{ after: 'PT12H', toRole: 'medical-director' }] as const;
const [toProvider, toDirector] = NURSE;

type Case = [string, Task['ask'], Task['role'], Clinic['ladders'], Clinic['ladders'][Task['role']]];

test.each<Case>([
  ['a nurse’s check-in climbs the nurse’s', { kind: 'dosing-day-check' }, 'nurse', { nurse: [...NURSE] }, [...NURSE]],
  [
    'a provider’s check-in climbs it too, past the provider',
    { kind: 'dosing-day-check' },
    'provider',
    { nurse: [...NURSE], provider: [...SLOW] },
    [toDirector],
  ],
  [
    'a therapist’s record of a dose climbs it whole',
    { kind: 'record-dose' },
    'therapist',
    { nurse: [...NURSE], therapist: [...SLOW] },
    [toProvider, toDirector],
  ],
  [
    'a discharge does not wait for half a day',
    { kind: 'discharge' },
    'provider',
    { nurse: [...NURSE], provider: [...SLOW] },
    [toDirector],
  ],
  [
    'nor does a review for which the patient sits there',
    { kind: 'gate-review', about: 'pre-dose:c1:dosing-1:2' },
    'provider',
    { nurse: [...NURSE], provider: [...SLOW] },
    [toDirector],
  ],
  [
    'a review before a booking does',
    { kind: 'gate-review', about: 'booking:c1:2' },
    'provider',
    { nurse: [...NURSE], provider: [...SLOW] },
    [...SLOW],
  ],
  [
    'what is not done on site climbs its own role’s',
    { kind: 'medical-clearance' },
    'provider',
    { nurse: [...NURSE], provider: [...SLOW] },
    [...SLOW],
  ],
  [
    'a clinic that is quicker than that stays so',
    { kind: 'discharge' },
    'provider',
    { nurse: [...NURSE], provider: [{ after: 'PT5M', toRole: 'nurse' }] },
    [{ after: 'PT5M', toRole: 'nurse' }],
  ],
  ['a clinic without nurses climbs what it has', { kind: 'discharge' }, 'provider', { provider: [...SLOW] }, [...SLOW]],
  [
    'days are longer than minutes',
    { kind: 'record-dose' },
    'therapist',
    { nurse: [...NURSE], therapist: [{ after: 'P1D', toRole: 'medical-director' }] },
    [...NURSE],
  ],
])('%s', (_case, ask, role, ladders, climbed) => {
  expect(ladderFor({ role, ask, dueAt: null }, { ...CLINIC, ladders })).toEqual(climbed);
});

describe('What a begun dose still needs in the evening', () => {
  const evening = '2026-03-10T03:00:00.000Z';
  const onCall = (after: string) => ({ after, toRole: 'on-call' as const });

  test.each([
    ['is on call’s then', 'discharge', '2026-03-09T22:00:00.000Z', [...NURSE, onCall('PT18000S')]],
    ['is on call’s before a slower rung', 'record-dose', '2026-03-10T02:50:00.000Z', [onCall('PT600S'), ...NURSE]],
    [
      'climbs as fast as ever where it is due later',
      'discharge',
      '2026-03-10T03:00:00.000Z',
      [...NURSE, onCall('PT1800S')],
    ],
    ['is nothing of other tasks', 'next-step', '2026-03-09T22:00:00.000Z', [...NURSE]],
  ] as const)('%s', (_case, kind, dueAt, climbed) => {
    expect(ladderUntilEvening(NURSE, { ask: { kind }, dueAt }, evening)).toEqual(climbed);
  });
});
