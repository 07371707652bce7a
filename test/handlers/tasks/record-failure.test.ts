import { describe, expect, it, vi } from 'vitest';
import { step } from '../../../functions/handlers/tasks/record-failure.ts';
import { journeysThat, run } from '../support/fakes.ts';
import { call, refusalOf } from '../support/handlers.ts';

describe('Recording a failure', () => {
  it('makes a person’s task of it by machine and error name alone', async () => {
    const recordFailure = vi.fn(async () => ({ recorded: true }));
    const input = { run, state: 'cycle', error: 'States.Timeout' };
    await expect(call(step, { journeys: journeysThat({ recordFailure }) }, input)).resolves.toEqual({ recorded: true });
    expect(recordFailure.mock.calls).toEqual([[input]]);
  });

  it.each<[string, unknown, string]>([
    [
      'the cause, which may name facts',
      { run, state: 'cycle', error: 'BadInput', cause: 'Ana Souza' },
      'input (unrecognized_keys)',
    ],
  ])('is refused %s', async (_case, input, message) => {
    const error = await refusalOf(call(step, { journeys: journeysThat({}) }, input));
    expect(error).toMatchObject({ name: 'BadInput', message: `record-failure: ${message}` });
  });
});
