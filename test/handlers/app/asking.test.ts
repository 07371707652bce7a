import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../../functions/contracts/api/operation.ts';
import { OPERATIONS } from '../../../functions/contracts/api/operations.ts';
import { keysOf } from '../../../functions/domain/names.ts';
import { type ServedClinic, servedClinic } from '../../support/served-clinic.ts';

let served: ServedClinic;
let dora: string;
beforeAll(async () => {
  served = await servedClinic();
  dora = await served.patient({ id: 'dora', days: 16 });
}, 60_000);
afterAll(() => served.close());

const REQUEST = {
  patientId: 'new-1',
  program: { id: 'northwest-iv' },
  zone: 'America/Los_Angeles',
  language: 'en',
  consents: { sms: true, email: true },
  firstName: 'Robin',
  mobile: '+1 206 555 0123',
  email: 'robin@example.org',
  fit: { reasons: ['sleep'], goals: ['rest'], openToReflection: true, willAttendIntegration: true },
};
const key = (text: string) => ({ 'Idempotency-Key': text });
const errorsOf = ({ body }: { body: { errors?: { path: string; problem: string }[] } }) => body.errors ?? [];

describe('a consult request', () => {
  test('begins a journey; asked again with the same key it is the same journey, with another it is refused', async () => {
    const first = await served.post('coordinator', '/v1/consult-requests', REQUEST, key('r-1'));
    expect([first.status, first.body]).toEqual([200, { journeyId: expect.stringMatching(/^j/) }]);
    const again = await served.post('coordinator', '/v1/consult-requests', REQUEST, key('r-1'));
    expect(again.body).toEqual(first.body);
    const second = await served.post('coordinator', '/v1/consult-requests', REQUEST, key('r-2'));
    expect([second.status, second.body.detail]).toEqual([409, 'the patient already has an open journey']);
    const { body } = await served.get('coordinator', `/v1/journeys/${first.body.journeyId}`);
    expect(body).toMatchObject({ program: { id: 'northwest-iv', version: 1 }, contact: { mobile: '+12065550123' } });
  });

  test('is a patient’s own', async () => {
    const own = { ...REQUEST, patientId: 'new-2' };
    expect((await served.post('patient:new-2', '/v1/consult-requests', own, key('p-1'))).status).toBe(200);
    expect((await served.post('patient:new-3', '/v1/consult-requests', own, key('p-2'))).status).toBe(403);
  });

  test.each<[string, object, string]>([
    ['a program that is not there', { program: { id: 'no-such' } }, 'body.program'],
    ['a version that is not there', { program: { id: 'northwest-iv', version: 99 } }, 'body.program'],
    ['a zone that is none', { zone: 'Mars/Olympus' }, 'body.zone'],
    ['a number without its country', { mobile: '5550123' }, 'body.mobile'],
    ['a patientId that climbs', { patientId: '../clinic#1' }, 'body.patientId'],
    ['a fact of the wrong type', { facts: { age_years: 'forty' } }, 'body.facts.age_years'],
    ['a field that nobody knows', { nickname: 'Bo' }, 'body'],
    ['control characters', { firstName: 'Ro\u0007bin' }, 'body.firstName'],
    ['half a character', { firstName: 'Ro\ud800' }, 'body.firstName'],
  ])('with %s is refused with the path', async (_case, over, path) => {
    const answer = await served.post(
      'coordinator',
      '/v1/consult-requests',
      { ...REQUEST, patientId: 'new-9', ...over },
      key('bad'),
    );
    expect(answer.status).toBe(400);
    expect(errorsOf(answer).map((each) => each.path)).toContain(path);
    const { body } = await served.get('coordinator', '/v1/journeys?limit=100');
    expect(body.items.some(({ patientId }: { patientId: string }) => patientId === 'new-9')).toBe(false);
  });
});

describe('a task', () => {
  test('is taken on by the first, seen as taken by the second, given back and handed on', async () => {
    const made = await served.post('coordinator', '/v1/consult-requests', { ...REQUEST, patientId: 'gil' }, key('gil'));
    const at = `/v1/journeys/${made.body.journeyId}/tasks/1`;
    const first = await served.post('medical-director', `${at}/claim`, {});
    expect([first.status, first.body]).toEqual([200, { assignee: 'medical-director-1' }]);
    expect((await served.post('medical-director', `${at}/claim`, {})).body).toEqual(first.body);
    const late = await served.post('coordinator', `${at}/claim`, {});
    expect([late.status, late.body.detail]).toEqual([409, 'medical-director-1 has taken it']);
    expect((await served.post('medical-director', `${at}/release`, {})).status).toBe(200);
    const refused = await served.post('medical-director', `${at}/reassign`, { to: 'nobody-here' });
    expect([refused.status, refused.body.detail]).toEqual([409, 'unknown person "nobody-here"']);
  });

  test('is decided once: the same answer again is the first one, another is refused, and a version that is past is told', async () => {
    const made = await served.post(
      'coordinator',
      '/v1/consult-requests',
      { ...REQUEST, patientId: 'erin' },
      key('erin'),
    );
    const { journeyId } = made.body;
    const at = `/v1/journeys/${journeyId}/tasks/1`;
    const before = await served.get('coordinator', at);
    expect(before.body).toMatchObject({ kind: 'book-appointment', state: 'open', answers: ['booked', 'unreachable'] });
    const etag = before.headers.get('ETag') ?? '';
    await served.post('coordinator', `${at}/claim`, {});
    const past = await served.post('coordinator', `${at}/decision`, { answer: 'booked' }, { 'If-Match': etag });
    expect([past.status, past.body.type]).toEqual([412, 'urn:throughline:problem:version-past']);
    const now = (await served.get('coordinator', at)).headers.get('ETag') ?? '';
    const done = await served.post('coordinator', `${at}/decision`, { answer: 'booked' }, { 'If-Match': now });
    expect([done.status, done.body]).toEqual([200, { answer: 'booked', by: 'coordinator-1' }]);
    const again = await served.post('coordinator', `${at}/decision`, { answer: 'booked' }, { 'If-Match': now });
    expect([again.status, again.body]).toEqual([200, done.body]);
    const other = await served.post('coordinator', `${at}/decision`, { answer: 'unreachable' });
    expect([other.status, other.body.detail]).toEqual([409, 'it was answered before: booked, by coordinator-1']);
    const { body } = await served.get('coordinator', `/v1/journeys/${journeyId}/appointments`);
    expect(body.items).toMatchObject([{ kind: 'consult' }]);
  });

  test.each<[string, object, number, RegExp]>([
    ['an answer that it does not have', { answer: 'maybe' }, 400, /one of/],
    ['a field that nobody knows', { answer: 'fit', force: true }, 400, /unknown key "force"/],
    ['no answer', {}, 400, /missing/],
  ])('is not decided by %s', async (_case, body, status, words) => {
    const answer = await served.post('medical-director', `/v1/journeys/${dora}/tasks/1/decision`, body);
    expect(answer.status).toBe(status);
    expect(
      errorsOf(answer)
        .map(({ problem }) => problem)
        .join(' '),
    ).toMatch(words);
  });

  test('is not a role’s to answer that was not asked', async () => {
    const made = await served.post(
      'coordinator',
      '/v1/consult-requests',
      { ...REQUEST, patientId: 'finn' },
      key('finn'),
    );
    const at = `/v1/journeys/${made.body.journeyId}/tasks/1/decision`;
    const answer = await served.post('patient:finn', at, { answer: 'booked' });
    expect([answer.status, answer.body.detail]).toEqual([
      403,
      'to answer book-appointment is not for patient; coordinator, medical-director may',
    ]);
  });
});

describe('a command', () => {
  test('given twice under one key is one command; under that key another is refused', async () => {
    const at = `/v1/journeys/${dora}/commands`;
    const event = { command: 'report-adverse-event', reason: 'a headache', data: { grade: 1 } };
    const first = await served.post('nurse', at, event, key('ae-1'));
    expect([first.status, first.body]).toEqual([200, { accepted: true }]);
    expect((await served.post('nurse', at, event, key('ae-1'))).body).toEqual(first.body);
    const { body } = await served.get('provider', `/v1/journeys/${dora}/safety-events`);
    expect(body.items).toHaveLength(1);
    const other = await served.post('nurse', at, { ...event, data: { grade: 2 } }, key('ae-1'));
    expect([other.status, errorsOf(other)[0]?.path]).toEqual([422, 'Idempotency-Key']);
    const listed = await served.get('coordinator', at);
    expect(listed.body.items).toMatchObject([{ id: 'ae-1', command: 'report-adverse-event', clinical: null }]);
    expect((await served.get('provider', at)).body.items[0].clinical).toMatchObject({ reason: 'a headache' });
  });

  test('is refused with what the rules say, and the refusal is repeated', async () => {
    const at = `/v1/journeys/${dora}/commands`;
    for (let time = 0; time < 2; time += 1) {
      const answer = await served.post('coordinator', at, { command: 'resume' }, key('resume-1'));
      expect([answer.status, answer.body.detail]).toEqual([409, 'the journey is not paused']);
    }
  });

  test.each<[string, string, object, number]>([
    [
      'of a role that may not give it',
      'coordinator',
      { command: 'override-gate', data: { gate: 'booking', check: 'spacing' } },
      403,
    ],
    ['that nobody knows', 'provider', { command: 'explode' }, 400],
    ['without what it needs', 'provider', { command: 'report-adverse-event', data: {} }, 400],
    ['with a field more', 'provider', { command: 'pause', data: { until: 'June' } }, 400],
    [
      'with a time that does not exist',
      'provider',
      { command: 'reschedule-appointment', data: { appointment: 'dosing', startsAt: '2026-02-31T09:00:00Z' } },
      400,
    ],
    [
      'with a shift of a thousand years',
      'provider',
      { command: 'reschedule-appointment', data: { appointment: 'dosing', startsAt: { shift: 'P1000Y' } } },
      400,
    ],
  ])('%s is refused', async (_case, who, body, status) => {
    const answer = await served.post(
      who === 'coordinator' ? 'coordinator' : 'provider',
      `/v1/journeys/${dora}/commands`,
      body,
      key('x'),
    );
    expect(answer.status).toBe(status);
  });

  test.each(['', 'a b', 'x'.repeat(101), 'schlüssel'])('needs a key, and %j is none', async (given) => {
    const headers = given === '' ? {} : key(given);
    const answer = await served
      .post('coordinator', `/v1/journeys/${dora}/commands`, { command: 'pause' }, headers)
      .catch((error: unknown) => ({
        status: error instanceof TypeError ? 400 : 0,
        body: { errors: [{ path: 'Idempotency-Key', problem: '' }] },
      }));
    expect(answer.status).toBe(400);
    expect(errorsOf(answer)[0]?.path).toBe('Idempotency-Key');
  });
});

describe('an appointment', () => {
  const next = async () => {
    const { body } = await served.get('coordinator', `/v1/journeys/${dora}/appointments`);
    return body.items.find(
      ({ kind, state }: { kind: string; state: string }) =>
        kind === 'dosing' && (state === 'booked' || state === 'confirmed'),
    );
  };

  test('is moved to a time that was proposed, its integration with it, and not from a time that is past', async () => {
    const dosing = await next();
    const at = `/v1/journeys/${dora}/appointments/${dosing.id}`;
    const { body } = await served.get('coordinator', `${at}/proposals?limit=3`);
    expect(body.proposals).toHaveLength(3);
    const time = body.proposals.find(({ startsAt }: { startsAt: string }) => startsAt !== dosing.startsAt);
    expect(time.integration.startsAt > time.endsAt).toBe(true);
    const seen = (await served.get('coordinator', at)).headers.get('ETag') ?? '';
    expect(seen).toBe(`"${dosing.revision}"`);
    const moved = await served.post(
      'coordinator',
      `${at}/move`,
      { startsAt: time.startsAt },
      { ...key('m-1'), 'If-Match': seen },
    );
    expect([moved.status, moved.body]).toMatchObject([200, { startsAt: time.startsAt, revision: dosing.revision + 1 }]);
    const again = await served.post(
      'coordinator',
      `${at}/move`,
      { startsAt: time.startsAt },
      { ...key('m-1'), 'If-Match': seen },
    );
    expect([again.status, again.body.revision]).toEqual([200, dosing.revision + 1]);
    const late = await served.post('coordinator', `${at}/move`, {}, { ...key('m-2'), 'If-Match': seen });
    expect(late.status).toBe(412);
    const pair = await served.get('coordinator', `/v1/journeys/${dora}/appointments/${dosing.pairedWith}`);
    expect(pair.body.startsAt).toBe(time.integration.startsAt);
  });

  test('says of each time that was refused why', async () => {
    const dosing = await next();
    const { body } = await served.get(
      'coordinator',
      `/v1/journeys/${dora}/appointments/${dosing.id}/proposals?limit=20`,
    );
    expect(body.refusals.length).toBeGreaterThan(0);
    for (const refusal of body.refusals)
      expect(refusal).toMatchObject({ reason: expect.stringMatching(/./), detail: expect.stringMatching(/./) });
  });

  test('is checked in only while somebody is asked to, and is no no-show before it began', async () => {
    const dosing = await next();
    const at = `/v1/journeys/${dora}/appointments/${dosing.id}`;
    expect((await served.post('nurse', `${at}/check-in`, {})).status).toBe(409);
    const answer = await served.post('coordinator', `${at}/no-show`, {}, key('n-1'));
    expect([answer.status, answer.body.detail]).toEqual([409, `${dosing.id} has not begun`]);
  });

  const nextPair = (): string => `/v1/journeys/${dora}/proposals?appointment=dosing&limit=4`;

  test('is cancelled with its pair, and until then stands in the way of proposals for the next', async () => {
    const dosing = await next();
    const standing = await served.get('coordinator', nextPair());
    const refusal = { reason: 'booked-already', detail: dosing.id, startsAt: dosing.startsAt };
    expect(standing.body).toMatchObject({ proposals: [], refusals: [refusal] });
    const answer = await served.post(
      'coordinator',
      `/v1/journeys/${dora}/appointments/${dosing.id}/cancel`,
      { reason: 'a cold' },
      key('c-1'),
    );
    expect([answer.status, answer.body.state]).toEqual([200, 'cancelled']);
    const pair = await served.get('coordinator', `/v1/journeys/${dora}/appointments/${dosing.pairedWith}`);
    expect(pair.body.state).toBe('cancelled');
  });

  test('is booked anew at a time that was proposed for it, with its integration', async () => {
    await served.clinic.clock.run({ until: served.clinic.clock.millis() + 60_000 });
    const { body } = await served.get('coordinator', nextPair());
    expect(body.proposals).toHaveLength(4);
    expect(body.refusals.length).toBeGreaterThan(0);
    for (const { reason, detail } of body.refusals) expect([reason, detail]).not.toContain('');
    const [, , , last] = body.proposals;
    const booked = await served.post('coordinator', `/v1/journeys/${dora}/appointments`, {
      appointment: 'dosing',
      startsAt: last.startsAt,
      integrationStartsAt: last.integration.startsAt,
    });
    expect([booked.status, booked.body]).toMatchObject([200, { startsAt: last.startsAt, kind: 'dosing' }]);
  });

  test('of another kind is proposed by itself', async () => {
    const { body } = await served.get('coordinator', `/v1/journeys/${dora}/proposals?appointment=preparation&limit=2`);
    expect(body.proposals).toMatchObject([{ integration: null }, { integration: null }]);
    expect((await served.get('coordinator', `/v1/journeys/${dora}/proposals`)).status).toBe(400);
  });
});

describe('what is no request at all', () => {
  const posted = (body: string, headers: Record<string, string> = {}) =>
    served.ask('provider', 'POST', `/v1/journeys/${dora}/commands`, {
      body,
      headers: { 'Content-Type': 'application/json', ...key('w'), ...headers },
    });

  test.each<[string, string, Record<string, string>, number]>([
    ['JSON that breaks off', '{"command":', {}, 400],
    ['no object', '[]', {}, 400],
    ['a number', '3', {}, 400],
    ['another type', 'command=pause', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415],
    ['no type', '{}', { 'Content-Type': '' }, 415],
    ['another character set', '{}', { 'Content-Type': 'application/json; charset=utf-16' }, 415],
    ['2 MB', JSON.stringify({ command: 'pause', reason: 'x'.repeat(2_000_000) }), {}, 413],
    ['what says that it is 2 MB', '{"command":"pause"}', { 'Content-Length': '2000000' }, 413],
    ['a list in a list a thousand deep', `{"command":"pause","data":${'['.repeat(1000)}${']'.repeat(1000)}}`, {}, 400],
    ['fifty thousand deep', `{"a":${'['.repeat(49_000)}${']'.repeat(49_000)}}`, {}, 400],
    ['a number that nothing keeps', '{"command":"pause","data":{"value":6.44e-156}}', {}, 400],
    ['a name that turns into something else', '{"command":"pause","__proto__":{"x":1}}', {}, 400],
  ])('%s is refused', async (_case, body, headers, status) => {
    const answer = await posted(body, headers);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
    expect(answer.body).toMatchObject({ type: expect.stringMatching(/^urn:throughline:problem:/), status });
  });

  test.each<[string, string, string, number]>([
    ['a path that is none', 'GET', '/v1/nothing', 404],
    ['a path that climbs', 'GET', '/v1/journeys/..%2f..%2fetc', 404],
    ['a key of the table as an id', 'GET', '/v1/journeys/j1%23audit', 404],
    ['a method that is not taken', 'DELETE', '/v1/journeys', 405],
    ['a method nobody knows', 'PROPFIND', '/v1/clinic', 405],
    ['a parameter that nobody knows', 'GET', '/v1/journeys?sort=name', 400],
    ['a parameter twice', 'GET', '/v1/journeys?limit=1&limit=2', 400],
    ['a limit of nothing', 'GET', '/v1/journeys?limit=0', 400],
    ['a limit of too many', 'GET', '/v1/journeys?limit=101', 400],
    ['a day that does not exist', 'GET', '/v1/appointments?date=2026-02-30', 400],
    ['a place that is not there', 'GET', '/v1/appointments?date=2026-03-02&location=moon', 400],
  ])('%s is refused', async (_case, method, path, status) => {
    const answer = await served.ask('coordinator', method, path);
    expect(answer.status).toBe(status);
    if (status === 405) expect(answer.headers.get('Allow')).toContain('GET');
  });

  test('whatever is sent to whatever operation, the answer is never a failure of the clinic', async () => {
    const writes = keysOf(OPERATIONS).filter((name) => OPERATIONS[name].method === 'post');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...writes),
        fc.json({ maxDepth: 4 }),
        fc.nat(120),
        async (name, body, number) => {
          const { path }: Operation = OPERATIONS[name];
          const at = path
            .replace('{journeyId}', dora)
            .replace('{number}', String(number))
            .replace('{appointmentId}', 'dosing-1');
          const { status } = await served.ask('medical-director', 'POST', at, {
            body,
            headers: { 'Content-Type': 'application/json', ...key('fuzz') },
          });
          expect(status).toBeLessThan(500);
        },
      ),
      { numRuns: 150 },
    );
  });
});
