import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { facts } from '../../../functions/stores/journey-rows.ts';
import { readingStore } from '../../../functions/stores/reading-store.ts';
import { transact } from '../../../functions/stores/transaction.ts';
import { type ServedClinic, servedClinic } from '../../support/served-clinic.ts';

const MONTHS = ['2026-03', '2026-04', '2026-05'] as const;
const QUARTER = `/v1/statistics?from=${MONTHS[0]}&to=${MONTHS[2]}`;

let served: ServedClinic;
let ann: string;
beforeAll(async () => {
  served = await servedClinic();
  ann = await served.patient({ id: 'ann', days: 80 });
}, 60_000);
afterAll(() => served.close());

const factsOf = async () => {
  const reading = readingStore(served.clinic.ports);
  const pages = await Promise.all(MONTHS.map((month) => reading.factsOf(month, { cursor: undefined, limit: 1_000 })));
  return pages.flatMap(({ items }) => items.map(({ value }) => value));
};

describe('statistics of the clinic', () => {
  test('a whole journey counts each dose’s window, each visit, its clearance and what its measures say once', async () => {
    const { status, body } = await served.get('medical-director', QUARTER);
    expect(status).toBe(200);
    const cycles = (await served.get('medical-director', `/v1/journeys/${ann}/cycles`)).body.items;
    const appointments = (await served.get('coordinator', `/v1/journeys/${ann}/appointments`)).body.items;
    const settled = cycles.filter((each: { debt: { state: string } | null }) => each.debt?.state === 'settled').length;
    expect(settled).toBe(6);
    const met = body.windows.reduce((all: number, each: { met: number }) => all + each.met, 0);
    expect(met).toBe(settled);
    const came = body.visits.reduce((all: number, each: { came: number }) => all + each.came, 0);
    expect(came).toBe(appointments.filter(({ state }: { state: string }) => state === 'attended').length);
    expect(body.clearances).toMatchObject({ cleared: 1, declined: 0 });
    expect(body.responses.map(({ measured }: { measured: number }) => measured)).toEqual([1, 1]);
  });

  test('what is told again takes its own place', async () => {
    const before = (await served.get('medical-director', QUARTER)).body;
    const told = await factsOf();
    expect(told.length).toBeGreaterThan(15);
    for (const fact of told) await transact(served.clinic.ports, 'test', async ({ state }) => state(facts, fact));
    expect((await served.get('medical-director', QUARTER)).body).toEqual(before);
  });

  test('facts carry no name, no number and nothing that somebody wrote', async () => {
    const kinds = new Set((await factsOf()).map(({ kind }) => kind));
    expect([...kinds].toSorted()).toEqual(['clearance', 'response', 'visit', 'window']);
    const texts = (await factsOf()).flatMap((fact) => Object.values(fact)).filter((each) => typeof each === 'string');
    expect(texts.filter((each) => !/^[a-z0-9_-]+$/.test(each))).toEqual([]);
  });

  test('a coordinator sees what is arranged, not how patients respond', async () => {
    const { status, body } = await served.get('coordinator', QUARTER);
    expect(status).toBe(200);
    expect(body.responses).toBeNull();
    expect(body.visits).not.toEqual([]);
  });

  test.each([
    '/v1/statistics',
    '/v1/statistics?from=2026-13&to=2026-13',
    '/v1/statistics?from=2026-04&to=2026-03',
    '/v1/statistics?from=2026-01&to=2026-04',
  ])('%s is refused', async (path) => {
    expect((await served.get('medical-director', path)).status).toBe(400);
  });

  test('months of two years are read together', async () => {
    const { status, body } = await served.get('medical-director', '/v1/statistics?from=2025-11&to=2026-01');
    expect([status, body.visits]).toEqual([200, []]);
  });

  test('a no-show is counted, and a window that closed without an integration stays missed when it is made up for', async () => {
    const months = '/v1/statistics?from=2026-05&to=2026-07';
    const missedOf = ({ windows }: { windows: { missed: number }[] }) =>
      windows.reduce((all, { missed }) => all + missed, 0);
    expect(missedOf((await served.get('coordinator', months)).body)).toBe(0);
    const people = [
      { task: 'record-integration', occurrence: 2, answer: 'no-show' },
      { task: 'book-appointment', occurrence: 3, after: 'P2D' },
      { task: 'integration-overdue', occurrence: 1, answer: 'rebooked', after: 'P4D' },
    ];
    await served.patient({ id: 'ben', days: 40, scenario: { people } });
    const { body } = await served.get('coordinator', months);
    const integrations = body.visits.find(({ appointment }: { appointment: string }) => appointment === 'integration');
    expect(integrations.noShows).toBe(1);
    expect(missedOf(body)).toBe(1);
  });
});
