import { Fhir } from 'fhir-validator/fhir.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FHIR_TYPES } from '../../../functions/contracts/api/export.ts';
import { fhirBundle } from '../../../functions/handlers/app/fhir/bundle.ts';
import { type ServedClinic, servedClinic } from '../../support/served-clinic.ts';

let served: ServedClinic;
let ann: string;
beforeAll(async () => {
  served = await servedClinic();
  ann = await served.patient({ id: 'ann', days: 30 });
  const reported = await served.post(
    'nurse',
    `/v1/journeys/${ann}/commands`,
    { command: 'report-adverse-event', data: { grade: 2 } },
    { 'Idempotency-Key': 'an-event' },
  );
  expect(reported.status, reported.text).toBe(200);
}, 60_000);
afterAll(() => served.close());

// biome-ignore lint/suspicious/noExplicitAny: a test reads what was answered, whatever it is.
type Resource = any;
const resourcesOf = (bundle: Resource): Resource[] => bundle.entry.map(({ resource }: Resource) => resource);
const everyReference = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'reference' && typeof inner === 'string' ? [inner] : everyReference(inner),
  );
};
const faults = (bundle: Resource) =>
  new Fhir()
    .validate(bundle, { errorOnUnexpected: true })
    .messages.filter(({ severity }: Resource) => severity === 'error' || severity === 'fatal');
const bundleFor = async (who: 'medical-director' | 'patient:ann'): Promise<Resource> =>
  (await served.get(who, '/v1/patients/ann/export/fhir')).body;

describe('the export of a patient as FHIR R4', () => {
  test('is what the standard asks for, and has a resource of each type', async () => {
    const bundle = await bundleFor('medical-director');
    expect(faults(bundle)).toEqual([]);
    expect(new Set(resourcesOf(bundle).map(({ resourceType }) => resourceType))).toEqual(new Set(FHIR_TYPES));
  });

  test('a fault would be seen', async () => {
    const bundle = await bundleFor('medical-director');
    bundle.entry[1].resource.status = 'finished';
    expect(faults(bundle)).not.toEqual([]);
  });

  test('names each entry once, and every reference leads to one', async () => {
    const bundle = await bundleFor('medical-director');
    const urls = bundle.entry.map(({ fullUrl }: Resource) => fullUrl);
    expect(new Set(urls).size).toBe(urls.length);
    expect(everyReference(bundle).filter((reference) => !urls.includes(reference))).toEqual([]);
    expect(await bundleFor('medical-director')).toEqual(bundle);
  });

  test('holds the appointments, tasks, totals and events of the export', async () => {
    const { journeys } = (await served.get('medical-director', '/v1/patients/ann/export')).body;
    const resources = resourcesOf(await bundleFor('medical-director'));
    const count = (type: string) => resources.filter(({ resourceType }) => resourceType === type).length;
    const [{ appointments, tasks, safetyEvents, measures }] = journeys;
    expect([count('Appointment'), count('Task'), count('AdverseEvent')]).toEqual([
      appointments.length,
      tasks.length,
      safetyEvents.length,
    ]);
    const totals = resources.filter(({ valueInteger }) => valueInteger !== undefined);
    expect(totals.map(({ valueInteger }) => valueInteger)).toEqual(measures.map(({ total }: Resource) => total));
  });

  test('shows the patient no safety event, and neither the front desk nor a practice anything', async () => {
    const own = resourcesOf(await bundleFor('patient:ann'));
    expect(own.some(({ resourceType }) => resourceType === 'AdverseEvent')).toBe(false);
    expect(own.find(({ resourceType }) => resourceType === 'Patient')).toMatchObject({ name: [{ given: ['Alex'] }] });
    for (const who of ['coordinator', 'partner'] as const)
      expect((await served.get(who, '/v1/patients/ann/export/fhir')).status).toBe(403);
  });

  test('is a look at the record that is written down', async () => {
    await bundleFor('medical-director');
    const { body } = await served.get('medical-director', `/v1/journeys/${ann}/audit?order=newest&limit=40`);
    expect(body.items).toContainEqual(expect.objectContaining({ kind: 'read', operation: 'export-patient-fhir' }));
  });

  test.each([
    [1, 'mild', 'ongoing'],
    [3, 'severe', 'ongoing'],
    [4, undefined, 'ongoing'],
    [5, undefined, 'fatal'],
  ])('an event of grade %s is %s and %s', async (severity, word, outcome) => {
    const exported = (await served.get('medical-director', '/v1/patients/ann/export')).body;
    exported.journeys[0].safetyEvents[0].severity = severity;
    const bundle = fhirBundle(exported, () => undefined);
    const event = resourcesOf(bundle).find(({ resourceType }) => resourceType === 'AdverseEvent');
    expect([event.severity?.coding[0].code, event.outcome.coding[0].code]).toEqual([word, outcome]);
    expect(event.event.text).toContain(`grade ${severity} of 5`);
    expect(faults(bundle)).toEqual([]);
  });
});
