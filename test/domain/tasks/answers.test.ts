import { describe, expect, test } from 'vitest';
import type { Task } from '../../../functions/domain/journey/task.ts';
import type { Role } from '../../../functions/domain/names.ts';
import { answerRefusal } from '../../../functions/domain/tasks/answers.ts';
import { openTask } from '../../support/open-task.ts';

const review = (kind: Task['kind'], role: Role, asked: Role[]): Task =>
  openTask(kind, { role, asked, holder: asked.at(-1) ?? role, rung: asked.length - 1, nudges: 1 });

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
