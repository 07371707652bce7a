import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ServedClinic, servedClinic } from '../../support/served-clinic.ts';

let served: ServedClinic;
let ann: string;
beforeAll(async () => {
  served = await servedClinic();
  // She has prepared, and nobody has booked her first dose.
  ann = await served.patient({ id: 'ann', days: 16, scenario: { people: [{ task: 'book-pair', after: 'P60D' }] } });
}, 60_000);
afterAll(() => served.close());

const AT = '/v1/clinic/timetable';
type Proposal = { startsAt: string };

const wanted = async () => {
  const { body } = await served.get('coordinator', AT);
  const { hours, holidays, onCall, practitioners } = body;
  return { hours, holidays, onCall, practitioners };
};
const firstDay = async (): Promise<string> => {
  const { body } = await served.get('coordinator', `/v1/journeys/${ann}/proposals?appointment=dosing&limit=1`);
  const [first]: Proposal[] = body.proposals;
  return first?.startsAt.slice(0, 10) ?? 'none';
};

describe('the timetable of the clinic', () => {
  test('is that of the file until somebody changes it', async () => {
    const { body, headers } = await served.get('nurse', AT);
    expect(body).toMatchObject({ revision: 0, changedAt: null, changedBy: null, onCall: expect.any(Array) });
    expect(headers.get('ETag')).toBe('"0"');
    const unchanged = await served.post('coordinator', AT, await wanted());
    expect([unchanged.status, unchanged.body.revision]).toEqual([200, 0]);
  });

  test('closes a day for what is booked from now on, and opens it again; who did it and why is kept', async () => {
    const day = await firstDay();
    const before = await wanted();
    const closed = await served.post(
      'coordinator',
      AT,
      { ...before, holidays: [...before.holidays, day], reason: 'the floor is painted' },
      { 'If-Match': '"0"' },
    );
    expect([closed.status, closed.body.revision, closed.headers.get('ETag')]).toEqual([200, 1, '"1"']);
    expect(closed.body.changedBy).toEqual({ role: 'coordinator', id: 'coordinator-1' });
    expect((await served.get('patient:ann', '/v1/clinic')).body.holidays).toContain(day);
    expect((await firstDay()) > day).toBe(true);
    const { body } = await served.get('coordinator', `/v1/journeys/${ann}/proposals?appointment=dosing&limit=1`);
    expect(body.refusals).toContainEqual(expect.objectContaining({ reason: 'holiday', detail: day }));

    const opened = await served.post('medical-director', AT, before, { 'If-Match': '"1"' });
    expect(opened.body.revision).toBe(2);
    expect(await firstDay()).toBe(day);
    const { body: changes } = await served.get('medical-director', `${AT}/changes?limit=1`);
    expect(changes.items).toMatchObject([{ revision: 2, by: { id: 'medical-director-1' }, reason: null }]);
    const { body: earlier } = await served.get('medical-director', `${AT}/changes?limit=1&cursor=${changes.next}`);
    expect(earlier.items).toMatchObject([
      { revision: 1, by: { id: 'coordinator-1' }, reason: 'the floor is painted', changed: { practitioners: [] } },
    ]);
  });

  test('gives a nurse other hours, and no dose is proposed while the only one is away', async () => {
    const before = await wanted();
    const practitioners = before.practitioners.map((each: { id: string }) =>
      each.id === 'nurse-1' ? { ...each, hours: {} } : each,
    );
    const changed = await served.post('coordinator', AT, { ...before, practitioners });
    expect(changed.status).toBe(200);
    expect((await served.get('nurse', '/v1/practitioners/nurse-1')).body.hours.mon).toEqual([]);
    expect(await firstDay()).toBe('none');
    expect((await served.post('coordinator', AT, before)).status).toBe(200);
    expect(await firstDay()).not.toBe('none');
  });

  test('is not changed by who saw another one, unless it is that already', async () => {
    const now = await wanted();
    const other = { ...now, onCall: [...now.onCall].reverse(), holidays: ['2026-12-24'] };
    expect((await served.post('coordinator', AT, other, { 'If-Match': '"0"' })).status).toBe(412);
    expect((await served.post('coordinator', AT, now, { 'If-Match': '"0"' })).status).toBe(200);
  });

  test('is refused with every problem in it, and nothing changes', async () => {
    const before = (await served.get('coordinator', AT)).body;
    const { status, body } = await served.post('coordinator', AT, {
      ...(await wanted()),
      hours: { mon: [['17:00', '09:00']], noday: [] },
      holidays: ['2026-02-30'],
      onCall: [],
    });
    expect(status).toBe(400);
    expect(body.errors.map(({ path }: { path: string }) => path)).toEqual(
      expect.arrayContaining(['body.hours.mon[0]', 'body.hours', 'body.holidays[0]', 'body.onCall']),
    );
    const unknown = await served.post('coordinator', AT, { ...(await wanted()), onCall: ['nobody'] });
    expect(unknown.body.errors).toMatchObject([{ path: 'body.onCall[0]' }]);
    expect((await served.get('coordinator', AT)).body).toEqual(before);
  });
});
