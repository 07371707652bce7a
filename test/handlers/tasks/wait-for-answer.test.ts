import { describe, expect, it, vi } from 'vitest';
import { step } from '../../../functions/handlers/tasks/wait-for-answer.ts';
import { InvalidToken, TaskDoesNotExist, TaskTimedOut } from '../../../functions/messengers/errors.ts';
import { answer, journeysThat, NOW, run } from '../support/fakes.ts';
import { call, refusalOf } from '../support/handlers.ts';

const input = { run, askId: 'book-pair-c3', seconds: 3600, seen: 2, token: 'token-1', enteredAt: NOW };

describe('Waiting for an answer', () => {
  it('stays silent once it is registered: whoever ends it will tell', async () => {
    const registerTaskWait = vi.fn(async () => ({ release: null }));
    const succeed = vi.fn(async () => undefined);
    await expect(
      call(step, { journeys: journeysThat({ registerTaskWait }), workflows: { succeed } }, input),
    ).resolves.toEqual({});
    expect(registerTaskWait.mock.calls).toEqual([[input]]);
    expect(succeed).not.toHaveBeenCalled();
  });

  it('is released at once, by its own token, when the answer is there, the task gone or overtaken', async () => {
    const registerTaskWait = async () => ({ release: answer });
    const succeed = vi.fn(async () => undefined);
    await expect(
      call(step, { journeys: journeysThat({ registerTaskWait }), workflows: { succeed } }, input),
    ).resolves.toEqual({});
    expect(succeed.mock.calls).toEqual([['token-1', answer]]);
  });

  it('does not tell the token to anybody but the state machines', async () => {
    const registerTaskWait = async () => ({ release: answer });
    const answered = await call(
      step,
      { journeys: journeysThat({ registerTaskWait }), workflows: { succeed: async () => undefined } },
      input,
    );
    expect(JSON.stringify(answered)).not.toContain('token-1');
  });

  it('releases nobody when the wait could not be registered', async () => {
    const registerTaskWait = async () => Promise.reject(new Error('the table is away'));
    const succeed = vi.fn(async () => undefined);
    const error = await refusalOf(
      call(step, { journeys: journeysThat({ registerTaskWait }), workflows: { succeed } }, input),
    );
    expect(error.message).toBe('the table is away');
    expect(succeed).not.toHaveBeenCalled();
  });

  it('fails, to be tried again, when the release did not go through', async () => {
    const registerTaskWait = async () => ({ release: answer });
    const succeed = async () => Promise.reject(new InvalidToken());
    const error = await refusalOf(
      call(step, { journeys: journeysThat({ registerTaskWait }), workflows: { succeed } }, input),
    );
    expect(error.name).toBe('InvalidToken');
  });

  it.each([new TaskTimedOut(), new TaskDoesNotExist()])(
    'is done where the state is gone ($name): it was released the first time, and the answer was lost',
    async (gone) => {
      const registerTaskWait = async () => ({ release: answer });
      const succeed = async () => Promise.reject(gone);
      await expect(
        call(step, { journeys: journeysThat({ registerTaskWait }), workflows: { succeed } }, input),
      ).resolves.toEqual({});
    },
  );

  it('registers the wait for a task that is already gone, so that the store may say what follows', async () => {
    const registerTaskWait = vi.fn(async () => ({ release: { ...answer, follows: 'end' as const, taskId: null } }));
    const succeed = vi.fn(async () => undefined);
    await call(
      step,
      { journeys: journeysThat({ registerTaskWait }), workflows: { succeed } },
      { ...input, askId: null },
    );
    expect(registerTaskWait).toHaveBeenCalledWith({ ...input, askId: null });
    expect(succeed).toHaveBeenCalledWith('token-1', { ...answer, follows: 'end', taskId: null });
  });

  it.each<[string, object, string]>([
    ['no token', { token: '' }, 'token (too_small)'],
    ['no time to wait', { seconds: 0 }, 'seconds (too_small)'],
    ['half a second', { seconds: 1.5 }, 'seconds (invalid_type)'],
    ['an epoch that never was', { run: { ...run, epoch: 0 } }, 'run.epoch (too_small)'],
  ])('is refused %s', async (_case, wrong, message) => {
    const ports = { journeys: journeysThat({}), workflows: { succeed: async () => undefined } };
    const error = await refusalOf(call(step, ports, { ...input, ...wrong }));
    expect(error).toMatchObject({ name: 'BadInput', message: `wait-for-answer: ${message}` });
  });
});
