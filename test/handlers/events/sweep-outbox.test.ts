import { describe, expect, it, vi } from 'vitest';
import type { OutboxItem } from '../../../functions/contracts/outbox.ts';
import { step } from '../../../functions/handlers/events/sweep-outbox.ts';
import { MessengerUnavailable, TaskDoesNotExist } from '../../../functions/messengers/errors.ts';
import { answer, journeyId, outboxRows, outboxWorld } from '../support/fakes.ts';
import { call, refusalOf } from '../support/handlers.ts';

const drop = (name: string): OutboxItem => ({ kind: 'drop-schedule', journeyId, name });

describe('Sweeping the outbox', () => {
  it('leaves rows of the last minute to the stream', async () => {
    const pendingItems = vi.fn(async () => []);
    const { deps } = outboxWorld({ pendingItems });
    await expect(call(step, deps, {})).resolves.toEqual({ done: 0, left: 0 });
    expect(pendingItems.mock.calls).toEqual([['2026-03-02T16:59:00.000Z']]);
  });

  it('finishes what was left, and counts what has to stay', async () => {
    const { acts, left } = outboxRows([
      drop('a'),
      { kind: 'resume-wait', journeyId, waitId: 'book-pair-c3' },
      drop('c'),
    ]);
    const releaseOf = async () => ({ token: 'token-1', answer });
    const { deps } = outboxWorld({ ...acts, releaseOf, wasTakenUp: async () => false });
    deps.workflows.succeed.mockRejectedValueOnce(new TaskDoesNotExist());
    await expect(call(step, deps, {})).resolves.toEqual({ done: 2, left: 1 });
    expect(left()).toEqual(['outbox#1']);
  });

  it('finishes the others when one fails, then fails itself with the first error, so that the alarm sees it', async () => {
    const { acts, left } = outboxRows([drop('a'), drop('b'), drop('c'), drop('d')]);
    const { deps, note } = outboxWorld(acts);
    deps.schedules.remove.mockImplementation((name: unknown) =>
      name === 'b' || name === 'c'
        ? Promise.reject(new MessengerUnavailable(`DeleteSchedule ${String(name)}`, { code: 'ServiceUnavailable' }))
        : note('remove', undefined)(name),
    );
    const error = await refusalOf(call(step, deps, {}));
    expect(error).toMatchObject({ name: 'MessengerUnavailable', call: 'DeleteSchedule b' });
    expect(left()).toEqual(['outbox#1', 'outbox#2']);
  });

  it('fails when the pending rows cannot be listed', async () => {
    const { deps } = outboxWorld({ pendingItems: async () => Promise.reject(new Error('the table is away')) });
    expect((await refusalOf(call(step, deps, {}))).message).toBe('the table is away');
  });
});
