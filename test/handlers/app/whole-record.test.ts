import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ServedClinic, servedClinic, type Who } from '../../support/served-clinic.ts';

const GOAL = 'walk-by-the-sea-again';
const key = (text: string) => ({ 'Idempotency-Key': text });
const REQUEST = {
  program: { id: 'northwest-iv' },
  zone: 'America/Los_Angeles',
  language: 'en',
  consents: { sms: true, email: true },
  firstName: 'Robin',
  mobile: '+12065550123',
  email: 'robin@example.org',
  fit: { reasons: ['sleep'], goals: ['rest'], openToReflection: true, willAttendIntegration: true },
};

let served: ServedClinic;
let ann: string;
beforeAll(async () => {
  served = await servedClinic();
  ann = await served.patient({ id: 'ann', days: 16, fit: { goals: [GOAL] } });
}, 60_000);
afterAll(() => served.close());

type Sent = { id: string; kind: string; state: string; attempt: number; to: string; channel: string; reason: string };
const messages = async (who: Who = 'coordinator', journeyId = ann): Promise<Sent[]> => {
  const all: Sent[] = [];
  let next: string | null = '';
  while (next !== null) {
    const cursor: string = next === '' ? '' : `&cursor=${next}`;
    const { body } = await served.get(who, `/v1/journeys/${journeyId}/messages?limit=100${cursor}`);
    all.push(...body.items);
    next = body.next;
  }
  return all;
};
const again = (id: string, text: string, body: object = { reason: 'she deleted it' }, who: Who = 'coordinator') =>
  served.post(who, `/v1/journeys/${ann}/messages/${id}/send-again`, body, key(text));
const welcome = async (): Promise<Sent> => {
  const found = (await messages()).find(({ kind, attempt }) => kind === 'welcome' && attempt === 1);
  if (found === undefined) throw new Error('nobody welcomed the patient');
  return found;
};

describe('a message that is sent again', () => {
  test('is one of its own, with who asked and why; the same key again is the same one', async () => {
    const { id } = await welcome();
    const first = await again(id, 'a-1');
    expect([first.status, first.body]).toMatchObject([
      200,
      { kind: 'welcome', attempt: 2, again: { of: id, by: 'coordinator-1', reason: 'she deleted it' } },
    ]);
    expect((await again(id, 'a-1')).body.id).toBe(first.body.id);
    const ledger = (await messages()).filter(({ kind }) => kind === 'welcome');
    expect(ledger.map(({ state }) => state)).toEqual(['delivered', 'sent']);
    const { text } = await served.get('coordinator', `/v1/journeys/${ann}/timeline?order=newest&limit=20`);
    expect(text).toContain('"by":"coordinator-1"');
    expect((await again(id, 'a-1', { reason: 'another' })).status).toBe(422);
  });

  test('says to the patient nothing of who asked', async () => {
    const own = (await messages('patient:ann')).filter(({ kind }) => kind === 'welcome');
    expect(own).toMatchObject([{ again: null }, { again: null }]);
  });

  test('takes another way once the patient said STOP, and none where there is no other', async () => {
    const text = (await messages()).find(
      ({ to, channel, state }) => to === 'patient' && channel === 'sms' && state === 'delivered',
    );
    await served.post('patient:ann', `/v1/journeys/${ann}/commands`, { command: 'stop-messages' }, key('stop'));
    const sent = await again(text?.id ?? '', 'a-2');
    if (sent.status === 200) expect(sent.body.channel).not.toBe('sms');
    else expect(sent.status).toBe(409);
    await served.post('patient:ann', `/v1/journeys/${ann}/commands`, { command: 'start-messages' }, key('start'));
  });

  test('is refused of an appointment that has changed, of one that is still to go, and without a reason', async () => {
    const all = await messages();
    const old = all.find(({ kind, state }) => kind === 'reminder' && state === 'delivered');
    expect((await again(old?.id ?? '', 'a-3')).body.detail).toMatch(/appointment-changed|too-late/);
    const planned = all.find(({ state }) => state === 'planned');
    expect((await again(planned?.id ?? '', 'a-4')).body.detail).toMatch(/still to go out/);
    expect((await again((await welcome()).id, 'a-5', {})).status).toBe(400);
    expect((await again('welcome-nobody-1-1-1', 'a-6')).status).toBe(404);
  });

  test('of nobody’s: a patient does not ask for it, nor a practice', async () => {
    const { id } = await welcome();
    for (const who of ['patient:ann', 'partner'] as const)
      expect((await again(id, 'a-7', undefined, who)).status).toBe(403);
  });
});

describe('an appointment that somebody is asked to book', () => {
  test('is booked through that task, once, and not before anybody is asked', async () => {
    const { body } = await served.post(
      'coordinator',
      '/v1/consult-requests',
      { ...REQUEST, patientId: 'bo' },
      key('bo'),
    );
    const at = `/v1/journeys/${body.journeyId}/appointments`;
    const early = await served.post('coordinator', at, { appointment: 'dosing' });
    expect([early.status, early.body.detail]).toEqual([409, 'nobody is asked to book a dosing now']);
    const first = await served.post('coordinator', at, { appointment: 'consult' });
    expect([first.status, first.body]).toMatchObject([200, { kind: 'consult', state: 'booked' }]);
    const repeated = await served.post('coordinator', at, { appointment: 'consult' });
    expect(repeated.body).toEqual({ ...first.body, state: 'confirmed' });
    const other = await served.post('coordinator', at, { appointment: 'consult', startsAt: '2030-01-07T18:00:00Z' });
    expect(other.status).toBe(409);
    const tasks = await served.get('coordinator', `/v1/journeys/${body.journeyId}/tasks`);
    expect(tasks.body.items[0]).toMatchObject({ kind: 'book-appointment', state: 'decided' });
    expect((await served.post('nurse', at, { appointment: 'consult' })).status).toBe(200);
  });
});

describe('a handoff', () => {
  test('shows a practice its own offers', async () => {
    const all = await served.get('coordinator', `/v1/journeys/${ann}/handoffs`);
    expect(all.body.items).toMatchObject([{ partner: 'partner-1', state: 'accepted' }]);
    expect((await served.get('partner', `/v1/journeys/${ann}/handoffs`)).body).toEqual(all.body);
    expect((await served.get('partner:x:partner-2', `/v1/journeys/${ann}/handoffs`)).status).toBe(404);
  });
});

describe('the export of a patient', () => {
  test('holds everything, for themselves and for the medical director', async () => {
    const own = await served.get('patient:ann', '/v1/patients/ann/export');
    expect(own.status).toBe(200);
    const [journey] = own.body.journeys;
    expect(own.body.journeys).toHaveLength(1);
    expect(journey).toMatchObject({
      journey: { id: ann, contact: { firstName: 'Alex' } },
      record: { fit: { goals: [GOAL] } },
      commands: null,
      safetyEvents: null,
    });
    const director = (await served.get('medical-director', '/v1/patients/ann/export')).body.journeys[0];
    expect(director.commands.length).toBeGreaterThan(0);
    for (const part of ['appointments', 'cycles', 'measures', 'tasks', 'timeline'])
      expect(director[part].length, part).toBeGreaterThan(0);
    expect(director.messages.length).toBe((await messages()).length);
    expect(director.tasks.length).toBe((await served.get('nurse', `/v1/journeys/${ann}/tasks`)).body.items.length);
  });

  test('is a look at the record that is written down', async () => {
    await served.get('medical-director', '/v1/patients/ann/export');
    const { body } = await served.get('medical-director', `/v1/journeys/${ann}/audit?order=newest&limit=20`);
    expect(body.items).toContainEqual(
      expect.objectContaining({
        kind: 'read',
        operation: 'export-patient',
        by: expect.objectContaining({ id: 'medical-director-1' }),
      }),
    );
  });

  test.each<[Who, number]>([
    ['patient:bo', 404],
    ['coordinator', 403],
    ['therapist', 403],
    ['partner', 403],
  ])('is not there for a %s', async (who, status) => {
    expect((await served.get(who, '/v1/patients/ann/export')).status).toBe(status);
    expect((await served.get('medical-director', '/v1/patients/nobody/export')).status).toBe(404);
  });
});
