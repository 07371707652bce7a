import { describe, expect, it, vi } from 'vitest';
import { step } from '../../../functions/handlers/tasks/chase-task.ts';
import { journeysThat, run } from '../support/fakes.ts';
import { call, refusalOf } from '../support/handlers.ts';

describe('Chasing a task', () => {
  it('says how long to wait for the next rung', async () => {
    const chaseTask = vi.fn(async () => ({ seconds: 3600 }));
    const input = { run, askId: 'book-pair-c3' };
    await expect(call(step, { journeys: journeysThat({ chaseTask }) }, input)).resolves.toEqual({ seconds: 3600 });
    expect(chaseTask.mock.calls).toEqual([[input]]);
  });

  it.each<[string, unknown, string]>([['no task', { run, askId: null }, 'askId (invalid_type)']])(
    'is refused %s',
    async (_case, input, message) => {
      const error = await refusalOf(call(step, { journeys: journeysThat({}) }, input));
      expect(error).toMatchObject({ name: 'BadInput', message: `chase-task: ${message}` });
    },
  );
});
