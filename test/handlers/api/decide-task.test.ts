import { describe, expect, it, vi } from 'vitest';
import { step } from '../../../functions/handlers/api/decide-task.ts';
import { journeyId, journeysThat } from '../support/fakes.ts';
import { call, refusalOf } from '../support/handlers.ts';

const decision = {
  journeyId,
  taskId: 'book-pair-c3-1',
  answer: 'booked',
  by: { role: 'coordinator' as const, id: 'coordinator-1' },
  reason: null,
  data: { dosing: { startsAt: '2026-03-03T17:00:00.000Z' } },
};

describe('Somebody’s answer to a task', () => {
  it('is written as it was given, and says whose answer counts', async () => {
    const decided = { accepted: true as const, answer: 'booked', by: 'coordinator-1' };
    const decideTask = vi.fn(async () => decided);
    await expect(call(step, { journeys: journeysThat({ decideTask }) }, decision)).resolves.toEqual(decided);
    expect(decideTask.mock.calls).toEqual([[decision]]);
  });

  it('is answered with the reason when it does not count', async () => {
    const refused = { accepted: false as const, reason: 'a patient may not answer book-pair; coordinator may' };
    const journeys = journeysThat({ decideTask: async () => refused });
    await expect(call(step, { journeys }, decision)).resolves.toEqual(refused);
  });

  it.each<[string, object, string]>([
    ['from nobody', { by: { role: 'coordinator', id: '' } }, 'by.id (too_small)'],
    ['from a role that nobody has', { by: { role: 'admin', id: 'a' } }, 'by.role (invalid_value)'],
    ['with a reason as long as a book', { reason: 'Ana '.repeat(501) }, 'reason (too_big)'],
    ['without saying that there is no reason', { reason: undefined }, 'reason (invalid_type)'],
    ['with more than a task takes', { at: '2026-03-02T17:00:00.000Z' }, 'input (unrecognized_keys)'],
  ])('is refused %s', async (_case, wrong, message) => {
    const error = await refusalOf(call(step, { journeys: journeysThat({}) }, { ...decision, ...wrong }));
    expect(error).toMatchObject({ name: 'BadInput', message: `decide-task: ${message}` });
  });
});
