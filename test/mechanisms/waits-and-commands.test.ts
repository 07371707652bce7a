import { beforeAll, describe, expect, test } from 'vitest';
import type { Command } from '../../functions/contracts/command.ts';
import type { Ask } from '../../functions/domain/journey/task.ts';
import { askIdOf, subjectOf } from '../../functions/domain/tasks/ask.ts';
import { type Actor, everyInterleaving, inSnapshots } from '../support/interleavings.ts';
import { expectNobodyForgotten, type Scene, sceneAt, type World, worldOf } from '../support/scenes.ts';

const COORDINATOR = { role: 'coordinator', id: 'coordinator-1' } as const;

type Asked = Pick<Command, 'command'> & { readonly data?: Command['data'] };

const commandOf = (journeyId: string, { command, data = {} }: Asked): Command => ({
  journeyId,
  commandId: 'c-1',
  command,
  by: command === 'withdraw' ? { role: 'patient', id: 'patient' } : COORDINATOR,
  reason: null,
  data,
});

type Waiting = { readonly askId: string; readonly token: string; readonly seen: number };

/** Opens what the branches wait for, so that their states stand right before their waits. */
const branches = async (world: World, asks: readonly Ask[]): Promise<Waiting[]> => {
  const waiting: Waiting[] = [];
  for (const [n, ask] of asks.entries()) {
    const { askId, seen } = await world.open(ask);
    if (askId === null) throw new Error(`nobody needs to be asked for ${ask.kind}`);
    waiting.push({ askId, seen, token: `token-${n}` });
  }
  return waiting;
};

type Case = {
  readonly scene: Scene;
  readonly asks: readonly Ask[];
  readonly command: Asked;
  /** The asks that the command ends the wait for; the others go on waiting. */
  readonly concerned: readonly string[];
  readonly prepare?: (world: World) => Promise<unknown>;
};

/** Runs a command and its outbox against the registering waits of one or more branches, in every order. */
const run = async ({ scene, asks, command, concerned, prepare }: Case): Promise<number> => {
  const before = await worldOf(scene);
  await prepare?.(before);
  const waiting = await branches(before, asks);
  const prepared = before.scene();
  return everyInterleaving({
    begin: () => worldOf(prepared),
    actors: (world) => {
      const actors: Record<string, Actor> = {
        command: async (own) => {
          const gate = waiting.length === 1 ? own : inSnapshots(own);
          const answer = await world.store(gate).postCommand(commandOf(world.journeyId, command));
          // The stream shows the item at once, be the wait registered or not; with two branches the sweep comes later.
          const [only, second] = waiting;
          if (only !== undefined && second === undefined)
            await world.shown(gate, { kind: 'resume-wait', journeyId: world.journeyId, waitId: only.askId });
          return answer;
        },
      };
      for (const each of waiting)
        actors[each.askId] = (gate) => world.enter(waiting.length === 1 ? gate : inSnapshots(gate), each);
      return actors;
    },
    end: async (world, ended) => {
      expect(ended.command).toEqual({ value: { accepted: true, reason: null } });
      for (const { askId } of waiting) expect(ended[askId]).toEqual({ value: {} });
      await expectNobodyForgotten(world);
      await world.workOff();
      for (const { askId, token } of waiting)
        expect([askId, world.tokens.get(token)]).toEqual([askId, concerned.includes(askId) ? 'ended' : 'waiting']);
      expect(world.told.map(({ token }) => token).toSorted()).toEqual(
        waiting.flatMap(({ askId, token }) => (concerned.includes(askId) ? [token] : [])),
      );
      await expectNobodyForgotten(world);
      expect((await world.read.outbox()).filter(({ kind }) => kind === 'resume-wait')).toEqual([]);
    },
  });
};

const idOf = (ask: Ask, appointmentId: string | null = null) =>
  askIdOf({ kind: ask.kind, subject: subjectOf(ask, appointmentId) });

const book: Ask = { kind: 'book-appointment', about: 'consult' };
const fit: Ask = { kind: 'fit-decision', appointment: 'consult' };
const screening: Ask = { kind: 'answer-screening' };
const medical: Ask = { kind: 'medical-clearance' };
const psychological: Ask = { kind: 'psychological-clearance' };

const bookConsult = async (world: World) => {
  const [task] = (await world.read.tasks()).filter(({ kind }) => kind === 'book-appointment');
  const answer = { answer: 'booked', by: COORDINATOR, reason: null, data: {} };
  const said = await world.store().decideTask({ journeyId: world.journeyId, taskId: task?.id ?? '', ...answer });
  expect(said.accepted).toBe(true);
};

const bookDose = async (world: World) => {
  const [task] = (await world.read.tasks()).filter(({ kind, state }) => kind === 'book-pair' && state === 'open');
  const answer = { answer: 'booked', by: COORDINATOR, reason: null, data: {} };
  const said = await world.store().decideTask({ journeyId: world.journeyId, taskId: task?.id ?? '', ...answer });
  expect(said.accepted).toBe(true);
};

describe('A command that is given while a state begins to wait', { timeout: 60_000 }, () => {
  let consult: Scene;
  let clearances: Scene;
  let dose: Scene;

  beforeAll(async () => {
    consult = await sceneAt('the consult is to be booked');
    clearances = await sceneAt('both clearances are asked for');
    dose = await sceneAt('the first dose is to be booked');
  });

  test('a patient who withdraws is not left with a booking that somebody waits for', async () => {
    const runs = await run({ scene: consult, asks: [book], command: { command: 'withdraw' }, concerned: [idOf(book)] });
    expect(runs).toBeGreaterThan(3);
  });

  test('a consult that is moved is asked about at its new time', async () => {
    const runs = await run({
      scene: consult,
      prepare: bookConsult,
      asks: [fit],
      command: { command: 'reschedule-appointment', data: { appointment: 'consult' } },
      concerned: [idOf(fit, 'consult-1')],
    });
    expect(runs).toBeGreaterThan(3);
  });

  test('a consult that is cancelled is not waited for', async () => {
    const runs = await run({
      scene: consult,
      prepare: bookConsult,
      asks: [fit],
      command: { command: 'cancel-appointment', data: { appointment: 'consult' } },
      concerned: [idOf(fit, 'consult-1')],
    });
    expect(runs).toBeGreaterThan(3);
  });

  test('of two branches that begin to wait, a moved consult ends the one that hangs on it and leaves the other', async () => {
    const runs = await run({
      scene: consult,
      prepare: bookConsult,
      asks: [fit, screening],
      command: { command: 'reschedule-appointment', data: { appointment: 'consult' } },
      concerned: [idOf(fit, 'consult-1')],
    });
    expect(runs).toBeGreaterThan(20);
  });

  test('of two branches that begin to wait, a withdrawal ends both', async () => {
    const runs = await run({
      scene: clearances,
      asks: [medical, psychological],
      command: { command: 'withdraw' },
      concerned: [idOf(medical), idOf(psychological)],
    });
    expect(runs).toBeGreaterThan(20);
  });

  test('a dose that is cancelled ends every wait that hangs on it, for its order and for the check-in', async () => {
    const order: Ask = { kind: 'dose-order', cycle: 1, appointment: 'dosing' };
    const check: Ask = { kind: 'dosing-day-check', cycle: 1, appointment: 'dosing' };
    const runs = await run({
      scene: dose,
      prepare: bookDose,
      asks: [order, check],
      command: { command: 'cancel-appointment', data: { appointment: 'dosing' } },
      concerned: [idOf(order, 'dosing-1'), idOf(check, 'dosing-1')],
    });
    expect(runs).toBeGreaterThan(20);
  });
});
