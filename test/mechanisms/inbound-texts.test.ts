import { beforeAll, describe, expect, test } from 'vitest';
import { numberHash } from '../../functions/stores/journey/numbers.ts';
import { ADDRESSES } from '../../local/clinic/consult.ts';
import { another, type Scene, sceneAt, worldOf } from '../support/scenes.ts';

const patient = ADDRESSES.mobile.working;
let scene: Scene;

describe('A text to the clinic’s number', { timeout: 60_000 }, () => {
  beforeAll(async () => {
    scene = await sceneAt('the first dose is to be booked');
  });

  const worldThatHears = async (...texts: readonly (readonly [from: string, text: string])[]) => {
    const world = await worldOf(scene);
    for (const [n, [from, text]] of texts.entries()) await world.store().heedText({ id: `m${n}`, from, text });
    const planned = (await world.read.messages()).filter(({ kind }) => kind === 'stop-confirmation');
    const calls = (await world.read.outbox()).filter((item) => item.kind === 'start-task');
    return { world, planned, calls, journey: await world.read.journey() };
  };

  test('that says STOP ends every text at once; the carrier has sent the one confirmation', async () => {
    const { journey, planned, world } = await worldThatHears([patient, 'Stop']);
    expect(journey?.smsStopped).toBe(true);
    expect(planned).toEqual([]);
    await world.close();
  });

  test('by a word that the carrier does not know is confirmed by the clinic, once', async () => {
    const { journey, planned, world } = await worldThatHears([patient, 'ALTO'], [patient, 'pare']);
    expect(journey?.smsStopped).toBe(true);
    expect(planned).toMatchObject([{ channel: 'sms', occurrence: 1 }]);
    await world.close();
  });

  test('that says START allows them again', async () => {
    const { journey, world } = await worldThatHears([patient, 'STOP'], [patient, 'start']);
    expect(journey?.smsStopped).toBe(false);
    await world.close();
  });

  test('delivered twice is heeded once: a START in between stands', async () => {
    const world = await worldOf(scene);
    const stop = { id: 'a', from: patient, text: 'ALTO' };
    await world.store().heedText(stop);
    await world.store().heedText({ id: 'b', from: patient, text: 'START' });
    await world.store().heedText(stop);
    expect((await world.read.journey())?.smsStopped).toBe(false);
    await world.close();
  });

  test.each(['HELP', 'ayuda', 'can I come an hour later?'])(
    'that says %j is a person’s call, once a day however often it is said',
    async (text) => {
      const { calls, world } = await worldThatHears([patient, text], [patient, `${text} `]);
      expect(calls).toMatchObject([{ ask: { kind: 'call-patient' } }]);
      expect(JSON.stringify(await world.read.state())).not.toContain('an hour later');
      await world.close();
    },
  );

  test('that says C is a person’s call where nothing lies ahead that it could mean', async () => {
    const { calls, world } = await worldThatHears([ADDRESSES.chaperone, 'C']);
    expect(calls).toMatchObject([{ ask: { kind: 'call-patient' } }]);
    await world.close();
  });

  test('from the chaperone ends the chaperone’s texts, not the patient’s', async () => {
    const { journey, world } = await worldThatHears([ADDRESSES.chaperone, 'STOP']);
    expect(journey?.smsStopped).toBe(false);
    const stopped = { pk: `contact#${numberHash(ADDRESSES.chaperone)}`, sk: 'stopped' };
    expect(await world.table.get(stopped)).toBeDefined();
    await world.store().heedText({ id: 'z', from: ADDRESSES.chaperone, text: 'START' });
    expect(await world.table.get(stopped)).toBeUndefined();
    await world.close();
  });

  test('reaches every journey that knows the number', async () => {
    const other = 'j2x00002';
    const world = await worldOf(scene, another(scene, other));
    await expect(world.store().heedText({ id: 'a', from: patient, text: 'STOP' })).resolves.toEqual({
      known: 2,
      word: 'stop',
    });
    for (const id of [world.journeyId, other]) expect((await world.read.journey(id))?.smsStopped).toBe(true);
    await world.close();
  });

  test.each(['+12065559999', 'nobody', ''])('from %j, whom nobody knows, changes nothing', async (from) => {
    const { journey, calls, world } = await worldThatHears([from, 'STOP'], [from, 'hello']);
    expect(journey?.smsStopped).toBe(false);
    expect(calls).toEqual([]);
    await world.close();
  });
});
