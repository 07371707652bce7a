import { DatabaseSync, StatementSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OPERATIONS, type OperationName } from '../../../functions/contracts/api/operations.ts';
import { keysOf } from '../../../functions/domain/names.ts';
import { type ServedClinic, servedClinic, type Who } from '../../support/served-clinic.ts';

const key = (text: string) => ({ 'Idempotency-Key': text });
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

/** Every statement that SQLite carried out, by whoever. */
const carriedOut = new Set<string>();
const asItWas = {
  all: StatementSync.prototype.all,
  get: StatementSync.prototype.get,
  run: StatementSync.prototype.run,
};
const watched = <A extends unknown[], R>(method: (this: StatementSync, ...values: A) => R) =>
  function (this: StatementSync, ...values: A): R {
    carriedOut.add(this.sourceSQL);
    return method.call(this, ...values);
  };

let served: ServedClinic;
let ann: string;
const answered = new Map<string, number>();

/** Lists and their filters, by who asks. */
const LISTS: readonly (readonly [Who, string])[] = [
  ['coordinator', '/v1/journeys'],
  ['coordinator', '/v1/journeys?phase=series&hold=false'],
  ['coordinator', '/v1/journeys?program=northwest-iv&hold=true'],
  ['coordinator', '/v1/journeys?stuckSince=2027-01-01T00:00:00Z&program=northwest-iv'],
  ['coordinator', '/v1/journeys?overdue=true'],
  ['coordinator', '/v1/journeys?windowClosesBefore=2027-01-01T00:00:00Z'],
  ['partner', '/v1/journeys'],
  ['patient:ann', '/v1/journeys'],
  ['coordinator', '/v1/tasks'],
  ['provider', '/v1/tasks?mine=true'],
  ['coordinator', '/v1/tasks?role=patient&overdue=true'],
  ['therapist:therapist-11:partner-1', '/v1/tasks'],
  ['coordinator', '/v1/appointments?date=2026-03-09'],
];
const STATISTICS = '/v1/statistics?from=2026-03&to=2026-05';

const pathFor = (name: OperationName): string =>
  OPERATIONS[name].path
    .replace('{journeyId}', ann)
    .replace('{number}', '1')
    .replace('{appointmentId}', 'dosing-1')
    .replace('{practitionerId}', 'nurse-1')
    .replace('{programId}', 'northwest-iv')
    .replace('{version}', '1');

const BODIES: Partial<Record<OperationName, object>> = {
  'request-consult': REQUEST,
  'post-command': { command: 'report-adverse-event', reason: 'a headache', data: { grade: 1 } },
  'reassign-task': { to: 'coordinator-1' },
};

const ask = async (who: Who, method: string, path: string, body?: object): Promise<void> => {
  const { status } = await served.ask(who, method, path, {
    ...(body && { body, headers: key(`k${answered.size}`) }),
  });
  answered.set(`${method} ${path}`, status);
};

beforeAll(async () => {
  served = await servedClinic();
  ann = await served.patient({ id: 'ann', days: 20 });
  Object.assign(StatementSync.prototype, {
    all: watched(asItWas.all),
    get: watched(asItWas.get),
    run: watched(asItWas.run),
  });
  for (const [who, path] of LISTS) {
    await ask(who, 'GET', `${path}${path.includes('?') ? '&' : '?'}limit=1`);
    const { body } = await served.get(who, `${path}${path.includes('?') ? '&' : '?'}limit=1`);
    if (typeof body.next === 'string')
      await served.get(who, `${path}${path.includes('?') ? '&' : '?'}limit=1&cursor=${body.next}`);
  }
  for (const name of keysOf(OPERATIONS))
    if (OPERATIONS[name].method === 'get') await ask('medical-director', 'GET', pathFor(name));
  await ask('medical-director', 'GET', STATISTICS);
  for (const order of ['oldest', 'newest'])
    await ask('medical-director', 'GET', `/v1/journeys/${ann}/timeline?order=${order}&limit=5`);
  for (const name of keysOf(OPERATIONS))
    if (OPERATIONS[name].method === 'post') await ask('medical-director', 'POST', pathFor(name), BODIES[name] ?? {});
  const { body } = await served.post(
    'coordinator',
    '/v1/consult-requests',
    { ...REQUEST, patientId: 'new-2' },
    key('n'),
  );
  await ask('coordinator', 'POST', `/v1/journeys/${body.journeyId}/tasks/1/claim`, {});
  await ask('coordinator', 'POST', `/v1/journeys/${body.journeyId}/tasks/1/decision`, { answer: 'booked' });
}, 60_000);
afterAll(() => {
  Object.assign(StatementSync.prototype, asItWas);
  served.close();
});

describe('what the API asks SQLite', () => {
  test('was asked: lists answer, and a decision is taken', () => {
    for (const [, path] of LISTS) expect(answered.get(`GET ${path}${path.includes('?') ? '&' : '?'}limit=1`)).toBe(200);
    expect(answered.get(`GET ${STATISTICS}`)).toBe(200);
    const decision = [...answered].find(([what]) => /^POST .*\/decision$/.test(what) && !what.includes(ann));
    expect(decision?.[1]).toBe(200);
    expect(carriedOut.size).toBeGreaterThan(30);
  });

  test('is found by key or in an index, never by looking through rows', () => {
    const database = new DatabaseSync(served.file, { readOnly: true });
    const plans = [...carriedOut]
      .filter((sql) => /^(SELECT|UPDATE|DELETE|INSERT)/.test(sql))
      .map((sql) => ({
        sql,
        steps: database
          .prepare(`EXPLAIN QUERY PLAN ${sql}`)
          .all()
          .map(({ detail }) => String(detail)),
      }));
    database.close();
    expect(plans.filter(({ steps }) => steps.some((step) => !step.startsWith('SEARCH ')))).toEqual([]);
    expect(plans.some(({ steps }) => steps.some((step) => /INDEX shown2/.test(step)))).toBe(true);
  });
});
