import { beforeAll, describe, expect, test } from 'vitest';
import type { Appointment } from '../../functions/domain/journey/appointment.ts';
import { SlotTaken } from '../../functions/stores/journey/appointment-acts.ts';
import { everyInterleaving, type Gate } from '../support/interleavings.ts';
import { another, type Scene, sceneAt, type World, worldOf } from '../support/scenes.ts';

const COORDINATOR = { role: 'coordinator', id: 'coordinator-1' } as const;

const overlap = (a: Appointment, b: Appointment): boolean => a.startsAt < b.endsAt && b.startsAt < a.endsAt;

/** Everybody and every room of an appointment. */
const resources = ({ practitioners, room }: Appointment): string[] => [
  ...practitioners,
  ...(room === null ? [] : [room]),
];

const standing = async (world: World, journeyId: string): Promise<Appointment[]> =>
  (await world.read.appointments(journeyId)).filter(
    ({ state, startsAt }) => state === 'booked' && startsAt > world.clock.now,
  );

/** Nobody and no room is promised twice, and what is promised is what the appointments say. */
const expectNothingTwice = async (world: World, journeyIds: readonly string[]): Promise<Appointment[]> => {
  const all: Appointment[] = [];
  for (const journeyId of journeyIds) all.push(...(await standing(world, journeyId)));
  for (const [n, one] of all.entries())
    for (const other of all.slice(n + 1)) {
      const shared = resources(one).filter((each) => resources(other).includes(each));
      if (overlap(one, other))
        expect(shared, `${one.journeyId} ${one.id} and ${other.journeyId} ${other.id}`).toEqual([]);
    }
  for (const each of all)
    for (const resource of resources(each)) {
      const held = (await world.read.claims(resource)).flatMap(({ intervals }) => intervals);
      expect(held.filter(({ appointmentId }) => appointmentId === `${each.journeyId}/${each.id}`)).not.toEqual([]);
    }
  return all;
};

describe('Two patients whose appointments are booked at once', { timeout: 60_000 }, () => {
  let scene: Scene;
  let other: Scene;

  beforeAll(async () => {
    scene = await sceneAt('the first dose is to be booked');
    other = another(scene, 'jother000000');
  });

  const book =
    (world: World, journeyId: string, data = {}) =>
    async (gate: Gate) => {
      const task = { journeyId, taskId: 'book-pair-c1-1' };
      return world.store(gate).decideTask({ ...task, answer: 'booked', by: COORDINATOR, reason: null, data });
    };

  /** Books; one who was told that a proposal had just been taken asks again. */
  const insist = (world: World, journeyId: string) => async (gate: Gate) => {
    try {
      return await book(world, journeyId)(gate);
    } catch (error) {
      if (!(error instanceof SlotTaken)) throw error;
      return book(world, journeyId)(gate);
    }
  };

  test('never get the same clinician, therapist or room at the same time: the later commit takes the next time', async () => {
    const starts = new Set<string>();
    const runs = await everyInterleaving({
      begin: () => worldOf(scene, other),
      actors: (world) => ({ one: insist(world, scene.journeyId), other: insist(world, other.journeyId) }),
      end: async (world, { one, other: second }) => {
        expect([one, second]).toMatchObject([{ value: { accepted: true } }, { value: { accepted: true } }]);
        const booked = await expectNothingTwice(world, [scene.journeyId, other.journeyId]);
        expect(booked).toHaveLength(4);
        const times = booked.map(({ startsAt }) => startsAt);
        starts.add(times.toSorted().join(' '));
      },
    });
    expect(runs).toBeGreaterThan(1);
    // Whoever comes first, the same times are given away.
    expect(starts.size).toBe(1);
  });

  test('are never shown an error: who comes second is looked for another time at once', async () => {
    await everyInterleaving({
      begin: () => worldOf(scene, other),
      actors: (world) => ({ one: book(world, scene.journeyId), other: book(world, other.journeyId) }),
      end: (_, { one, other: second }) =>
        expect([one, second]).toMatchObject([{ value: { accepted: true } }, { value: { accepted: true } }]),
    });
  });

  test('who both ask for one time: one gets it, the other is refused with the reason', async () => {
    const first = await worldOf(scene);
    await book(first, scene.journeyId)((_, act) => act());
    const at = (await standing(first, scene.journeyId)).find(({ kind }) => kind === 'dosing')?.startsAt;
    const winners = new Set<string>();
    const data = { dosing: { startsAt: at ?? null } };
    await everyInterleaving({
      begin: () => worldOf(scene, other),
      actors: (world) => ({ one: book(world, scene.journeyId, data), other: book(world, other.journeyId, data) }),
      end: async (world, ended) => {
        const said = Object.entries(ended).map(([name, each]) => ({
          name,
          ...('value' in each ? { value: each.value } : {}),
        }));
        const won = said.filter(
          ({ value }) => typeof value === 'object' && value !== null && 'accepted' in value && value.accepted === true,
        );
        expect(won).toHaveLength(1);
        winners.add(won[0]?.name ?? '');
        expect(await expectNothingTwice(world, [scene.journeyId, other.journeyId])).toHaveLength(2);
        // A refused answer changes nothing: the task is still open.
        const open = won[0]?.name === 'one' ? other.journeyId : scene.journeyId;
        expect(await standing(world, open)).toEqual([]);
      },
    });
    expect([...winners].toSorted()).toEqual(['one', 'other']);
  });
});
