import { describe, expect, it, vi } from 'vitest';
import { step } from '../../../functions/handlers/tasks/begin-completion.ts';
import { journeysThat, run } from '../support/fakes.ts';
import { call, refusalOf } from '../support/handlers.ts';

describe('Seeing where a completion stands', () => {
  it('takes the final measures first', async () => {
    const beginCompletion = vi.fn(async () => ({
      stage: 'finish' as const,
      measures: [{ kind: 'answer-measure' as const, about: 'phq9-final' }],
      opensAt: '',
      next: 2,
      seen: 4,
      round: 17,
    }));
    const input = { run, number: 1 };
    await expect(call(step, { journeys: journeysThat({ beginCompletion }) }, input)).resolves.toEqual({
      stage: 'finish' as const,
      measures: [{ kind: 'answer-measure' as const, about: 'phq9-final' }],
      opensAt: '',
      next: 2,
      seen: 4,
      round: 17,
    });
    expect(beginCompletion.mock.calls).toEqual([[input]]);
  });

  it.each<[string, unknown, string]>([
    ['a number before the first', { run, number: 0 }, 'number (too_small)'],
    ['no number', { run }, 'number (invalid_type)'],
  ])('is refused %s', async (_case, input, message) => {
    const error = await refusalOf(call(step, { journeys: journeysThat({}) }, input));
    expect(error).toMatchObject({ name: 'BadInput', message: `begin-completion: ${message}` });
  });
});
