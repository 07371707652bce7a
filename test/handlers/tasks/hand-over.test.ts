import { describe, expect, it, vi } from 'vitest';
import { step } from '../../../functions/handlers/tasks/hand-over.ts';
import { journeysThat, run } from '../support/fakes.ts';
import { call, refusalOf } from '../support/handlers.ts';

describe('Handing a journey over', () => {
  it('hands the last cycle over to the completion', async () => {
    const handOver = vi.fn(async () => ({ handedOver: true }));
    const input = {
      run,
      from: { machine: 'cycle' as const, number: 6 },
      to: { machine: 'completion' as const, number: 1 },
    };
    await expect(call(step, { journeys: journeysThat({ handOver }) }, input)).resolves.toEqual({ handedOver: true });
    expect(handOver.mock.calls).toEqual([[input]]);
  });

  it('says when somebody else has handed it over already', async () => {
    const handOver = vi.fn(async () => ({ handedOver: false }));
    const input = {
      run,
      from: { machine: 'intake' as const, number: 1 },
      to: { machine: 'cycle' as const, number: 1 },
    };
    await expect(call(step, { journeys: journeysThat({ handOver }) }, input)).resolves.toEqual({ handedOver: false });
    expect(handOver.mock.calls).toEqual([[input]]);
  });

  it.each<[string, unknown, string]>([
    [
      'a machine that is no part of the chain',
      { run, from: { machine: 'staff-task', number: 1 }, to: { machine: 'cycle', number: 1 } },
      'from.machine (invalid_value)',
    ],
    [
      'a place before the first',
      { run, from: { machine: 'cycle', number: 1 }, to: { machine: 'cycle', number: 0 } },
      'to.number (too_small)',
    ],
  ])('is refused %s', async (_case, input, message) => {
    const error = await refusalOf(call(step, { journeys: journeysThat({}) }, input));
    expect(error).toMatchObject({ name: 'BadInput', message: `hand-over: ${message}` });
  });
});
