import { describe, expect, it, vi } from 'vitest';
import { step } from '../../../functions/handlers/tasks/start-dose.ts';
import { journeysThat, run } from '../support/fakes.ts';
import { call, refusalOf } from '../support/handlers.ts';

describe('Starting a dose', () => {
  it('goes on when the last gate lets it', async () => {
    const startDose = vi.fn(async () => ({
      follows: 'go-on' as const,
      reviews: [],
      seconds: 5400,
      seen: 4,
      round: 17,
    }));
    const input = { run, cycle: 3 };
    await expect(call(step, { journeys: journeysThat({ startDose }) }, input)).resolves.toEqual({
      follows: 'go-on' as const,
      reviews: [],
      seconds: 5400,
      seen: 4,
      round: 17,
    });
    expect(startDose.mock.calls).toEqual([[input]]);
  });

  it('names who may let what still fails pass', async () => {
    const startDose = vi.fn(async () => ({
      follows: 'review' as const,
      reviews: [{ role: 'provider' as const, about: 'pre-dose-3', checks: ['blood-pressure'] }],
      seconds: 1,
      seen: 4,
      round: 17,
    }));
    const input = { run, cycle: 3 };
    await expect(call(step, { journeys: journeysThat({ startDose }) }, input)).resolves.toEqual({
      follows: 'review' as const,
      reviews: [{ role: 'provider' as const, about: 'pre-dose-3', checks: ['blood-pressure'] }],
      seconds: 1,
      seen: 4,
      round: 17,
    });
    expect(startDose.mock.calls).toEqual([[input]]);
  });

  it.each<[string, unknown, string]>([
    ['a cycle before the first', { run, cycle: 0 }, 'cycle (too_small)'],
    ['half a cycle', { run, cycle: 1.5 }, 'cycle (invalid_type)'],
    ['no cycle', { run }, 'cycle (invalid_type)'],
  ])('is refused %s', async (_case, input, message) => {
    const error = await refusalOf(call(step, { journeys: journeysThat({}) }, input));
    expect(error).toMatchObject({ name: 'BadInput', message: `start-dose: ${message}` });
  });
});
