import { describe, expect, it, vi } from 'vitest';
import { step } from '../../../functions/handlers/tasks/plan-next-step.ts';
import { journeysThat, run } from '../support/fakes.ts';
import { call, refusalOf } from '../support/handlers.ts';

describe('Deciding what follows a cycle', () => {
  it('names the next cycle', async () => {
    const planNextStep = vi.fn(async () => ({
      follows: 'go-on' as const,
      to: { machine: 'cycle' as const, number: 4 },
      question: null,
      seen: 4,
      round: 17,
    }));
    const input = { run, cycle: 3 };
    await expect(call(step, { journeys: journeysThat({ planNextStep }) }, input)).resolves.toEqual({
      follows: 'go-on' as const,
      to: { machine: 'cycle' as const, number: 4 },
      question: null,
      seen: 4,
      round: 17,
    });
    expect(planNextStep.mock.calls).toEqual([[input]]);
  });

  it('lets the provider decide first', async () => {
    const planNextStep = vi.fn(async () => ({
      follows: 'review' as const,
      to: { machine: 'completion' as const, number: 1 },
      question: { kind: 'next-step' as const, cycle: 6 },
      seen: 4,
      round: 17,
    }));
    const input = { run, cycle: 6 };
    await expect(call(step, { journeys: journeysThat({ planNextStep }) }, input)).resolves.toEqual({
      follows: 'review' as const,
      to: { machine: 'completion' as const, number: 1 },
      question: { kind: 'next-step' as const, cycle: 6 },
      seen: 4,
      round: 17,
    });
    expect(planNextStep.mock.calls).toEqual([[input]]);
  });

  it.each<[string, unknown, string]>([['a cycle before the first', { run, cycle: 0 }, 'cycle (too_small)']])(
    'is refused %s',
    async (_case, input, message) => {
      const error = await refusalOf(call(step, { journeys: journeysThat({}) }, input));
      expect(error).toMatchObject({ name: 'BadInput', message: `plan-next-step: ${message}` });
    },
  );
});
