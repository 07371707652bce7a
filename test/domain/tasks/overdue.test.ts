import { describe, expect, test } from 'vitest';
import { firstDueAt, isOverdue, withTask } from '../../../functions/domain/tasks/overdue.ts';

const NOW = '2026-03-10T17:00:00.000Z';
const EARLIER = '2026-03-09T17:00:00.000Z';
const task = (id: string, dueAt: string | null, state: 'open' | 'decided' = 'open') => ({
  journeyId: 'j1',
  id,
  dueAt,
  state,
});

describe('the overdue tasks of a journey', () => {
  test.each([
    ['one that is due now', task('a', NOW), true],
    ['one that was due', task('a', EARLIER), true],
    ['one that is due later', task('a', '2026-03-10T17:00:00.001Z'), false],
    ['one that was answered', task('a', EARLIER, 'decided'), false],
    ['one without a due time', task('a', null), false],
  ])('%s', (_what, one, overdue) => {
    expect(isOverdue(one, NOW)).toBe(overdue);
  });

  test('are those that were chased and not answered since, and the first of them says since when', () => {
    const one = withTask(undefined, task('a', NOW), NOW);
    const two = withTask(one, task('b', EARLIER), NOW);
    expect(two && firstDueAt(two)).toBe(EARLIER);
    expect(withTask(two, task('b', EARLIER), NOW)?.tasks).toHaveLength(2);
    const left = withTask(two, task('b', EARLIER, 'decided'), NOW);
    expect(left).toEqual(one);
    expect(withTask(left, task('a', NOW, 'decided'), NOW)).toBeUndefined();
  });
});
