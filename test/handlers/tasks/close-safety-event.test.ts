import { describe, expect, it, vi } from 'vitest';
import { step } from '../../../functions/handlers/tasks/close-safety-event.ts';
import { journeysThat, run } from '../support/fakes.ts';
import { call, refusalOf } from '../support/handlers.ts';

describe('Closing a safety event', () => {
  it('asks for another decision while the hold was kept', async () => {
    const closeSafetyEvent = vi.fn(async () => ({
      follows: 'look-again' as const,
      decisionAsk: 'crisis-1:2',
      followUp: { kind: 'safety-follow-up' as const, about: 'crisis-1:2' },
      seen: 4,
      round: 17,
    }));
    const input = { run, eventId: 'crisis-1' };
    await expect(call(step, { journeys: journeysThat({ closeSafetyEvent }) }, input)).resolves.toEqual({
      follows: 'look-again' as const,
      decisionAsk: 'crisis-1:2',
      followUp: { kind: 'safety-follow-up' as const, about: 'crisis-1:2' },
      seen: 4,
      round: 17,
    });
    expect(closeSafetyEvent.mock.calls).toEqual([[input]]);
  });

  it.each<[string, unknown, string]>([['no event', { run }, 'eventId (invalid_type)']])(
    'is refused %s',
    async (_case, input, message) => {
      const error = await refusalOf(call(step, { journeys: journeysThat({}) }, input));
      expect(error).toMatchObject({ name: 'BadInput', message: `close-safety-event: ${message}` });
    },
  );
});
