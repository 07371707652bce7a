import { beforeAll, describe, expect, test } from 'vitest';
import type { OutboxItem } from '../../functions/contracts/outbox.ts';
import { reconcileJourney } from '../../functions/handlers/events/reconcile-journeys.ts';
import { outboxRow } from '../../functions/stores/journey-rows.ts';
import { everyInterleaving, gatedTable } from '../support/interleavings.ts';
import { mainRun, type Scene, sceneAt, type World, worldOf } from '../support/scenes.ts';

const waitId = 'medical-clearance-journey';

/** A clearance that is decided while its state waits, with the item that is to resume it. */
const decided = async (): Promise<Scene> => {
  const world = await worldOf(await sceneAt('both clearances are asked for'));
  await world.open({ kind: 'medical-clearance' });
  await world.enter((_, act) => act(), { askId: waitId, seen: 0, token: 'first' });
  const answer = { answer: 'declined', by: { role: 'provider', id: 'provider-1' }, reason: null, data: {} } as const;
  await world.store().decideTask({ journeyId: world.journeyId, taskId: `${waitId}-1`, ...answer });
  return world.scene();
};

const waiting = async (scene: Scene): Promise<World> => {
  const world = await worldOf(scene);
  world.tokens.set('first', 'waiting');
  return world;
};

const itemOf = ({ journeyId }: Scene): OutboxItem => ({ kind: 'resume-wait', journeyId, waitId });

describe('An item of the outbox', { timeout: 60_000 }, () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await decided();
  });

  test('that is asked for again while it is worked off stays, unless it was asked for before it was read', async () => {
    const left = new Set<number>();
    const { journeyId, at } = scene;
    const told = { kind: 'publish-event', journeyId, event: 'phase-clearance', at, id: 'again' } as const;
    const runs = await everyInterleaving({
      begin: async () => {
        const world = await waiting(scene);
        await world.table.write([{ do: 'put', row: outboxRow(told, at), when: 'free' }]);
        return world;
      },
      actors: (world) => ({
        worker: (gate) => world.shown(gate, told),
        writer: (gate) =>
          gatedTable(world.table, gate).write([{ do: 'put', row: outboxRow(told, scene.at), when: 'free' }]),
      }),
      end: async (world, { worker, writer }, steps) => {
        expect([worker, writer]).toMatchObject([{ value: undefined }, { value: expect.any(String) }]);
        const asked = steps.findIndex((step) => step.startsWith('writer:'));
        const read = steps.findIndex((step) => step.startsWith('worker:'));
        const pending = (await world.read.outbox()).filter(({ kind }) => kind === 'publish-event').length;
        expect(pending).toBe(asked < read ? 0 : 1);
        left.add(pending);
      },
    });
    expect(runs).toBe(3);
    expect([...left].toSorted()).toEqual([0, 1]);
  });

  test('that resumes a wait goes with the wait; asked for again meanwhile, it finds nobody who waits', async () => {
    const runs = await everyInterleaving({
      begin: () => waiting(scene),
      actors: (world) => ({
        worker: (gate) => world.shown(gate, itemOf(scene)),
        writer: (gate) =>
          gatedTable(world.table, gate).write([{ do: 'put', row: outboxRow(itemOf(scene), scene.at), when: 'free' }]),
      }),
      end: async (world) => {
        expect(await world.read.waits()).toEqual([]);
        expect((await world.read.task(`${waitId}-1`))?.takenUp).toBe(true);
        await world.workOff();
        expect(world.told).toHaveLength(1);
        expect((await world.read.outbox()).filter(({ kind }) => kind === 'resume-wait')).toEqual([]);
      },
    });
    expect(runs).toBeGreaterThan(3);
  });

  test('that was asked for again for a state that waits by now stays for it, though the one before has gone on', async () => {
    const world = await worldOf(await sceneAt('both clearances are asked for'));
    const { journeyId } = world;
    const gate = { run: mainRun(journeyId), id: 'gate-booking-1', kind: 'gate', seen: 0, seconds: 60 } as const;
    const later = new Date(Date.parse(world.clock.now) + 1000).toISOString();
    const item: OutboxItem = { kind: 'resume-wait', journeyId, waitId: gate.id };
    await world.store().registerMoment({ ...gate, token: 'before', enteredAt: world.clock.now });
    await world.store().registerMoment({ ...gate, token: 'now', enteredAt: later });
    await world.table.write([{ do: 'put', row: outboxRow(item, world.clock.now), when: 'free' }]);
    const asked = { journeyId, waitId: gate.id, taskId: null };
    expect(await world.store().takenUp({ ...asked, token: 'before' })).toBe(false);
    expect(await world.read.outbox()).toContainEqual(item);
    expect(await world.store().takenUp({ ...asked, token: 'now' })).toBe(true);
    expect(await world.read.outbox()).not.toContainEqual(item);
  });

  test('that the stream and the sweep carry out at once releases the state once, and is done', async () => {
    const runs = await everyInterleaving({
      begin: () => waiting(scene),
      actors: (world) => ({
        stream: (gate) => world.shown(gate, itemOf(scene)),
        sweep: (gate) => world.shown(gate, itemOf(scene)),
      }),
      end: async (world, { stream, sweep }) => {
        expect([stream, sweep]).toEqual([{ value: undefined }, { value: undefined }]);
        expect(world.told).toHaveLength(1);
        expect(await world.read.waits()).toEqual([]);
        expect((await world.read.outbox()).filter(({ kind }) => kind === 'resume-wait')).toEqual([]);
        expect((await world.read.task(`${waitId}-1`))?.takenUp).toBe(true);
      },
    });
    expect(runs).toBeGreaterThan(10);
  });

  test('that starts an execution starts it once, however often it is carried out', async () => {
    const started = await worldOf(scene);
    await started.store().replay({ journeyId: scene.journeyId, line: 'main', failedEpoch: 1 });
    const item = {
      kind: 'start-execution',
      journeyId: scene.journeyId,
      machine: 'intake',
      number: 1,
      epoch: 2,
    } as const;
    const prepared = started.scene();
    await everyInterleaving({
      begin: () => worldOf(prepared),
      actors: (world) => ({ one: (gate) => world.shown(gate, item), other: (gate) => world.shown(gate, item) }),
      end: async (world) => {
        expect(world.started).toEqual([`intake ${world.journeyId}-intake-1-2`]);
        expect((await world.read.outbox()).filter(({ kind }) => kind === 'start-execution')).toEqual([]);
      },
    });
  });
});

describe('Looking after a journey whose execution has died', { timeout: 60_000 }, () => {
  const nameOf = ({ journeyId }: World, epoch: number) => `${journeyId}-intake-1-${epoch}`;

  /** The head execution fails, is looked at, and the outbox starts what was asked for. */
  const dies = async (world: World, epoch: number) => {
    world.running.set(nameOf(world, epoch), 'FAILED');
    const found = await reconcileJourney(world.deps())(world.journeyId);
    await world.workOff(['start-execution', 'start-task']);
    return found;
  };

  test('starts it again by itself three times, then asks a person instead of trying for ever', async () => {
    const world = await worldOf(await sceneAt('both clearances are asked for'));
    expect([await dies(world, 1), await dies(world, 2), await dies(world, 3)]).toEqual(Array(3).fill('replayed'));
    expect(await dies(world, 4)).toBe('reported');
    expect(await dies(world, 4)).toBe('reported');
    expect((await world.read.head())?.epoch).toBe(4);
    expect(world.started).toEqual([
      ...[2, 3, 4].map((epoch) => `intake ${nameOf(world, epoch)}`),
      `staff-task ${world.journeyId}-resolve-failure-intake-1-4-1`,
    ]);
  });

  test('tries again when a person who looked at it asks for that, and counts anew', async () => {
    const world = await worldOf(await sceneAt('both clearances are asked for'));
    for (const epoch of [1, 2, 3, 4]) await dies(world, epoch);
    const item = { kind: 'replay', journeyId: world.journeyId, line: 'main', failedEpoch: 4 } as const;
    await world.table.write([{ do: 'put', row: outboxRow(item, world.clock.now), when: 'free' }]);
    await world.workOff(['replay']);
    await world.workOff(['start-execution']);
    expect(world.started.at(-1)).toBe(`intake ${nameOf(world, 5)}`);
    expect([await dies(world, 5), await dies(world, 6), await dies(world, 7)]).toEqual([
      'replayed',
      'replayed',
      'reported',
    ]);
  });

  test('starts it once when the daily look and the status event come together', async () => {
    const scene = await sceneAt('both clearances are asked for');
    const found: unknown[] = [];
    await everyInterleaving({
      begin: async () => {
        const world = await worldOf(scene);
        world.running.set(nameOf(world, 1), 'FAILED');
        return world;
      },
      actors: (world) => ({
        daily: (gate) => reconcileJourney(world.deps(gate))(world.journeyId),
        event: (gate) => reconcileJourney(world.deps(gate))(world.journeyId),
      }),
      end: async (world, { daily, event }) => {
        expect((await world.read.head())?.epoch, JSON.stringify([daily, event])).toBe(2);
        await world.workOff(['start-execution']);
        expect(world.started).toEqual([`intake ${nameOf(world, 2)}`]);
        found.push([daily, event]);
      },
    });
    expect(found).toContainEqual([{ value: 'replayed' }, { value: 'fine' }]);
  });

  test('tells a person of an open task that no state waits for, once a day', async () => {
    const world = await worldOf(await sceneAt('both clearances are asked for'));
    world.running.set(nameOf(world, 1), 'RUNNING');
    expect(await reconcileJourney(world.deps())(world.journeyId)).toBe('fine');
    world.clock.now = new Date(Date.parse(world.clock.now) + 16 * 60_000).toISOString();
    expect(await reconcileJourney(world.deps())(world.journeyId)).toBe('reported');
    const before = await world.read.state();
    expect(await reconcileJourney(world.deps())(world.journeyId)).toBe('reported');
    expect(await world.read.state()).toEqual(before);
    await world.workOff(['start-task']);
    expect(world.started).toHaveLength(1);
    expect(world.started[0]).toMatch(/^staff-task .*-resolve-failure-orphans-/);
  });
});

describe('A state that waits', { timeout: 60_000 }, () => {
  test('is told of what it missed when it registers after the item was carried out and struck off', async () => {
    const world = await worldOf(await sceneAt('both clearances are asked for'));
    await world.open({ kind: 'medical-clearance' });
    const answer = { answer: 'declined', by: { role: 'provider', id: 'provider-1' }, reason: null, data: {} } as const;
    await world.store().decideTask({ journeyId: world.journeyId, taskId: `${waitId}-1`, ...answer });
    await world.workOff();
    expect(await world.read.outbox()).not.toContainEqual(expect.objectContaining({ kind: 'resume-wait' }));
    await world.enter((_, act) => act(), { run: mainRun(world.journeyId), askId: waitId, seen: 0, token: 'late' });
    expect(world.told).toMatchObject([{ token: 'late', output: { answer: 'declined' } }]);
  });

  test('and registers while it is decided is released in every order', async () => {
    const before = await worldOf(await sceneAt('both clearances are asked for'));
    await before.open({ kind: 'medical-clearance' });
    const scene = before.scene();
    const answer = { answer: 'cleared', by: { role: 'provider', id: 'provider-1' }, reason: null, data: {} } as const;
    const runs = await everyInterleaving({
      begin: () => worldOf(scene),
      actors: (world) => ({
        state: (gate) => world.enter(gate, { askId: waitId, seen: 0, token: 'only' }),
        provider: async (gate) => {
          await world.store(gate).decideTask({ journeyId: world.journeyId, taskId: `${waitId}-1`, ...answer });
          await world.shown(gate, itemOf(scene));
        },
      }),
      end: async (world) => {
        await world.workOff();
        expect(world.told).toMatchObject([{ token: 'only', output: { answer: 'cleared' } }]);
        expect(await world.read.waits()).toEqual([]);
        expect(await world.read.outbox()).not.toContainEqual(expect.objectContaining({ kind: 'resume-wait' }));
      },
    });
    expect(runs).toBeGreaterThan(5);
  });
});
