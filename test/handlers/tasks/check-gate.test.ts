import { describe, expect, it, vi } from 'vitest';
import { step } from '../../../functions/handlers/tasks/check-gate.ts';
import { journeysThat, run } from '../support/fakes.ts';
import { call, refusalOf } from '../support/handlers.ts';

describe('Asking a gate', () => {
  it('asks the gate of the cycle that is named', async () => {
    const checkGate = vi.fn(async () => ({
      follows: 'hold' as const,
      reviews: [],
      seconds: 86_400,
      seen: 4,
      round: 17,
    }));
    const input = { run, gate: 'booking' as const, cycle: 3 };
    await expect(call(step, { journeys: journeysThat({ checkGate }) }, input)).resolves.toEqual({
      follows: 'hold' as const,
      reviews: [],
      seconds: 86_400,
      seen: 4,
      round: 17,
    });
    expect(checkGate.mock.calls).toEqual([[input]]);
  });

  it('asks a gate that belongs to no cycle', async () => {
    const checkGate = vi.fn(async () => ({ follows: 'go-on' as const, reviews: [], seconds: 1, seen: 4, round: 17 }));
    const input = { run, gate: 'enrolment' as const };
    await expect(call(step, { journeys: journeysThat({ checkGate }) }, input)).resolves.toEqual({
      follows: 'go-on' as const,
      reviews: [],
      seconds: 1,
      seen: 4,
      round: 17,
    });
    expect(checkGate.mock.calls).toEqual([[input]]);
  });

  it.each<[string, unknown, string]>([
    ['a gate that there is not', { run, gate: 'Ana' }, 'gate (invalid_value)'],
    ['a cycle before the first', { run, gate: 'booking', cycle: 0 }, 'cycle (too_small)'],
    ['no cycle where one is written', { run, gate: 'booking', cycle: null }, 'cycle (invalid_type)'],
  ])('is refused %s', async (_case, input, message) => {
    const error = await refusalOf(call(step, { journeys: journeysThat({}) }, input));
    expect(error).toMatchObject({ name: 'BadInput', message: `check-gate: ${message}` });
  });
});
