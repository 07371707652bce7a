import { beforeAll, describe, expect, test } from 'vitest';
import type { Ask, Task } from '../../functions/domain/journey/task.ts';
import type { Role } from '../../functions/domain/names.ts';
import { askIdOf } from '../../functions/domain/tasks/ask.ts';
import { everyInterleaving, type Gate, inSnapshots, outside } from '../support/interleavings.ts';
import { expectNobodyForgotten, type Scene, sceneAt, type World, worldOf } from '../support/scenes.ts';

const by = (role: Role, id: string) => ({ by: { role, id }, reason: null, data: {} });
const given = (answer: string, role: Role, id: string) => ({ answer, ...by(role, id) });

/** The newest repetition of an ask. */
const newest = async (world: World, ask: Ask): Promise<Task> => {
  const found = (await world.read.tasks())
    .filter(({ kind }) => kind === ask.kind)
    .toSorted((a, b) => a.repetition - b.repetition)
    .at(-1);
  if (found === undefined) throw new Error(`no ${ask.kind}`);
  return found;
};

/** A scene in which a state waits for an answer that is due now, chased so often already. */
const overdue = async (scene: Scene, ask: Ask, chased: number): Promise<Scene> => {
  const world = await worldOf(scene);
  const { askId, seen, ...first } = await world.open(ask);
  if (askId === null) throw new Error(`nobody needs to be asked for ${ask.kind}`);
  let { seconds } = first;
  for (let times = 0; times <= chased; times += 1) {
    await world.enter((_, act) => act(), { askId, seen, token: 'first', seconds });
    world.clock.now = (await newest(world, ask)).nextAt ?? world.clock.now;
    if (times < chased) ({ seconds } = await world.store().chaseTask({ run: world.run, askId }));
  }
  return world.scene();
};

/** The state's deadline passes: it asks what is due, then waits again; unless it was released before. */
const timesOut = async (world: World, gate: Gate, askId: string): Promise<string> => {
  const wasReleased = await gate(outside('token first'), async () => {
    if (world.tokens.get('first') === 'ended') return true;
    world.tokens.set('first', 'ended');
    return false;
  });
  if (wasReleased) return 'released before';
  const { seconds } = await world.store(gate).chaseTask({ run: world.run, askId });
  await world.enter(gate, { askId, seen: 0, token: 'second', seconds });
  return 'waited again';
};

type Case = {
  readonly scene: Scene;
  readonly ask: Ask;
  readonly answer: ReturnType<typeof given>;
  /** Every read of the decision is a step; else each transaction reads at once. */
  readonly stepByStep?: boolean;
};

/** Decides a task while its state's deadline passes, in every order. */
const decideAtTheDeadline = (
  { scene, ask, answer, stepByStep = false }: Case,
  end: (world: World, task: Task) => Promise<void>,
) =>
  everyInterleaving({
    begin: async () => {
      const world = await worldOf(scene);
      world.tokens.set('first', 'waiting');
      return { world, task: await newest(world, ask) };
    },
    actors: ({ world, task }) => ({
      person: async (own) => {
        const gate = stepByStep ? own : inSnapshots(own);
        const said = await world.store(gate).decideTask({ journeyId: world.journeyId, taskId: task.id, ...answer });
        const item = { kind: 'resume-wait', journeyId: world.journeyId, waitId: askIdOf(task) } as const;
        await world.shown(inSnapshots(own), item);
        return said;
      },
      state: (own) => timesOut(world, inSnapshots(own), askIdOf(task)),
    }),
    end: async ({ world, task }, { person, state }) => {
      expect(state).toHaveProperty('value');
      expect(person).toHaveProperty('value');
      await expectNobodyForgotten(world);
      await world.workOff();
      await end(world, await newest(world, ask));
      expect((await world.read.outbox()).filter(({ kind }) => kind === 'resume-wait')).toEqual([]);
      const again = { journeyId: world.journeyId, taskId: task.id, ...answer, by: { ...answer.by, id: 'late' } };
      const said = await world.store().decideTask(again);
      const known = await world.read.task(task.id);
      if (known?.state === 'decided') expect(said).toEqual({ accepted: true, answer: known.answer, by: known.by });
      else expect(said.accepted).toBe(false);
    },
  });

const answeredOnce = async (world: World, task: Task): Promise<void> => {
  expect(task.state).toBe('decided');
  expect(world.told).toHaveLength(1);
  expect(world.told[0]?.output).toMatchObject({ answer: task.answer, taskId: task.id });
  expect(await world.read.waits()).toEqual([]);
};

const clearance: Ask = { kind: 'medical-clearance' };
const screening: Ask = { kind: 'answer-screening' };

describe('An answer that comes at the deadline', { timeout: 60_000 }, () => {
  let clearances: Scene;
  let consult: Scene;

  beforeAll(async () => {
    clearances = await sceneAt('both clearances are asked for');
    consult = await sceneAt('the consult is to be booked');
  });

  test.each([
    ['nudged', 0, true],
    ['escalated', 1, false],
    ['escalated once more', 2, false],
  ])('is told to the state once, when the provider is just being %s', async (_, chased, stepByStep) => {
    const scene = await overdue(clearances, clearance, chased);
    const answer = given('declined', 'provider', 'provider-1');
    const runs = await decideAtTheDeadline({ scene, ask: clearance, answer, stepByStep }, answeredOnce);
    expect(runs).toBeGreaterThan(10);
  });

  test('either stands or finds the patient’s form expired into a call, never both', async () => {
    const scene = await overdue(consult, screening, 1);
    const seen = new Set<string>();
    const answer = { ...given('answered', 'patient', 'patient') };
    const runs = await decideAtTheDeadline({ scene, ask: screening, answer, stepByStep: true }, async (world, task) => {
      seen.add(task.state);
      const calls = (await world.read.outbox()).filter((item) => item.kind === 'start-task');
      if (task.state === 'decided') {
        await answeredOnce(world, task);
        expect(calls).toEqual([]);
        return;
      }
      expect(task.state).toBe('expired');
      expect(calls).toHaveLength(1);
      expect(world.told).toEqual([]);
      expect(await world.read.waits()).toMatchObject([{ token: 'second' }]);
    });
    expect(runs).toBeGreaterThan(10);
    expect([...seen].toSorted()).toEqual(['decided', 'expired']);
  });
});

describe('Two people who answer the same task', { timeout: 60_000 }, () => {
  test('get one answer: whoever commits first has decided, the other is told what', async () => {
    const scene = await sceneAt('both clearances are asked for');
    const before = await worldOf(scene);
    await before.open(clearance);
    const prepared = before.scene();
    const taskId = (await newest(before, clearance)).id;
    const answers = new Set<unknown>();
    const decide = (world: World, answer: string, role: Role, id: string) => (gate: Gate) =>
      world.store(gate).decideTask({ journeyId: world.journeyId, taskId, ...given(answer, role, id) });
    const runs = await everyInterleaving({
      begin: () => worldOf(prepared),
      actors: (world) => ({
        provider: decide(world, 'cleared', 'provider', 'provider-1'),
        director: decide(world, 'declined', 'medical-director', 'director-1'),
      }),
      end: async (world, { provider, director }) => {
        const task = await world.read.task(taskId);
        const said = { value: { accepted: true, answer: task?.answer, by: task?.by } };
        expect([provider, director]).toEqual([said, said]);
        const cleared = (await world.read.journey())?.clearances.some(({ kind }) => kind === 'medical');
        expect(cleared).toBe(task?.answer === 'cleared');
        answers.add(task?.answer);
      },
    });
    expect(runs).toBeGreaterThan(1);
    expect(answers.size).toBe(2);
  });
});

describe('A release that the state machines refuse', { timeout: 60_000 }, () => {
  const decided = async () => {
    const scene = await overdue(await sceneAt('both clearances are asked for'), clearance, 0);
    const world = await worldOf(scene);
    const task = await newest(world, clearance);
    const answer = given('declined', 'provider', 'provider-1');
    await world.store().decideTask({ journeyId: world.journeyId, taskId: task.id, ...answer });
    const pending = async () => (await world.read.outbox()).filter(({ kind }) => kind === 'resume-wait').length;
    return { world, task, pending };
  };

  test('keeps its item at the deadline, until the state has waited again and taken the answer up', async () => {
    const { world, task, pending } = await decided();
    world.tokens.set('first', 'ended');
    await world.workOff();
    await world.workOff();
    expect(await pending()).toBe(1);
    await world.enter((_, act) => act(), { askId: askIdOf(task), seen: 0, token: 'second' });
    expect(world.told).toMatchObject([{ token: 'second', output: { answer: 'declined' } }]);
    await world.workOff();
    expect(await pending()).toBe(0);
    expect(await world.read.waits()).toEqual([]);
  });

  test('gives its item up when the token can only have been used: the answer was delivered before a crash', async () => {
    const { world, pending } = await decided();
    world.clock.now = new Date(Date.parse(world.clock.now) - 3_600_000).toISOString();
    world.tokens.set('first', 'ended');
    await world.workOff();
    expect(await pending()).toBe(0);
    expect(await world.read.waits()).toEqual([]);
    expect((await newest(world, clearance)).takenUp).toBe(true);
  });

  test('gives its item up long after the deadline, when whoever timed out has registered again', async () => {
    const { world, pending } = await decided();
    world.tokens.set('first', 'ended');
    world.clock.now = new Date(Date.parse(world.clock.now) + 2 * 3_600_000).toISOString();
    await world.workOff();
    expect(await pending()).toBe(0);
    expect(await world.read.waits()).toEqual([]);
  });
});
