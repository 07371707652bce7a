import { describe, expect, it } from 'vitest';
import type { Task } from '../../../functions/domain/journey/task.ts';
import { isOverdueUnowned, isPageUnanswered } from '../../../functions/domain/tasks/watching.ts';
import { openTask } from '../../support/open-task.ts';
import { CLINIC } from '../gates/scenes.ts';

const NOW = '2026-03-02T17:00:00.000Z';

const task = (changes: Partial<Task>): Task =>
  openTask('book-pair', {
    assignee: 'coordinator-1',
    openedAt: '2026-03-01T17:00:00.000Z',
    dueAt: '2026-03-02T16:00:00.000Z',
    ...changes,
  });

describe('A task is overdue without an owner', () => {
  it.each<[boolean, string, Partial<Task>]>([
    [true, 'an hour after it was due, while nobody has taken it on', {}],
    [true, 'also once it climbed the ladder', { holder: 'medical-director', rung: 2 }],
    [false, 'not in the first hour: somebody may be reading of it', { dueAt: '2026-03-02T16:00:00.001Z' }],
    [false, 'not when somebody has taken it on', { claimedBy: 'coordinator-1' }],
    [false, 'not when it is due at no time', { dueAt: null }],
    [false, "not when it is the patient's, who is called instead", { role: 'patient', holder: 'patient' }],
    [false, "not when it is a practice's, which is passed over", { role: 'partner', holder: 'partner' }],
    [false, 'not when it is a page, which rings much earlier', { kind: 'acknowledge-safety', holder: 'on-call' }],
  ])('%s: %s', (expected, _why, changes) => {
    expect(isOverdueUnowned(task(changes), NOW)).toBe(expected);
  });
});

describe('A page of a safety event is unanswered', () => {
  const page = (openedAt: string | null): Task => task({ kind: 'acknowledge-safety', holder: 'on-call', openedAt });
  const silent = (each: Task, clinic = CLINIC) => isPageUnanswered(each, clinic, NOW);

  it('once the time of whoever is on call is over, as the clinic sets it (5 minutes)', () => {
    expect(silent(page('2026-03-02T16:55:00.000Z'))).toBe(false);
    expect(silent(page('2026-03-02T16:54:59.999Z'))).toBe(true);
  });

  it('after the repetition where the clinic pages nobody else', () => {
    const safety = { ...CLINIC.policy.safety, pages: [{ after: 'PT10M', to: 'on-call' as const }] };
    const alone = { ...CLINIC, policy: { ...CLINIC.policy, safety } };
    expect(silent(page('2026-03-02T16:51:00.000Z'), alone)).toBe(false);
    expect(silent(page('2026-03-02T16:49:00.000Z'), alone)).toBe(true);
  });

  it('never while it is not open yet, and never when it is another task', () => {
    expect(silent(page(null))).toBe(false);
    expect(silent(task({}))).toBe(false);
  });
});
