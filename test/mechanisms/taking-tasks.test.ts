import { beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../functions/domain/names.ts';
import type { TaskAct } from '../../functions/domain/tasks/taking.ts';
import { everyInterleaving } from '../support/interleavings.ts';
import { type Scene, sceneAt, type World, worldOf } from '../support/scenes.ts';

const provider = { role: 'provider' as Role, id: 'provider-1' };
const colleague = { role: 'provider' as Role, id: 'provider-2' };
const director = { role: 'medical-director' as Role, id: 'medical-director-1' };

describe('An open task of the clinic’s people', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await sceneAt('both clearances are asked for');
  });

  const begin = async () => {
    const world = await worldOf(scene);
    const { askId } = await world.open({ kind: 'medical-clearance' });
    const taskId = `${askId}-1`;
    const take = (act: TaskAct, by: { role: Role; id: string }, to: string | null = null) =>
      world.store().takeTask({ journeyId: world.journeyId, taskId, act, by, to });
    return { world, taskId, take };
  };
  const events = async (world: World, taskId: string) =>
    (await world.read.entries()).flatMap((entry) =>
      entry.kind === 'task' && entry.id === taskId && entry.event !== 'opened' ? [`${entry.event} ${entry.by}`] : [],
    );

  test('is taken by one of two who claim it at the same time, whatever the order of their steps', async () => {
    const winners = new Set<string>();
    const runs = await everyInterleaving({
      begin,
      actors: ({ world, taskId }) => {
        const claim = (by: typeof provider) => (gate: Parameters<World['store']>[0]) =>
          world.store(gate).takeTask({ journeyId: world.journeyId, taskId, act: 'claim', by, to: null });
        return { first: claim(provider), second: claim(colleague) };
      },
      end: async ({ world, taskId }) => {
        const task = await world.read.task(taskId);
        winners.add(task?.claimedBy ?? '');
        expect(await events(world, taskId)).toEqual([`claimed ${task?.claimedBy}`]);
      },
    });
    expect(runs).toBeGreaterThan(2);
    expect([...winners].toSorted()).toEqual(['provider-1', 'provider-2']);
  });

  test('is told to be taken by whom, and claiming it twice is claiming it once', async () => {
    const { world, taskId, take } = await begin();
    expect(await take('claim', provider)).toEqual({ accepted: true, assignee: 'provider-1' });
    expect(await take('claim', provider)).toEqual({ accepted: true, assignee: 'provider-1' });
    expect(await take('claim', colleague)).toEqual({ accepted: false, reason: 'provider-1 has taken it' });
    expect(await events(world, taskId)).toEqual(['claimed provider-1']);
  });

  test('is given back, and may be taken by somebody else', async () => {
    const { take } = await begin();
    await take('claim', provider);
    expect((await take('release', colleague)).accepted).toBe(false);
    expect((await take('release', provider)).accepted).toBe(true);
    expect((await take('claim', colleague)).accepted).toBe(true);
  });

  test('is handed to a colleague, who is told by the way they prefer', async () => {
    const { world, taskId, take } = await begin();
    expect(await take('reassign', director, 'provider-2')).toEqual({ accepted: true, assignee: 'provider-2' });
    expect(await events(world, taskId)).toEqual(['reassigned medical-director-1']);
    const told = (await world.read.messages()).filter(
      ({ taskId: about, person }) => about === taskId && person === 'provider-2',
    );
    expect(told.map(({ kind, channel }) => [kind, channel])).toEqual([['task', 'sms']]);
  });

  test.each([
    ['handed to somebody who may not answer it', 'reassign', director, 'nurse-1'],
    ['handed to nobody', 'reassign', director, null],
    ['handed on by somebody whose it is not', 'reassign', { role: 'nurse', id: 'nurse-1' }, 'provider-2'],
    ['taken by another role', 'claim', { role: 'nurse', id: 'nurse-1' }, null],
    ['given back by nobody who took it', 'release', provider, null],
  ] as const)('is not %s', async (_what, act, by, to) => {
    const { world, taskId, take } = await begin();
    expect((await take(act, by, to)).accepted).toBe(false);
    expect(await events(world, taskId)).toEqual([]);
  });

  test('once it is decided is nobody’s to take', async () => {
    const { world, taskId, take } = await begin();
    await world
      .store()
      .decideTask({ journeyId: world.journeyId, taskId, answer: 'cleared', by: provider, reason: null, data: {} });
    expect(await take('claim', colleague)).toEqual({ accepted: false, reason: `${taskId} is decided` });
  });
});

describe('A task of a visit', () => {
  test('that is given back asks whoever is booked for the visit, not whoever would be asked without it', async () => {
    const scene = await sceneAt('the patient is to be checked in');
    const held = (text: string) => JSON.parse(text.replaceAll('provider-1', 'provider-2'));
    const rows = scene.rows.map((row) =>
      row.sk.startsWith('appointment#') ? { ...row, body: held(JSON.stringify(row.body)) } : row,
    );
    const world = await worldOf({ ...scene, rows });
    const { askId } = await world.open({ kind: 'discharge', cycle: 1, appointment: 'dosing' });
    const taskId = `${askId}-1`;
    expect((await world.read.task(taskId))?.assignee).toBe('provider-2');
    const take = (act: TaskAct) =>
      world.store().takeTask({ journeyId: world.journeyId, taskId, act, by: provider, to: null });
    expect(await take('claim')).toEqual({ accepted: true, assignee: 'provider-1' });
    expect(await take('release')).toEqual({ accepted: true, assignee: 'provider-2' });
  });
});
