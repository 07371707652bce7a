import { describe, expect, test } from 'vitest';
import { checkInvariants } from '../../../local/invariants/check.ts';
import { readScenario } from '../../../local/rehearsal/scenario.ts';
import {
  asked,
  changed,
  GOOD,
  gate,
  la,
  type Told,
  task,
  violationsOf,
  visit,
  withMore,
  worldOf,
} from './a-journey.ts';

test('a journey as it should be holds every invariant', () => {
  expect(checkInvariants(worldOf(GOOD)).filter(({ held }) => !held)).toEqual([]);
});

const overridden = (id: string, by: string[]) => ({
  checks: [{ id, result: 'overridden' as const, by, reason: 'benefit' }],
});

describe('1: no dose without what it needs', () => {
  test('is content with the gate of the clinic’s day where the patient’s clock goes over midnight before the dose', () => {
    const early = ([when, entry]: Told): Told =>
      entry.kind === 'gate' && entry.gate === 'dosing-day' ? [when.replace('09:10', '08:55'), entry] : [when, entry];
    const zones = [{ at: la('01-01 00:00'), zone: 'Asia/Singapore' }];
    expect(violationsOf(1, GOOD.map(early), { zones })).toEqual([]);
  });

  test.each<[string, Told[], RegExp]>([
    [
      'having passed every gate before',
      changed((e) => e.kind === 'gate' && e.gate === 'commitment'),
      /^dose 1 was confirmed without having passed the commitment gate$/,
    ],
    [
      'a clearance',
      changed((e) => e.kind === 'task' && e.task === 'medical-clearance'),
      /^dose 1 was confirmed without the medical clearance$/,
    ],
    [
      'a clearance that was not declined',
      changed(
        (e) => e.kind === 'task' && e.task === 'medical-clearance',
        ...asked('03-03 11:00', 'medical-clearance', { answer: 'declined' }),
      ),
      /without the medical clearance/,
    ],
    [
      'a clearance after the last finding',
      withMore([
        '03-09 12:00',
        { kind: 'screening', disposition: 'review', reasons: ['X'], notes: [], rulesetVersion: '1' },
      ]),
      /^dose 1 was given with a medical clearance older than the screening/,
    ],
    [
      'a preparation that is complete',
      changed(
        (e) => e.kind === 'task' && e.task === 'record-preparation',
        ...asked('03-05 15:15', 'record-preparation', { answer: 'another' }),
      ),
      /before the preparation was complete/,
    ],
    [
      'signed consents',
      changed((e) => e.kind === 'task' && e.task === 'sign-consents'),
      /before the consents were signed/,
    ],
    [
      'a booked integration',
      changed((e) => e.kind === 'appointment' && e.id === 'integration-1'),
      /^dose 1 was confirmed without an integration booked/,
    ],
    [
      'an integration that still stands',
      withMore(visit('03-09 10:00', 'integration', 'cancelled', '03-11 12:00', 1)),
      /^dose 1 was given without an integration booked/,
    ],
    [
      'an integration inside its window',
      withMore(visit('03-09 10:00', 'integration', 'moved', '03-11 10:44', 1, { revision: 2 })),
      /^dose 1 was given with integration integration-1 at .*, outside/,
    ],
    [
      'its earlier debts closed',
      changed((e) => e.kind === 'debt' && e.cycle === 1 && e.event === 'settled'),
      /^dose 2 was confirmed while dose 1 still owes its integration/,
    ],
    [
      'no hold',
      withMore(['03-09 10:00', { kind: 'hold', event: 'placed', reason: 'crisis' }]),
      /^dose 1 was given during the hold "crisis"/,
    ],
    [
      'the gates of the day',
      changed((e) => e.kind === 'gate' && e.gate === 'pre-dose' && e.occurrence === 1),
      /^dose 1 was given without the pre-dose gate of that day/,
    ],
    [
      'gates that pass',
      changed(
        (e) => e.kind === 'gate' && e.gate === 'pre-dose' && e.occurrence === 2,
        gate('03-17 09:14', 'pre-dose', 2, { result: 'hold' }),
      ),
      /^dose 2 was given though pre-dose gate 2 said hold/,
    ],
    [
      'the route of the program',
      changed(
        (e) => e.kind === 'dose' && e.cycle === 2,
        ['03-17 09:16', { kind: 'dose', cycle: 2, event: 'started', route: 'im' }],
      ),
      /^dose 2 was given by im/,
    ],
  ])('needs %s', (_name, told, sentence) => {
    expect(violationsOf(1, told)).toContainEqual(expect.stringMatching(sentence));
  });

  const soon = (day: string): Told[] => [
    gate(`${day} 09:10`, 'dosing-day', 3),
    gate(`${day} 09:15`, 'pre-dose', 3),
    visit('03-18 14:00', 'integration', 'booked', '03-20 12:00', 3),
    [`${day} 09:15`, { kind: 'dose', cycle: 3, event: 'started', route: 'iv' }],
  ];

  test('needs its days of spacing, which are local dates', () => {
    expect(violationsOf(1, withMore(...soon('03-18'))).join()).toMatch(
      /dose 3 was given less than P2D after the dose at/,
    );
    expect(violationsOf(1, withMore(...soon('03-19')))).toEqual([]);
  });

  test('allows only so many in seven days', () => {
    const third = withMore(...soon('03-19'), ...cycleLike(4, '03-23'));
    expect(violationsOf(1, third).join()).toMatch(/dose 4 was given as dose 3 in seven days, where 2 are allowed/);
  });

  test('a clearance ends', async () => {
    const late = changed(
      (e) => e.kind === 'task' && e.task === 'medical-clearance',
      ...asked('03-02 09:00', 'medical-clearance'),
    );
    const base = worldOf(late).scenario;
    const clearances = base.program.clearances.map((each) => ({ ...each, validFor: 'P8D' }));
    const scenario = { ...base, program: { ...base.program, clearances } };
    expect(violationsOf(1, late, { scenario }).join()).toMatch(/with a medical clearance that ended at/);
  });

  test('a missing consent of the patient is found', async () => {
    const scenario = await readScenario({ program: 'northwest-iv', patient: { consents: { ride: false } } });
    expect(violationsOf(1, GOOD, { scenario }).join()).toMatch(/without the consent "ride"/);
  });

  test('what was overridden by those who may is let pass', () => {
    const early = changed(
      (e) => e.kind === 'task' && e.task === 'record-preparation',
      gate('03-06 09:59', 'booking', 8, overridden('preparation-complete', ['therapist-1', 'provider-1'])),
    );
    const both = early.map(([when, entry]): (typeof early)[number] =>
      entry.kind === 'gate' && entry.gate === 'booking'
        ? [when, { ...entry, ...overridden('preparation-complete', ['therapist-1', 'provider-1']) }]
        : [when, entry],
    );
    expect(violationsOf(1, both)).toEqual([]);
    expect(violationsOf(1, early).join()).toMatch(/before the preparation was complete/);
  });
});

const cycleLike = (cycle: number, day: string): Told[] => [
  gate(`${day} 09:10`, 'dosing-day', cycle),
  gate(`${day} 09:15`, 'pre-dose', cycle),
  visit('03-18 15:00', 'integration', 'booked', '03-24 12:00', cycle),
  [`${day} 09:15`, { kind: 'dose', cycle, event: 'started', route: 'iv' }],
];

describe('2: every dose owes an integration', () => {
  const noDebt = (event: string, cycle = 1) =>
    changed((e) => e.kind === 'debt' && e.cycle === cycle && e.event === event);

  test.each<[string, Told[], string]>([
    ['a dose that owes nothing', noDebt('owed'), 'dose 1 owes no integration'],
    ['a debt that nobody closed', noDebt('settled', 2), 'the journey ended while dose 2 still owed its integration'],
    [
      'a debt that is told twice',
      withMore(['03-10 10:00', { kind: 'debt', cycle: 1, event: 'owed' }]),
      'dose 1 owes its integration 2 times',
    ],
    [
      'a debt waived without a reason',
      [...noDebt('settled', 2), ['03-20 10:00', { kind: 'debt', cycle: 2, event: 'waived', by: 'therapist-11' }]],
      'the debt of dose 2 was waived without who and why',
    ],
    [
      'a debt settled without an integration',
      changed((e) => e.kind === 'appointment' && e.appointment === 'integration' && e.event === 'attended'),
      'the debt of dose 1 was settled without an integration',
    ],
  ])('finds %s', (_name, told, sentence) => {
    expect(violationsOf(2, told)).toContain(sentence);
  });

  test('finds an integration that nobody called overdue, and not one that was', () => {
    const missed = changed(
      (e) =>
        (e.kind === 'debt' && e.cycle === 2 && e.event === 'settled') ||
        (e.kind === 'appointment' && e.id === 'integration-2' && e.event === 'attended'),
    );
    const waived: Told = [
      '03-24 10:00',
      { kind: 'debt', cycle: 2, event: 'waived', by: 'therapist-11', reason: 'moved away' },
    ];
    expect(violationsOf(2, [...missed, waived])).toEqual([
      expect.stringMatching(/^the integration of dose 2 was not called overdue at 2026-03-19T17:45/),
    ]);
    expect(violationsOf(2, [...missed, ['03-19 10:45', { kind: 'debt', cycle: 2, event: 'overdue' }], waived])).toEqual(
      [],
    );
  });
});

describe('10: every override names who and why', () => {
  test.each<[string, Told, RegExp]>([
    [
      'a check overridden without a reason',
      gate('03-20 10:00', 'booking', 3, { checks: [{ id: 'spacing', result: 'overridden', by: ['provider-1'] }] }),
      /^spacing of booking gate 3 was overridden without who and why$/,
    ],
    [
      'a check overridden by nobody',
      gate('03-20 10:00', 'booking', 3, { checks: [{ id: 'spacing', result: 'overridden', reason: 'benefit' }] }),
      /without who and why/,
    ],
    [
      'a check that nobody may override',
      gate('03-20 10:00', 'booking', 3, overridden('no-hold', ['provider-1'])),
      /no-hold of booking gate 3 was overridden, which nobody may/,
    ],
    [
      'one of two roles',
      gate('03-20 10:00', 'booking', 3, overridden('integration-owed', ['provider-1'])),
      /was overridden without a therapist/,
    ],
    [
      'an answer without a reason',
      task('03-20 10:00', 'gate-review', 'decided', { answer: 'overridden' }),
      /^task gate-review-1 was overridden without who and why$/,
    ],
    [
      'a waiver by somebody who is no clinician',
      ['03-20 10:00', { kind: 'debt', cycle: 2, event: 'waived', by: 'coordinator-1', reason: 'no time' }],
      /waived by coordinator-1, who is no clinician/,
    ],
  ])('finds %s', (_name, told, sentence) => {
    expect(violationsOf(10, withMore(told))).toEqual([expect.stringMatching(sentence)]);
  });

  test('lets both roles together override, or the medical director', () => {
    const both = gate('03-20 10:00', 'booking', 3, overridden('integration-owed', ['provider-1', 'therapist-1']));
    const director = gate('03-20 11:00', 'booking', 4, overridden('integration-owed', ['medical-director-1']));
    expect(violationsOf(10, withMore(both, director))).toEqual([]);
  });
});

test('where a dose owes two sessions, one of them settles nothing', async () => {
  const scenario = await readScenario({ program: 'northwest-iv' });
  const { program } = scenario;
  const two = { ...scenario, program: { ...program, integration: { ...program.integration, perDose: 2 } } };
  expect(violationsOf(2, GOOD, { scenario: two })).toContain(
    'the debt of dose 1 was settled after 1 of 2 integrations',
  );
});
