import { describe, expect, it, vi } from 'vitest';
import { step } from '../../../functions/handlers/tasks/confirm-appointment.ts';
import { journeysThat, run } from '../support/fakes.ts';
import { call, refusalOf } from '../support/handlers.ts';

describe('Confirming an appointment', () => {
  it('finds that of a cycle standing', async () => {
    const confirmAppointment = vi.fn(async () => ({ follows: 'go-on' as const, seen: 4, round: 17 }));
    const input = { run, kind: 'integration' as const, cycle: 3 };
    await expect(call(step, { journeys: journeysThat({ confirmAppointment }) }, input)).resolves.toEqual({
      follows: 'go-on' as const,
      seen: 4,
      round: 17,
    });
    expect(confirmAppointment.mock.calls).toEqual([[input]]);
  });

  it('sends one that is gone back to be booked', async () => {
    const confirmAppointment = vi.fn(async () => ({ follows: 'book-again' as const, seen: 4, round: 17 }));
    const input = { run, kind: 'consult' as const, cycle: null };
    await expect(call(step, { journeys: journeysThat({ confirmAppointment }) }, input)).resolves.toEqual({
      follows: 'book-again' as const,
      seen: 4,
      round: 17,
    });
    expect(confirmAppointment.mock.calls).toEqual([[input]]);
  });

  it.each<[string, unknown, string]>([
    ['a kind that nobody books', { run, kind: 'dinner', cycle: null }, 'kind (invalid_value)'],
    ['neither a cycle nor that there is none', { run, kind: 'consult' }, 'cycle (invalid_type)'],
  ])('is refused %s', async (_case, input, message) => {
    const error = await refusalOf(call(step, { journeys: journeysThat({}) }, input));
    expect(error).toMatchObject({ name: 'BadInput', message: `confirm-appointment: ${message}` });
  });
});
