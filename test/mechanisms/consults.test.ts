import { describe, expect, test } from 'vitest';
import type { ConsultRequest } from '../../functions/contracts/consult-request.ts';
import { openJourneys } from '../../functions/stores/journey-rows.ts';
import { consultOf } from '../../local/clinic/consult.ts';
import { readScenario } from '../../local/rehearsal/scenario.ts';
import { everyInterleaving } from '../support/interleavings.ts';
import { sceneAt, type World, worldOf } from '../support/scenes.ts';

/** Requests of the patient whom the scenes are of. */
const requested = async (requestId: string): Promise<ConsultRequest> => {
  const { patient, program } = await readScenario({ program: 'northwest-iv' });
  return { ...consultOf(patient, program, 'patient-1'), requestId };
};

describe('A patient who has an open journey', { timeout: 60_000 }, () => {
  test('has no second one: another request is refused, the one that began it is answered with it', async () => {
    const scene = await sceneAt('the consult is to be booked');
    const world = await worldOf(scene);
    const ask = async (requestId: string) =>
      world.store().requestConsult({ ...(await requested(requestId)), journeyId: 'j1x00002' });
    expect(await ask('request-2')).toEqual({ accepted: false, reason: 'the patient already has an open journey' });
    expect(await ask('request-1')).toEqual({ accepted: true, journeyId: scene.journeyId });
    expect(world.started).toEqual([]);
  });

  test('has one, in whatever order two requests come together', async () => {
    const scene = await sceneAt('the consult is to be booked');
    const [one, other] = await Promise.all([requested('request-3'), requested('request-4')]);
    const request = (world: World, input: ConsultRequest, journeyId: string) => (gate: Parameters<World['store']>[0]) =>
      world.store(gate).requestConsult({ ...input, patientId: 'patient-2', journeyId });
    const begun = new Set<string>();
    await everyInterleaving({
      begin: () => worldOf(scene),
      actors: (world) => ({ one: request(world, one, 'j1x00003'), other: request(world, other, 'j1x00004') }),
      end: async (world, ended) => {
        const opened = await world.table.get(openJourneys.key('patient-2'));
        const journeyId = opened === undefined ? '' : openJourneys.read(opened).journeyId;
        const accepted = { value: { accepted: true, journeyId } };
        const refused = { value: { accepted: false, reason: 'the patient already has an open journey' } };
        expect(ended).toEqual(
          journeyId === 'j1x00003' ? { one: accepted, other: refused } : { one: refused, other: accepted },
        );
        begun.add(journeyId);
      },
    });
    expect([...begun].toSorted()).toEqual(['j1x00003', 'j1x00004']);
  });
});
