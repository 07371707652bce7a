import { describe, expect, test } from 'vitest';
import { waitUntil } from '../../functions/handlers/tasks/wait-until.ts';
import { journeys, safetyEvents } from '../../functions/stores/journey-rows.ts';
import { everyInterleaving, type Gate, outside } from '../support/interleavings.ts';
import { type Scene, sceneAt, type World, worldOf } from '../support/scenes.ts';

const ungated: Gate = (_, act) => act();
const decision = 'safety-decision-adverse-event-1:1';

/** Before a booking, while an adverse event holds the series and a clinician is to decide on it. */
const held = async (): Promise<Scene> => {
  const world = await worldOf(await sceneAt('the first dose is to be booked'));
  const { journeyId, clock } = world;
  const journey = await world.read.journey();
  if (journey === undefined) throw new Error('no journey');
  const event = {
    journeyId,
    id: 'adverse-event-1',
    type: 'adverse-event',
    severity: 3,
    openedAt: clock.now,
    source: 'next-day-check-in',
    acknowledgedBy: 'provider-1',
    acknowledgedAt: clock.now,
    decision: null,
    decidedBy: null,
    decidedAt: null,
    round: 1,
    followedUpAt: null,
    closedAt: null,
  } as const;
  const holds = [{ reason: 'safety-adverse-event-1', at: clock.now, by: null }];
  await world.table.write([
    { do: 'put', row: journeys.row({ ...journey, holds }), when: 'free' },
    { do: 'put', row: safetyEvents.row(event), when: 'free' },
  ]);
  await world.open({ kind: 'safety-decision', about: 'adverse-event-1:1' });
  return world.scene();
};

/** The machine asks the gate and, where it holds, waits for the reason to go away; `asking` is a step of its own or done before. */
const askAndWait = async (world: World, gate: Gate, asking = gate): Promise<string> => {
  const asked = await world.store(asking).checkGate({ run: world.run, gate: 'booking', cycle: 1 });
  const { follows, seen, seconds } = asked;
  if (follows !== 'hold') return follows;
  world.tokens.set('gate', 'waiting');
  const wait = { id: 'booking-1', kind: 'gate', seconds, seen, token: 'gate', enteredAt: world.clock.now } as const;
  await waitUntil(world.deps(gate))({ run: world.run, ...wait });
  return follows;
};

const resume = async (world: World, gate: Gate): Promise<void> => {
  const by = { role: 'provider', id: 'provider-1' } as const;
  const answer = { answer: 'resume', by, reason: null, data: {} };
  const said = await world.store(gate).decideTask({ journeyId: world.journeyId, taskId: `${decision}-1`, ...answer });
  expect(said.accepted).toBe(true);
};

const holdLiftedWhileAsked = async (): Promise<Set<string>> => {
  const scene = await held();
  const seen = new Set<string>();
  await everyInterleaving({
    begin: () => worldOf(scene),
    actors: (world) => ({ machine: (gate) => askAndWait(world, gate), clinician: (gate) => resume(world, gate) }),
    end: async (world, { machine, clinician }) => {
      expect(clinician).toEqual({ value: undefined });
      await world.workOff();
      seen.add(JSON.stringify(machine));
      if (world.tokens.has('gate')) expect(world.tokens.get('gate')).toBe('ended');
    },
  });
  return seen;
};

describe('A booking that is held', { timeout: 60_000 }, () => {
  test('is looked at again when its hold is lifted while the state begins to wait', async () => {
    const scene = await held();
    const runs = await everyInterleaving({
      begin: () => worldOf(scene),
      actors: (world) => ({
        machine: (gate) => askAndWait(world, gate, ungated),
        clinician: async (gate) => {
          await gate(outside('the gate was asked'), async () => undefined);
          await resume(world, gate);
          await world.shown(gate, { kind: 'resume-wait', journeyId: world.journeyId, waitId: 'booking-1' });
        },
      }),
      end: async (world, { machine }) => {
        expect(machine).toEqual({ value: 'hold' });
        await world.workOff();
        expect(world.told).toMatchObject([{ token: 'gate', output: { follows: 'look-again' } }]);
      },
    });
    expect(runs).toBeGreaterThan(3);
  });

  // The gate reads the head, with the number of the last signal, after all that it looks at: a hold lifted in between is missed for a day.
  test('goes on in the end, whether the hold is lifted before or after the gate is asked', async () => {
    const seen = await holdLiftedWhileAsked();
    expect([...seen].toSorted()).toEqual(['{"value":"go-on"}', '{"value":"hold"}']);
  });
});
