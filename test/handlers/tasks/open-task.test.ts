import { describe, expect, it, vi } from 'vitest';
import { step } from '../../../functions/handlers/tasks/open-task.ts';
import { journeysThat, run } from '../support/fakes.ts';
import { call, refusalOf } from '../support/handlers.ts';

describe('Opening a task', () => {
  it('says by what name to wait for its answer, and how long', async () => {
    const openTask = vi.fn(async () => ({ askId: 'book-pair-c3', seconds: 3600, seen: 4, round: 17 }));
    const input = { run, ask: { kind: 'book-pair' as const, cycle: 3 }, seen: 0 };
    await expect(call(step, { journeys: journeysThat({ openTask }) }, input)).resolves.toEqual({
      askId: 'book-pair-c3',
      seconds: 3600,
      seen: 4,
      round: 17,
    });
    expect(openTask.mock.calls).toEqual([[input]]);
  });

  it('says that there is nothing to ask', async () => {
    const openTask = vi.fn(async () => ({ askId: null, seconds: 1, seen: 4, round: 17 }));
    const input = { run, ask: { kind: 'record-integration' as const, cycle: 3, appointment: 'integration' }, seen: 0 };
    await expect(call(step, { journeys: journeysThat({ openTask }) }, input)).resolves.toEqual({
      askId: null,
      seconds: 1,
      seen: 4,
      round: 17,
    });
    expect(openTask.mock.calls).toEqual([[input]]);
  });

  it.each<[string, unknown, string]>([
    ['a kind of task that nobody knows', { run, ask: { kind: 'sing' }, seen: 0 }, 'ask.kind (invalid_value)'],
    [
      'what the task is about in words',
      { run, ask: { kind: 'call-patient', note: 'Ana cried' }, seen: 0 },
      'ask (unrecognized_keys)',
    ],
    ['a signal before the first', { run, ask: { kind: 'book-pair' }, seen: -1 }, 'seen (too_small)'],
  ])('is refused %s', async (_case, input, message) => {
    const error = await refusalOf(call(step, { journeys: journeysThat({}) }, input));
    expect(error).toMatchObject({ name: 'BadInput', message: `open-task: ${message}` });
  });
});
