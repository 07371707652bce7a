import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bundledData } from '../../functions/stores/bundled-library.ts';
import { rehearse } from '../../local/rehearsal/run.ts';
import { readScenario } from '../../local/rehearsal/scenario.ts';
import { replayCommand } from '../../operations/replay/command-line.ts';
import { sceneAt, type World, worldOf } from '../support/scenes.ts';
import { type TroubledClinic, troubledClinic } from '../support/troubled-clinic.ts';
import { HERE, opened, ran } from './opened.ts';

// The journey behind every scene is rehearsed once.
beforeAll(() => sceneAt('the first dose is to be booked'), 60_000);

const BY = ['--by', 'coordinator-1', '--reason', 'the cause is gone'];

let world: World;
afterEach(() => {
  for (const each of worlds.splice(0)) each.close();
});
const worlds: World[] = [];

/** A journey in its first cycle, whose execution is as told. */
const journeyWith = async (status?: 'RUNNING' | 'FAILED') => {
  const scene = await sceneAt('the first dose is to be booked');
  world = await worldOf(scene);
  worlds.push(world);
  const { journeyId: id } = scene;
  for (const { line, epoch } of await world.read.lines())
    if (line !== 'main') world.running.set(`${id}-${line}-${epoch}`, 'RUNNING');
  if (status !== undefined) world.running.set(`${id}-cycle-1-1`, status);
  return { id, replay: (...args: string[]) => ran(replayCommand, opened(world), ...args, ...HERE) };
};

describe('replay', () => {
  it('shows what does not run, and does nothing until somebody decides', async () => {
    const { id, replay } = await journeyWith('FAILED');
    const before = await world.read.state();
    for (const args of [[], ['--preview', ...BY]]) {
      const { status, out, err } = await replay('--journey', id, ...args);
      expect({ status, err }).toEqual({ status: 1, err: '' });
      expect(out).toContain(`main, epoch 1: cycle ${id}-cycle-1-1 FAILED\n`);
      expect(out).toContain('Nothing was done');
    }
    expect(await world.read.state()).toEqual(before);
  });

  it.each([['FAILED' as const], [undefined]])(
    'starts the head again once, under the next epoch, however often it is asked for (%s)',
    async (status) => {
      const { id, replay } = await journeyWith(status);
      for (const _ of [1, 2])
        expect(await replay('--journey', id, ...BY)).toMatchObject({
          status: 0,
          out: expect.stringContaining('main: epoch 1 starts again'),
        });
      expect((await world.read.outbox()).filter(({ kind }) => kind === 'replay')).toHaveLength(1);
      await world.workOff(['replay']);
      await world.workOff(['start-execution']);
      expect(world.started).toEqual([`cycle ${id}-cycle-1-2`]);
      expect(await world.read.head()).toMatchObject({ machine: 'cycle', number: 1, epoch: 2 });
      expect(await world.read.entries()).toContainEqual({
        kind: 'replay',
        line: 'main',
        epoch: 1,
        by: 'coordinator-1',
        reason: 'the cause is gone',
      });
      expect(await replay('--journey', id, ...BY)).toMatchObject({
        status: 2,
        err: `options.journey: ${id}: everything that should run does\n`,
      });
    },
  );

  it('does not answer the task about another failure', async () => {
    const { id, replay } = await journeyWith('FAILED');
    await world.open({ kind: 'resolve-failure', about: 'cycle-1-9' });
    const { out } = await replay('--journey', id, '--line', 'main', ...BY);
    expect(out).toContain('main: epoch 1 starts again\n');
    expect((await world.read.tasks()).find(({ kind }) => kind === 'resolve-failure')?.state).toBe('open');
  });

  it('refuses a journey that runs, one that is unknown, a line that is none, and a stranger', async () => {
    const { id, replay } = await journeyWith('RUNNING');
    expect(await replay('--journey', id)).toMatchObject({
      status: 0,
      out: expect.stringContaining('Everything that should run does.'),
    });
    expect((await replay('--journey', id, ...BY)).err).toBe(
      `options.journey: ${id}: everything that should run does\n`,
    );
    expect((await replay('--journey', 'j9')).err).toBe('options.journey: j9: there is no such journey\n');
    expect((await replay('--journey', id, '--line', 'x')).err).toContain(
      'options.line: "x" is no line that should run; one of main',
    );
    expect((await replay()).err).toBe('options.journey: missing; the id of a journey\n');
    expect((await replay('--journey', id, '--by', 'coordinator-1')).err).toBe('options.reason: missing; why\n');
    world.running.set(`${id}-cycle-1-1`, 'FAILED');
    expect((await replay('--journey', id, '--by', 'me', '--reason', 'x')).err).toContain(
      'options.by: unknown person "me"',
    );
    expect(await world.read.outbox()).toEqual([]);
  });
});

describe('A journey that was given up after its third replay', () => {
  it('goes on when an operator replays it: their command answers the task about it, and refuses once it has ended', async () => {
    let breaks = 0;
    let clinic: TroubledClinic | undefined;
    let command: ReturnType<typeof ran> | undefined;
    const scenario = await readScenario({ program: 'northwest-iv' });
    const data = { ...bundledData() };
    const asked = async (journeyId: string) => {
      if (clinic === undefined) throw new Error('no clinic');
      const { ports, executions } = clinic;
      const status = async ({ name }: { name: string }) =>
        executions().find((each) => each.name === name)?.status ?? ('MISSING' as const);
      return ran(
        replayCommand,
        { ports, data, status, carried: async () => undefined, close: () => undefined },
        '--journey',
        journeyId,
        '--line',
        'main',
        ...BY,
        ...HERE,
      );
    };
    const build = troubledClinic(
      {
        invoked: async (name, event, call) => {
          if (name !== 'plan-next-step' || command !== undefined) return call(event);
          breaks += 1;
          throw new Error('broken');
        },
        heard: ({ entry, journeyId }) => {
          const given =
            entry.kind === 'task' &&
            entry.task === 'resolve-failure' &&
            entry.event === 'opened' &&
            entry.id.includes('cycle-1-4');
          if (given && command === undefined && clinic !== undefined) command = clinic.clock.track(asked(journeyId));
        },
      },
      (built) => {
        clinic = built;
      },
    );
    const { result } = await rehearse(scenario, build);
    expect(breaks).toBe(4);
    const said = await command;
    expect(said?.out).toContain('main: epoch 4 starts again, as the answer to its task resolve-failure\n');
    expect(result.outcome?.kind).toBe('completed');
    const after = await asked(result.journeyId);
    expect(after).toMatchObject({ status: 2, err: `options.journey: ${result.journeyId}: the journey has ended\n` });
  });
});
