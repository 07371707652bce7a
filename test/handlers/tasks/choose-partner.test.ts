import { describe, expect, it, vi } from 'vitest';
import { step } from '../../../functions/handlers/tasks/choose-partner.ts';
import { journeysThat, run } from '../support/fakes.ts';
import { call, refusalOf } from '../support/handlers.ts';

describe('Choosing a partner', () => {
  it('names the partner that is offered the patient next', async () => {
    const nextPartner = vi.fn(async () => ({
      choice: 'offer' as const,
      partner: 'partner-2',
      seen: 4,
      round: 17,
    }));
    const input = { run, waits: true };
    await expect(call(step, { journeys: journeysThat({ nextPartner }) }, input)).resolves.toEqual({
      choice: 'offer' as const,
      partner: 'partner-2',
      seen: 4,
      round: 17,
    });
    expect(nextPartner.mock.calls).toEqual([[input]]);
  });

  it('names nobody when the coordinator has to place the patient', async () => {
    const nextPartner = vi.fn(async () => ({
      choice: 'place' as const,
      partner: null,
      seen: 4,
      round: 17,
    }));
    const input = { run };
    await expect(call(step, { journeys: journeysThat({ nextPartner }) }, input)).resolves.toEqual({
      choice: 'place' as const,
      partner: null,
      seen: 4,
      round: 17,
    });
    expect(nextPartner.mock.calls).toEqual([[input]]);
  });

  it.each<[string, unknown, string]>([
    ['a partner that the machine would like', { run, partner: 'partner-1' }, 'input (unrecognized_keys)'],
  ])('is refused %s', async (_case, input, message) => {
    const error = await refusalOf(call(step, { journeys: journeysThat({}) }, input));
    expect(error).toMatchObject({ name: 'BadInput', message: `choose-partner: ${message}` });
  });
});
