import { describe, expect, it, vi } from 'vitest';
import { step } from '../../../functions/handlers/tasks/wait-until.ts';
import { InvalidToken, TaskDoesNotExist, TaskTimedOut } from '../../../functions/messengers/errors.ts';
import { answer, journeysThat, NOW, run } from '../support/fakes.ts';
import { call, refusalOf } from '../support/handlers.ts';

const input = {
  run,
  id: 'booking-3',
  kind: 'gate' as const,
  seconds: 604_800,
  seen: 2,
  token: 'token-1',
  enteredAt: NOW,
};

describe('Waiting for a moment', () => {
  it('stays silent once it is registered: whoever ends it will tell', async () => {
    const registerMoment = vi.fn(async () => ({ release: null }));
    const succeed = vi.fn(async () => undefined);
    await expect(
      call(step, { journeys: journeysThat({ registerMoment }), workflows: { succeed } }, input),
    ).resolves.toEqual({});
    expect(registerMoment.mock.calls).toEqual([[input]]);
    expect(succeed).not.toHaveBeenCalled();
  });

  it('is released at once, by its own token, when a signal came that it has not seen', async () => {
    const registerMoment = async () => ({ release: answer });
    const succeed = vi.fn(async () => undefined);
    await expect(
      call(step, { journeys: journeysThat({ registerMoment }), workflows: { succeed } }, input),
    ).resolves.toEqual({});
    expect(succeed.mock.calls).toEqual([['token-1', answer]]);
  });

  it('does not tell the token to anybody but the state machines', async () => {
    const registerMoment = async () => ({ release: answer });
    const answered = await call(
      step,
      { journeys: journeysThat({ registerMoment }), workflows: { succeed: async () => undefined } },
      input,
    );
    expect(JSON.stringify(answered)).not.toContain('token-1');
  });

  it('releases nobody when the wait could not be registered', async () => {
    const registerMoment = async () => Promise.reject(new Error('the table is away'));
    const succeed = vi.fn(async () => undefined);
    const error = await refusalOf(
      call(step, { journeys: journeysThat({ registerMoment }), workflows: { succeed } }, input),
    );
    expect(error.message).toBe('the table is away');
    expect(succeed).not.toHaveBeenCalled();
  });

  it('fails, to be tried again, when the release did not go through', async () => {
    const registerMoment = async () => ({ release: answer });
    const succeed = async () => Promise.reject(new InvalidToken());
    const error = await refusalOf(
      call(step, { journeys: journeysThat({ registerMoment }), workflows: { succeed } }, input),
    );
    expect(error.name).toBe('InvalidToken');
  });

  it.each([new TaskTimedOut(), new TaskDoesNotExist()])(
    'is done where the state is gone ($name): it was released the first time, and the answer was lost',
    async (gone) => {
      const registerMoment = async () => ({ release: answer });
      const succeed = async () => Promise.reject(gone);
      await expect(
        call(step, { journeys: journeysThat({ registerMoment }), workflows: { succeed } }, input),
      ).resolves.toEqual({});
    },
  );

  it('is refused a kind of wait that nothing ends', async () => {
    const ports = { journeys: journeysThat({}), workflows: { succeed: async () => undefined } };
    const error = await refusalOf(call(step, ports, { ...input, kind: 'task' }));
    expect(error).toMatchObject({ name: 'BadInput', message: 'wait-until: kind (invalid_value)' });
  });

  it.each<[string, object, string]>([
    ['no token', { token: '' }, 'token (too_small)'],
    ['no time to wait', { seconds: 0 }, 'seconds (too_small)'],
    ['half a second', { seconds: 1.5 }, 'seconds (invalid_type)'],
    ['an epoch that never was', { run: { ...run, epoch: 0 } }, 'run.epoch (too_small)'],
  ])('is refused %s', async (_case, wrong, message) => {
    const ports = { journeys: journeysThat({}), workflows: { succeed: async () => undefined } };
    const error = await refusalOf(call(step, ports, { ...input, ...wrong }));
    expect(error).toMatchObject({ name: 'BadInput', message: `wait-until: ${message}` });
  });
});
