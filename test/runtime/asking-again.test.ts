import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AwsAnswer } from '../../functions/contracts/aws-answer.ts';
import { askingAgain } from '../../functions/runtime/asking-again.ts';

const answer = (status: number, code?: string): AwsAnswer => ({ status, code, said: {}, requestId: undefined });

afterEach(() => {
  vi.restoreAllMocks();
});

describe('Asking AWS again', () => {
  it.each([
    ['asked too often', answer(400, 'ThrottlingException'), [500, 1_000]],
    ['out of order', answer(500, 'InternalServiceError'), [100, 200]],
  ])('where it is %s waits twice as long the second time, at most as long as the SDK', async (_, said, longest) => {
    const pauses: number[] = [];
    const ask = askingAgain(
      async () => said,
      async (milliseconds) => pauses.push(milliseconds),
    );
    vi.spyOn(Math, 'random').mockReturnValue(1);
    expect(await ask('Anything', {})).toEqual(said);
    expect(pauses).toEqual(longest);
  });

  it('waits some random part of that, so that those who were refused at once do not come again at once', async () => {
    const pauses: number[] = [];
    const ask = askingAgain(
      async () => answer(503, 'Http503'),
      async (milliseconds) => pauses.push(milliseconds),
    );
    vi.spyOn(Math, 'random').mockReturnValue(0.25);
    await ask('Anything', {});
    expect(pauses).toEqual([25, 50]);
  });

  it('rejects with what the last connection failed of', async () => {
    let attempts = 0;
    const ask = askingAgain(
      async () => {
        attempts += 1;
        throw new Error(`broken ${attempts}`);
      },
      async () => undefined,
    );
    await expect(ask('Anything', {})).rejects.toThrow('broken 3');
  });
});
