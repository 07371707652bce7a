import { describe, expect, it } from 'vitest';
import type { OutboxItem } from '../../../functions/contracts/outbox.ts';
import { step } from '../../../functions/handlers/events/work-outbox.ts';
import { MessengerUnavailable, TaskTimedOut } from '../../../functions/messengers/errors.ts';
import { answer, journeyId, NOW, outboxRows, outboxWorld } from '../support/fakes.ts';
import { call, refusalOf } from '../support/handlers.ts';

const drop = (name: string): OutboxItem => ({ kind: 'drop-schedule', journeyId, name });
const away = new MessengerUnavailable('DeleteSchedule', { code: 'ServiceUnavailable' });

/** The stream's records of the first rows of the outbox. */
const records = (count: number) => ({
  Records: Array.from({ length: count }, (_, index) => ({
    eventID: `event-${index}`,
    eventName: 'INSERT',
    dynamodb: { SequenceNumber: `${index}`, Keys: { pk: { S: `journey#${journeyId}` }, sk: { S: `outbox#${index}` } } },
  })),
});

describe('Working the outbox off', () => {
  it('carries each item out and strikes it off', async () => {
    const { acts, left } = outboxRows([drop('a'), drop('b')]);
    const { deps, did } = outboxWorld(acts);
    await expect(call(step, deps, records(2))).resolves.toEqual({ batchItemFailures: [] });
    expect(did).toEqual([
      ['remove', 'a'],
      ['remove', 'b'],
    ]);
    expect(left()).toEqual([]);
  });

  it('passes over what was struck off meanwhile', async () => {
    const { deps, did } = outboxWorld(outboxRows([]).acts);
    await expect(call(step, deps, records(3))).resolves.toEqual({ batchItemFailures: [] });
    expect(did).toEqual([]);
  });

  it('does not do twice what is delivered twice', async () => {
    const { deps, did } = outboxWorld(outboxRows([drop('a')]).acts);
    await call(step, deps, records(1));
    await call(step, deps, records(1));
    expect(did).toEqual([['remove', 'a']]);
  });

  it('reports the item that failed, alone, by its sequence number, and finishes the ones before and after it', async () => {
    const { acts, left } = outboxRows([drop('a'), drop('b'), drop('c')]);
    const { deps, note } = outboxWorld(acts);
    deps.schedules.remove.mockImplementation((name: unknown) =>
      name === 'b' ? Promise.reject(away) : note('remove', undefined)(name),
    );
    await expect(call(step, deps, records(3))).resolves.toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
    expect(left()).toEqual(['outbox#1']);
  });

  it('sets aside what cannot be read, tells of it first, and finishes the others', async () => {
    const { acts, left } = outboxRows([drop('a'), drop('b')]);
    const key = { pk: `journey#${journeyId}`, sk: 'outbox#0' };
    const { deps, did, note } = outboxWorld({
      ...acts,
      pendingItem: async (asked) =>
        asked.sk === key.sk ? { unreadable: key, version: 'v0' } : acts.pendingItem(asked),
      setAside: (row) => note('set aside', undefined)(row),
    });
    await expect(call(step, deps, records(2))).resolves.toEqual({ batchItemFailures: [] });
    expect(did).toEqual([
      ['publish', [{ kind: 'outbox-item-unreadable', journeyId, at: NOW, id: 'outbox#0' }]],
      ['set aside', { unreadable: key, version: 'v0' }],
      ['remove', 'b'],
    ]);
    expect(left()).toEqual(['outbox#0']);
  });

  it('leaves what cannot be read where it is while nobody can be told, so that it is tried again', async () => {
    const { acts } = outboxRows([drop('a')]);
    const { deps } = outboxWorld({
      ...acts,
      pendingItem: async (asked) => ({ unreadable: asked, version: 'v0' }),
    });
    deps.events.publish.mockRejectedValueOnce(away);
    await expect(call(step, deps, records(1))).resolves.toEqual({ batchItemFailures: [{ itemIdentifier: '0' }] });
  });

  it('reports an item that could not be struck off, since it is to be done again', async () => {
    const { acts } = outboxRows([drop('a')]);
    const { deps } = outboxWorld({ ...acts, strikeOff: async () => Promise.reject(away) });
    await expect(call(step, deps, records(1))).resolves.toEqual({ batchItemFailures: [{ itemIdentifier: '0' }] });
  });

  it('leaves what has to stay pending to the sweep: neither failed nor struck off', async () => {
    const { acts, left } = outboxRows([{ kind: 'resume-wait', journeyId, waitId: 'book-pair-c3' }, drop('b')]);
    const { deps } = outboxWorld({
      ...acts,
      releaseOf: async () => ({ token: 'token-1', answer }),
      wasTakenUp: async () => false,
    });
    deps.workflows.succeed.mockRejectedValueOnce(new TaskTimedOut());
    await expect(call(step, deps, records(2))).resolves.toEqual({ batchItemFailures: [] });
    expect(left()).toEqual(['outbox#0']);
  });

  it('reports a row that cannot be read, alone, and finishes the others', async () => {
    const { acts, left } = outboxRows([drop('a'), drop('b'), drop('c')]);
    const pendingItem: typeof acts.pendingItem = (key) =>
      key.sk === 'outbox#1' ? Promise.reject(away) : acts.pendingItem(key);
    const { deps } = outboxWorld({ ...acts, pendingItem });
    await expect(call(step, deps, records(3))).resolves.toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
    expect(left()).toEqual(['outbox#1']);
  });

  it('is refused records without a sequence number, since nothing else names the one that failed', async () => {
    const { deps } = outboxWorld();
    const Keys = { pk: { S: `journey#${journeyId}` }, sk: { S: 'outbox#0' } };
    const error = await refusalOf(call(step, deps, { Records: [{ eventID: 'event-0', dynamodb: { Keys } }] }));
    expect(error.message).toBe('work-outbox: Records.0.dynamodb.SequenceNumber (invalid_type)');
  });

  it('is refused records without keys', async () => {
    const { deps } = outboxWorld();
    const error = await refusalOf(
      call(step, deps, { Records: [{ eventID: 'event-0', dynamodb: { SequenceNumber: '0' } }] }),
    );
    expect(error.message).toBe('work-outbox: Records.0.dynamodb.Keys (invalid_type)');
  });
});
