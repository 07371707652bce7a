import { describe, expect, it, vi } from 'vitest';
import type { OutboxItem } from '../../../functions/contracts/outbox.ts';
import { step } from '../../../functions/handlers/events/sweep-outbox.ts';
import { MessengerUnavailable, TaskDoesNotExist } from '../../../functions/messengers/errors.ts';
import { answer, journeyId, outboxRows, outboxWorld } from '../support/fakes.ts';
import { call, refusalOf } from '../support/handlers.ts';

const drop = (name: string): OutboxItem => ({ kind: 'drop-schedule', journeyId, name });

describe('Sweeping the outbox', () => {
  it('leaves rows of the last minute to the stream', async () => {
    const pendingItems = vi.fn(async () => ({ items: [], cursor: null }));
    const { deps } = outboxWorld({ pendingItems });
    await expect(call(step, deps, {})).resolves.toEqual({ done: 0, left: 0 });
    expect(pendingItems.mock.calls).toEqual([[{ before: '2026-03-02T16:59:00.000Z' }]]);
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

  it('sets aside what cannot be read and finishes the others, without failing', async () => {
    const { acts, left } = outboxRows([drop('a'), drop('b')]);
    const key = { pk: `journey#${journeyId}`, sk: 'outbox#9' };
    const { deps, did, note } = outboxWorld({
      ...acts,
      pendingItems: async (page) => {
        const { items, cursor } = await acts.pendingItems(page);
        return { items: [{ unreadable: key, version: 'v9' }, ...items], cursor };
      },
      setAside: (row) => note('set aside', undefined)(row),
    });
    await expect(call(step, deps, {})).resolves.toEqual({ done: 3, left: 0 });
    expect(did.map((each) => (Array.isArray(each) ? each[0] : each))).toEqual([
      'publish',
      'set aside',
      'remove',
      'remove',
    ]);
    expect(left()).toEqual([]);
  });

  it('comes past what has to stay, page by page, to what stands behind it', async () => {
    const stay: OutboxItem = { kind: 'resume-wait', journeyId, waitId: 'book-pair-c3' };
    const { acts, left } = outboxRows([stay, stay, drop('c'), drop('d'), drop('e')], 2);
    const pendingItems = vi.fn(acts.pendingItems);
    const { deps } = outboxWorld({
      ...acts,
      pendingItems,
      releaseOf: async () => ({ token: 'token-1', answer }),
      wasTakenUp: async () => false,
    });
    deps.workflows.succeed.mockRejectedValue(new TaskDoesNotExist());
    await expect(call(step, deps, {})).resolves.toEqual({ done: 3, left: 2 });
    expect(left()).toEqual(['outbox#0', 'outbox#1']);
    const before = '2026-03-02T16:59:00.000Z';
    expect(pendingItems.mock.calls).toEqual([[{ before }], [{ before, cursor: '2' }], [{ before, cursor: '4' }]]);
  });

  it('goes on to the next page after an item that failed', async () => {
    const { acts, left } = outboxRows([drop('a'), drop('b')], 1);
    const { deps } = outboxWorld(acts);
    deps.schedules.remove.mockRejectedValueOnce(new MessengerUnavailable('DeleteSchedule', { code: 'Unavailable' }));
    expect((await refusalOf(call(step, deps, {}))).name).toBe('MessengerUnavailable');
    expect(left()).toEqual(['outbox#0']);
  });

  it('counts a message that somebody else is sending as left', async () => {
    const { acts, left } = outboxRows([{ kind: 'send-message', journeyId, messageId: 'check-in-patient-1-1-1' }]);
    const { deps } = outboxWorld({ ...acts, claimMessage: async () => ({ claim: 'busy' }) });
    await expect(call(step, deps, {})).resolves.toEqual({ done: 0, left: 1 });
    expect(left()).toEqual(['outbox#0']);
  });

  it('fails when the pending rows cannot be listed', async () => {
    const { deps } = outboxWorld({ pendingItems: async () => Promise.reject(new Error('the table is away')) });
    expect((await refusalOf(call(step, deps, {}))).message).toBe('the table is away');
  });
});
