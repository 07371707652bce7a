import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ServedClinic, servedClinic } from '../../support/served-clinic.ts';

let served: ServedClinic;
let ann: string;

beforeAll(async () => {
  served = await servedClinic();
  ann = await served.patient({
    id: 'ann',
    days: 8,
    scenario: { patient: { facts: { glaucoma: 'treated_stable', sud: 'remission_over_12m' } } },
  });
}, 60_000);
afterAll(() => served.close());

const screeningsFor = async (who: Parameters<ServedClinic['get']>[0]) =>
  (await served.get(who, `/v1/journeys/${ann}/record`)).body.screenings;

describe('What the rules said of a patient’s answers', () => {
  test('is there for the provider: which rule fired on which answer, why, and after which sources', async () => {
    const [screening] = await screeningsFor('provider');
    expect(screening).toMatchObject({ disposition: 'review', rulesetVersion: 'kap-screening@1' });
    expect(screening.fired).toContainEqual(
      expect.objectContaining({ reason: 'GLAUCOMA_STABLE', inputs: { glaucoma: 'treated_stable' } }),
    );
    for (const { why, source } of screening.fired) expect([why.length > 0, source.length > 0]).toEqual([true, true]);
  });

  test('is not told to the patient, who hears what follows from a clinician', async () => {
    expect(await screeningsFor('patient:ann')).toEqual([]);
  });

  test('comes after what was told before the sheet was filled in: a medicine is added to it, and nothing is screened yet', async () => {
    const eve = await served.patient({ id: 'eve', days: 0.2, facts: {} });
    const told = await served.post(
      'coordinator',
      `/v1/journeys/${eve}/commands`,
      { command: 'new-medication', data: { class: 'maoi' } },
      { 'Idempotency-Key': 'eve-1' },
    );
    expect([told.status, told.body.accepted]).toEqual([200, true]);
    const { facts, screenings } = (await served.get('provider', `/v1/journeys/${eve}/record`)).body;
    expect([facts, screenings]).toEqual([{ meds: ['maoi'] }, []]);
  });

  test('leaves the clinic with the record of the patient', async () => {
    const { body } = await served.get('medical-director', '/v1/patients/ann/export');
    expect(body.journeys[0].record.screenings).toEqual(await screeningsFor('provider'));
  });
});
