import { describe, expect, it, vi } from 'vitest';
import { step } from '../../../functions/handlers/tasks/settle-journey.ts';
import { journeysThat, run } from '../support/fakes.ts';
import { call, refusalOf } from '../support/handlers.ts';

describe('Settling a journey', () => {
  it('says when to look again while messages are under way', async () => {
    const settleJourney = vi.fn(async () => ({ follows: 'look-again' as const, seconds: 259_200, seen: 4, round: 17 }));
    const input = { run };
    await expect(call(step, { journeys: journeysThat({ settleJourney }) }, input)).resolves.toEqual({
      follows: 'look-again' as const,
      seconds: 259_200,
      seen: 4,
      round: 17,
    });
    expect(settleJourney.mock.calls).toEqual([[input]]);
  });

  it('says that all is done', async () => {
    const settleJourney = vi.fn(async () => ({ follows: 'done' as const, seconds: 1, seen: 4, round: 17 }));
    const input = { run };
    await expect(call(step, { journeys: journeysThat({ settleJourney }) }, input)).resolves.toEqual({
      follows: 'done' as const,
      seconds: 1,
      seen: 4,
      round: 17,
    });
    expect(settleJourney.mock.calls).toEqual([[input]]);
  });

  it.each<[string, unknown, string]>([
    ['an outcome, which is not for a machine to choose', { run, outcome: 'completed' }, 'input (unrecognized_keys)'],
  ])('is refused %s', async (_case, input, message) => {
    const error = await refusalOf(call(step, { journeys: journeysThat({}) }, input));
    expect(error).toMatchObject({ name: 'BadInput', message: `settle-journey: ${message}` });
  });
});
