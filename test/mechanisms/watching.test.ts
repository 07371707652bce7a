import { beforeAll, describe, expect, test } from 'vitest';
import type { OutboxItem } from '../../functions/contracts/outbox.ts';
import { step as sweepOutbox } from '../../functions/handlers/events/sweep-outbox.ts';
import type { DomainEvent } from '../../functions/messengers/events.ts';
import { outboxRow } from '../../functions/stores/journey-rows.ts';
import { call } from '../handlers/support/handlers.ts';
import { type Scene, sceneAt, type World, worldOf } from '../support/scenes.ts';

const later = (at: string, minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString();

describe('The heartbeat sees', { timeout: 60_000 }, () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await sceneAt('both clearances are asked for');
  });

  const watched = (world: World) => world.store().watchClinic({});

  test('a clearance that is overdue and that nobody has taken on, until somebody does', async () => {
    const world = await worldOf(scene);
    await world.open({ kind: 'medical-clearance' });
    const [task] = (await world.read.tasks()).filter(
      ({ kind, state }) => kind === 'medical-clearance' && state === 'open',
    );
    const before = (await watched(world)).overdueTasks;
    world.clock.now = later(task?.dueAt ?? '', 60);
    expect((await watched(world)).overdueTasks).toBeGreaterThan(before);
    const overdue = (await watched(world)).overdueTasks;
    const by = { role: 'provider', id: task?.assignee ?? '' } as const;
    await world.store().takeTask({ journeyId: world.journeyId, taskId: task?.id ?? '', by, act: 'claim', to: null });
    expect((await watched(world)).overdueTasks).toBe(overdue - 1);
  });

  test('how long the oldest item of the outbox has waited', async () => {
    const world = await worldOf(scene);
    const { journeyId } = world;
    for (const { pk, sk } of world.scene().rows.filter((row) => row.by1?.pk === 'outbox'))
      await world.table.write([{ do: 'delete', key: { pk, sk }, when: 'free' }]);
    expect((await watched(world)).oldestOutboxItem).toBe(0);
    const item: OutboxItem = { kind: 'drop-schedule', journeyId, name: 'one' };
    await world.table.write([{ do: 'put', row: outboxRow(item, world.clock.now), when: 'free' }]);
    world.clock.now = later(world.clock.now, 20);
    expect((await watched(world)).oldestOutboxItem).toBe(1200);
  });
});

describe('A row of the outbox that cannot be read', { timeout: 60_000 }, () => {
  test('is told, set aside as it is, and keeps no other waiting', async () => {
    const world = await worldOf(await sceneAt('both clearances are asked for'));
    const { journeyId } = world;
    const key = { pk: `journey#${journeyId}`, sk: 'outbox#from-the-future#1' };
    const body = { at: world.clock.now, item: { kind: 'from-the-future', journeyId, what: 'unknown' } };
    const sound: OutboxItem = { kind: 'drop-schedule', journeyId, name: 'one' };
    await world.table.write([
      { do: 'put', row: { ...key, by1: { pk: 'outbox', sk: '2020-01-01T00:00:00.000Z' }, body }, when: 'free' },
      { do: 'put', row: outboxRow(sound, world.clock.now), when: 'free' },
    ]);
    world.clock.now = later(world.clock.now, 5);
    const told: DomainEvent[] = [];
    const removed: string[] = [];
    const deps = world.deps(undefined, {
      events: { publish: async (events) => void told.push(...events) },
      schedules: { put: async () => undefined, remove: async (name) => void removed.push(name) },
    });
    await call(sweepOutbox, deps, {});
    expect(told.filter(({ kind }) => kind === 'outbox-item-unreadable')).toEqual([
      { kind: 'outbox-item-unreadable', journeyId, at: world.clock.now, id: key.sk },
    ]);
    expect(removed).toEqual(['one']);
    const kept = await world.table.get(key);
    expect(kept).toMatchObject({ ...key, body });
    expect(kept?.by1).toBeUndefined();
    await call(sweepOutbox, deps, {});
    expect(told.filter(({ kind }) => kind === 'outbox-item-unreadable')).toHaveLength(1);
    await expect(world.store().pendingItem(key)).resolves.toBeUndefined();
  });
});
