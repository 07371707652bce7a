import { describe, expect, it, vi } from 'vitest';
import { step } from '../../../functions/handlers/tasks/screen-patient.ts';
import { journeysThat, run } from '../support/fakes.ts';
import { call, refusalOf } from '../support/handlers.ts';

describe('Screening a patient', () => {
  it('says what follows and who may review, never what was answered', async () => {
    const screenPatient = vi.fn(async () => ({
      follows: 'review' as const,
      role: 'provider' as const,
      seen: 4,
      round: 17,
    }));
    const input = { run };
    await expect(call(step, { journeys: journeysThat({ screenPatient }) }, input)).resolves.toEqual({
      follows: 'review' as const,
      role: 'provider' as const,
      seen: 4,
      round: 17,
    });
    expect(screenPatient.mock.calls).toEqual([[input]]);
  });

  it.each<[string, unknown, string]>([
    ['the answers themselves', { run, facts: { pregnancy: true } }, 'input (unrecognized_keys)'],
  ])('is refused %s', async (_case, input, message) => {
    const error = await refusalOf(call(step, { journeys: journeysThat({}) }, input));
    expect(error).toMatchObject({ name: 'BadInput', message: `screen-patient: ${message}` });
  });
});
