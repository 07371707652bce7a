import { describe, expect, test } from 'vitest';
import type { Task } from '../../../functions/domain/journey/task.ts';
import type { Role } from '../../../functions/domain/names.ts';
import { answerRefusal } from '../../../functions/domain/tasks/answers.ts';

const review = (kind: Task['kind'], role: Role, asked: Role[]): Task => ({
  journeyId: 'j1',
  number: 1,
  id: `${kind}-1`,
  kind,
  subject: 'c1',
  repetition: 1,
  occurrence: 1,
  role,
  assignee: null,
  claimedBy: null,
  state: 'open',
  line: 'main',
  ask: { kind },
  appointmentId: null,
  revision: null,
  plannedAt: '2026-03-02T17:00:00.000Z',
  opensAt: '2026-03-02T17:00:00.000Z',
  openedAt: '2026-03-02T17:00:00.000Z',
  dueAt: '2026-03-03T17:00:00.000Z',
  rung: asked.length - 1,
  holder: asked.at(-1) ?? role,
  asked,
  nudges: 1,
  nextAt: null,
  callTaskId: null,
  answer: null,
  by: null,
  decidedAt: null,
  reason: null,
  data: {},
  takenUp: false,
});

const said = (task: Task, answer: string, role: Role) => answerRefusal(task, answer, { role, id: role }, 'as agreed');

describe('A review that nobody of its role answered has climbed to somebody else, who', () => {
  test.each([
    ['gate-review', 'overridden', 'not-overridden'],
    ['screening-review', 'proceed', 'decline'],
  ] as const)('may say no to a %s of the medical director, but not let it pass', (kind, yes, no) => {
    const task = review(kind, 'medical-director', ['medical-director', 'provider']);
    expect(said(task, yes, 'provider')).toBe(`${yes} is for a medical-director to say, not for a provider`);
    expect(said(task, no, 'provider')).toBeUndefined();
    expect(said(task, yes, 'medical-director')).toBeUndefined();
  });

  test('may let pass as the medical director what was asked of a provider', () => {
    const task = review('gate-review', 'provider', ['provider', 'medical-director']);
    expect(said(task, 'overridden', 'medical-director')).toBeUndefined();
    expect(said(task, 'overridden', 'provider')).toBeUndefined();
  });
});

test.each([null, '', '  '])('A review needs a reason to be overridden (%j)', (reason) => {
  const task = review('gate-review', 'provider', ['provider']);
  expect(answerRefusal(task, 'overridden', { role: 'provider', id: 'provider-1' }, reason)).toBe(
    'overridden needs a reason',
  );
});
