import { describe, expect, test } from 'vitest';
import { hoursBetween, tell } from '../support/story.ts';

/** What the fourth of a repeated answer counts as: a decline by whoever gave it, before or after a first dose. */
const REPEATED = [
  ['book-appointment', 'unreachable', 1, 'unresponsive'],
  ['medical-clearance', 'more-information', 1, 'ineligible'],
  ['psychological-clearance', 'more-information', 1, 'ineligible'],
  ['plan-sign-off', 'changes', 1, 'ineligible'],
  ['record-preparation', 'another', 1, 'ineligible'],
  ['record-preparation', 'not-ready', 1, 'ineligible'],
  ['book-pair', 'no-slot', 1, 'transferred'],
  ['book-pair', 'unreachable', 1, 'unresponsive'],
  ['dose-order', 'not-ordered', 1, 'ineligible'],
  ['dosing-day-check', 'hold', 1, 'ineligible'],
  ['dosing-day-check', 'cancel-today', 1, 'ineligible'],
  ['dosing-day-check', 'hold', 2, 'stopped-medically'],
  ['dose-order', 'not-ordered', 2, 'stopped-medically'],
  ['book-pair', 'no-slot', 2, 'transferred'],
] as const;

describe.each(['northwest-iv', 'two-then-extend'])('On %s', (program) => {
  test.each(REPEATED)(
    '%s answered %s from number %i on is asked four times, and ends as %s',
    async (task, answer, from, outcome) => {
      const people = [
        ...Array.from({ length: from - 1 }, (_, n) => ({ task, occurrence: n + 1 })),
        { task, ...(task === 'plan-sign-off' && { role: 'therapist' }), answer },
      ];
      const story = await tell({ program, people, until: 'P24M' });
      expect(story.outcome).toBe(outcome);
      expect(story.all('task', { task, event: 'decided', answer })).toHaveLength(4);
      expect(story.all('dose', { event: 'started' }).length).toBe(from - 1);
      const debts = story.all('debt', { event: 'settled' }).length + story.all('debt', { event: 'waived' }).length;
      expect(debts).toBe(from - 1);
    },
  );

  test('each of them three times in one journey, and it goes on', async () => {
    const often = REPEATED.filter(
      ([task, , from]) => from === 1 && task !== 'dosing-day-check' && task !== 'record-preparation',
    );
    const first = new Map<string, number>();
    const people = often.flatMap(([task, answer]) => {
      const from = (first.get(task) ?? 0) + 1;
      first.set(task, from + 2);
      return [0, 1, 2].map((n) => ({ task, occurrence: from + n, answer }));
    });
    const story = await tell({ program, people, until: 'P24M' });
    expect(story.outcome).toBe('completed');
    for (const [task, answer] of often) expect(story.all('task', { task, event: 'decided', answer })).toHaveLength(3);
  });
});

describe.each(['therapist-led', 'three-phase'])('On %s', (program) => {
  test('a plan that the patient wants changed four times is declined by them', async () => {
    const people = [{ task: 'plan-sign-off', role: 'patient', answer: 'changes' }];
    const story = await tell({ program, people });
    expect(story.outcome).toBe('declined');
    expect(story.all('task', { task: 'plan-sign-off', role: 'patient', event: 'decided' })).toHaveLength(4);
  });
});

test('A journey that ends in the evening does not wait over the weekend until somebody could be told of a task that is closed', async () => {
  const story = await tell({
    program: 'moderate-high',
    people: [
      { task: 'dosing-day-check', occurrence: 2, answer: 'cancel-today' },
      { task: 'dosing-day-check', after: 'PT141M', answer: 'proceed', data: { sbp: 150 } },
    ],
  });
  const last = story.all('task', { task: 'gate-review', event: 'expired' }).at(-1);
  expect(story.outcome).toBe('transferred');
  expect(hoursBetween(last ?? '', story.one('outcome'))).toBeLessThan(12);
});
