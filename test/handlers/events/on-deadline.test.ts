import { expect, it, vi } from 'vitest';
import { step } from '../../../functions/handlers/events/on-deadline.ts';
import { journeysThat } from '../support/fakes.ts';
import { call, refusalOf } from '../support/handlers.ts';

const input = { journeyId: 'j1', deadline: 'longest-pause' } as const;

it('A deadline that fired is looked at through the outbox, which knows whether its time has come', async () => {
  const askDeadline = vi.fn(async () => undefined);
  await expect(call(step, { journeys: journeysThat({ askDeadline }) }, input)).resolves.toEqual({});
  expect(askDeadline.mock.calls).toEqual([[input]]);
});

it('A deadline that nobody knows is refused', async () => {
  expect((await refusalOf(call(step, { journeys: journeysThat({}) }, { ...input, deadline: 'lunch' }))).name).toBe(
    'BadInput',
  );
});
