import { describe, expect, it, vi } from 'vitest';
import { step } from '../../../functions/handlers/tasks/begin-intake.ts';
import { journeysThat, run } from '../support/fakes.ts';
import { call, refusalOf } from '../support/handlers.ts';

const asks = {
  screeningAsks: [{ kind: 'answer-screening' as const }],
  clearanceAsks: [{ kind: 'medical-clearance' as const, role: 'provider' as const }],
  planAsks: [{ kind: 'sign-consents' as const }],
};

describe('Welcoming a patient', () => {
  it('says what the screening, the clearances and the plan will ask', async () => {
    const beginIntake = vi.fn(async () => ({ ...asks, seen: 4, round: 17 }));
    const input = { run };
    await expect(call(step, { journeys: journeysThat({ beginIntake }) }, input)).resolves.toEqual({
      ...asks,
      seen: 4,
      round: 17,
    });
    expect(beginIntake.mock.calls).toEqual([[input]]);
  });

  it.each<[string, unknown, string]>([['facts about the patient', { run, age: 41 }, 'input (unrecognized_keys)']])(
    'is refused %s',
    async (_case, input, message) => {
      const error = await refusalOf(call(step, { journeys: journeysThat({}) }, input));
      expect(error).toMatchObject({ name: 'BadInput', message: `begin-intake: ${message}` });
    },
  );
});
