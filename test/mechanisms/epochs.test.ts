import { beforeAll, describe, expect, test } from 'vitest';
import type { Ask } from '../../functions/domain/journey/task.ts';
import { cycles } from '../../functions/stores/journey-rows.ts';
import { everyInterleaving, type Gate } from '../support/interleavings.ts';
import { type MomentName, mainRun, type Scene, sceneAt, type World, worldOf } from '../support/scenes.ts';

type Act = (world: World, gate: Gate, epoch: number) => Promise<unknown>;

const ungated: Gate = (_, act) => act();
const replay = (world: World, gate: Gate) =>
  world.store(gate).replay({ journeyId: world.journeyId, line: 'main', failedEpoch: 1 });

const open =
  (ask: Ask): Act =>
  (world, gate, epoch) =>
    world.store(gate).openTask({ run: mainRun(world.journeyId, epoch), ask, seen: 0 });

const wait =
  (askId: string): Act =>
  (world, gate, epoch) => {
    const run = mainRun(world.journeyId, epoch);
    return world.enter(gate, { run, askId, seen: 0, token: `epoch-${epoch}` });
  };

const handOver: Act = (world, gate, epoch) => {
  const run = mainRun(world.journeyId, epoch);
  const from = { machine: 'cycle', number: 1 } as const;
  return world.store(gate).handOver({ run, from, to: { machine: 'completion', number: 1 } });
};

const checkGate: Act = (world, gate, epoch) =>
  world.store(gate).checkGate({ run: mainRun(world.journeyId, epoch), gate: 'booking', cycle: 2 });

const startDose: Act = (world, gate, epoch) =>
  world.store(gate).startDose({ run: mainRun(world.journeyId, epoch), cycle: 1 });

const cycle = async (world: World) => {
  const row = await world.table.get(cycles.key({ journeyId: world.journeyId, number: 1 }));
  return row && cycles.parse(row.body);
};

/** Answers the check-in as it was answered on that day, so that the dose may begin. */
const checkIn = async (world: World): Promise<void> => {
  const data = (await cycle(await worldOf(await sceneAt('the dose is to be recorded'))))?.check ?? {};
  const task = (await world.read.tasks()).find(({ kind, state }) => kind === 'dosing-day-check' && state === 'open');
  const answer = { answer: 'proceed', by: { role: 'nurse', id: 'nurse-1' }, reason: null, data } as const;
  const said = await world.store().decideTask({ journeyId: world.journeyId, taskId: task?.id ?? '', ...answer });
  expect(said.accepted).toBe(true);
};

const CASES: readonly [string, MomentName, Act, ((world: World) => Promise<void>)?][] = [
  ['opens a task', 'the consult is to be booked', open({ kind: 'answer-screening' })],
  ['registers a wait', 'the consult is to be booked', wait('book-appointment-consult')],
  ['asks a gate', 'the dose is to be recorded', checkGate],
  ['begins the dose', 'the patient is to be checked in', startDose, checkIn],
  ['hands over to the next execution', 'the dose is to be recorded', handOver],
];

describe('A late write of an execution that was replayed', { timeout: 60_000 }, () => {
  const scenes = new Map<string, Scene>();

  beforeAll(async () => {
    for (const [name, moment, , prepare] of CASES) {
      const world = await worldOf(await sceneAt(moment));
      await prepare?.(world);
      scenes.set(name, world.scene());
    }
  });

  const begin = (name: string): Promise<World> => {
    const scene = scenes.get(name);
    if (scene === undefined) throw new Error(`no scene for ${name}`);
    return worldOf(scene);
  };

  test.each(CASES)('either came before the replay as a whole or is refused as a whole: it %s', async (name, _, act) => {
    const alone = await begin(name);
    await replay(alone, ungated);
    const refused = await alone.read.state();
    const before = await begin(name);
    await act(before, ungated, 1);
    await replay(before, ungated);
    const done = await before.read.state();
    expect(done).not.toEqual(refused);
    if (name === 'begins the dose') expect((await cycle(before))?.debt?.state).toBe('owed');

    const seen = new Set<string>();
    const runs = await everyInterleaving({
      begin: () => begin(name),
      actors: (world) => ({ late: (gate) => act(world, gate, 1), replay: (gate) => replay(world, gate) }),
      end: async (world, ended) => {
        const wasRefused = 'error' in (ended.late ?? {});
        if (wasRefused) expect(ended.late).toMatchObject({ error: { name: 'EpochPast' } });
        seen.add(wasRefused ? 'refused' : 'done');
        expect(await world.read.state()).toEqual(wasRefused ? refused : done);
        // What has just been handed over has not failed, its start is pending: only then the replay has nothing to do.
        const isHandedOver = name.startsWith('hands over') && !wasRefused;
        const epoch = isHandedOver ? 1 : 2;
        expect(ended.replay).toEqual({ value: isHandedOver ? 'fine' : 'replayed' });
        const { journeyId } = world;
        expect((await world.read.lines()).filter(({ line }) => line === 'main')).toEqual([
          { journeyId, line: 'main', epoch },
        ]);
        if (!isHandedOver) await expect(act(world, ungated, 1)).rejects.toMatchObject({ name: 'EpochPast' });
        await world.workOff(['start-execution']);
        await world.workOff(['start-execution']);
        const head = await world.read.head();
        const machine = head?.machine ?? '';
        expect(world.started).toEqual([`${machine} ${journeyId}-${machine}-${head?.number}-${epoch}`]);
      },
    });
    expect(runs).toBeGreaterThan(1);
    expect([...seen].toSorted()).toEqual(['done', 'refused']);
  });
});

describe('Two who replay the same failed execution', { timeout: 60_000 }, () => {
  test('start it once', async () => {
    const scene = await sceneAt('the consult is to be booked');
    await everyInterleaving({
      begin: () => worldOf(scene),
      actors: (world) => ({ one: (gate) => replay(world, gate), other: (gate) => replay(world, gate) }),
      end: async (world) => {
        expect(await world.read.head()).toMatchObject({ epoch: 2 });
        await world.workOff(['start-execution']);
        expect(world.started).toEqual([`intake ${world.journeyId}-intake-1-2`]);
      },
    });
  });
});
