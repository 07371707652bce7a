import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { notesFile } from '../../../local/clinic/kept-clinic.ts';
import { type ServedClinic, servedClinic, type Who } from '../../support/served-clinic.ts';

const MARKER = 'mother-by-the-lighthouse';
const SECOND = 'father-by-the-lighthouse';

let served: ServedClinic;
let ann: string;
/** The therapist who holds the sessions, and another of the clinic. */
let author: Who;
let authorId: string;
let other: Who;
let session: string;

type Item = { id: string; kind: string; startsAt: string; state: string; practitioners: string[] };
const keyed = (text: string) => ({ 'Idempotency-Key': text });
const notesOf = (who: Who, journeyId = ann, more = '') => served.get(who, `/v1/journeys/${journeyId}/notes${more}`);
const write = (who: Who, text: string, key: string, body: object = {}) =>
  served.post(who, `/v1/journeys/${ann}/notes`, { appointmentId: session, text, ...body }, keyed(key));
const correct = (who: Who, number: number, text: string, key: string, version?: string) =>
  served.post(
    who,
    `/v1/journeys/${ann}/notes/${number}/corrections`,
    { text },
    {
      ...keyed(key),
      ...(version !== undefined && { 'If-Match': `"${version}"` }),
    },
  );
const release = (who: Who, body: object, end = '') =>
  served.post(who, `/v1/journeys/${ann}/notes/releases${end}`, body);

beforeAll(async () => {
  served = await servedClinic();
  ann = await served.patient({ id: 'ann', days: 20 });
  const { body } = await served.get('coordinator', `/v1/journeys/${ann}/appointments`);
  const held: Item | undefined = body.items.find(({ kind }: Item) => kind === 'preparation');
  if (held === undefined) throw new Error('nobody prepared the patient');
  session = held.id;
  authorId = held.practitioners.find((id) => id.startsWith('therapist')) ?? '';
  author = `therapist:${authorId}`;
  other = authorId === 'therapist-1' ? 'therapist:therapist-2' : 'therapist:therapist-1';
}, 60_000);
afterAll(() => served.close());

describe('a therapist', () => {
  test('writes a note about a session that they held, and the same request again is the same note', async () => {
    const first = await write(author, MARKER, 'n-1');
    expect([first.status, first.body]).toMatchObject([
      200,
      { number: 1, version: 1, author: authorId, appointmentId: session, text: MARKER },
    ]);
    expect(first.headers.get('ETag')).toBe('"1"');
    expect((await write(author, MARKER, 'n-1')).body).toEqual(first.body);
    expect((await write(author, 'another', 'n-1')).status).toBe(422);
    expect((await notesOf(author)).body.items).toEqual([first.body]);
  });

  test('corrects a note by appending a version; the first one stays as it was', async () => {
    const corrected = await correct(author, 1, SECOND, 'c-1', '1');
    expect(corrected.body).toMatchObject({ number: 1, version: 2, text: SECOND });
    expect((await correct(author, 1, SECOND, 'c-1', '1')).body).toEqual(corrected.body);
    expect((await correct(author, 1, 'too late', 'c-2', '1')).status).toBe(412);
    expect((await correct(author, 1, MARKER, 'c-1')).status).toBe(422);
    const { items } = (await notesOf(author)).body;
    expect(items.map(({ version, text }: { version: number; text: string }) => [version, text])).toEqual([
      [2, SECOND],
      [1, MARKER],
    ]);
  });

  test('turns the pages of the own notes', async () => {
    const first = (await notesOf(author, ann, '?limit=1')).body;
    const second = (await notesOf(author, ann, `?limit=1&cursor=${first.next}`)).body;
    expect([first, second].map(({ items }) => items[0].version)).toEqual([2, 1]);
    expect((await notesOf(other, ann, `?limit=1&cursor=${first.next}`)).status).toBe(400);
  });

  test('writes none about a session of somebody else, one that is still to come, or none at all', async () => {
    expect(await write(other, 'x', 'o-1')).toMatchObject({
      status: 409,
      body: { detail: 'a note is written by the therapist who holds the session' },
    });
    const { items } = (await served.get('coordinator', `/v1/journeys/${ann}/appointments`)).body;
    const ahead: Item | undefined = items.find(
      ({ startsAt, practitioners }: Item) => startsAt > served.clinic.ports.now() && practitioners.includes(authorId),
    );
    expect(ahead).toBeDefined();
    expect((await write(author, 'x', 'o-2', { appointmentId: ahead?.id })).status).toBe(409);
    expect((await write(author, 'x', 'o-3', { appointmentId: 'preparation-99' })).status).toBe(400);
    expect((await notesOf(author)).body.items).toHaveLength(2);
  });

  test.each([
    ['no text', ''],
    ['control characters', 'a\u0007b'],
    ['more than 10,000 characters', 'x'.repeat(10_001)],
  ])('writes no note of %s', async (_, text) => {
    expect((await write(author, text, 'bad')).status).toBe(400);
  });

  test('writes none without a key', async () => {
    expect((await served.post(author, `/v1/journeys/${ann}/notes`, { appointmentId: session, text: 'x' })).status).toBe(
      400,
    );
  });
});

describe('a note of somebody else', () => {
  test.each(['therapist:therapist-3', 'provider', 'medical-director', 'nurse', 'on-call'] as const)(
    'is not there for a %s, nor that there is one',
    async (who) => {
      const asked = await notesOf(who);
      expect([asked.status, asked.body]).toEqual([200, { items: [], next: null }]);
    },
  );

  test('looks like one that nobody wrote, to who would correct it', async () => {
    const theirs = await correct(other, 1, 'x', 'x-1');
    const nobodys = await correct(other, 77, 'x', 'x-2');
    expect([theirs.status, theirs.body]).toEqual([404, nobodys.body]);
  });

  test.each(['patient:ann', 'coordinator', 'partner', 'chaperone'] as const)(
    'is never asked for by a %s',
    async (who) => {
      expect((await notesOf(who)).status).toBe(403);
    },
  );

  test('is in no journey that is not there for who asks', async () => {
    expect((await notesOf('therapist:therapist-99:partner-99')).status).toBe(404);
    expect((await notesOf(author, 'jnobody')).status).toBe(404);
  });

  test('is in nothing else that is kept or given out: no read, no export, no file of the clinic', async () => {
    const everywhere = await Promise.all(
      ['', '/timeline', '/record', '/cycles', '/commands', '/tasks', '/appointments', '/messages', '/audit'].map(
        (path) => served.get('medical-director', `/v1/journeys/${ann}${path}`),
      ),
    );
    const exports = await Promise.all(
      (['medical-director', 'patient:ann'] as const).flatMap((who) =>
        ['', '/fhir'].map((end) => served.get(who, `/v1/patients/ann/export${end}`)),
      ),
    );
    expect(exports.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect([...everywhere, ...exports].filter(({ text }) => text.includes('lighthouse'))).toEqual([]);
    const bytes = (path: string) => [path, `${path}-wal`].map((file) => readFileSync(file).toString('latin1')).join('');
    expect(bytes(served.file)).not.toContain('lighthouse');
    expect(bytes(notesFile(served.file))).toContain('lighthouse');
  });
});

describe('what the patient authorizes', () => {
  const paper = () => ({ author: authorId, to: 'provider-1', signedOn: served.clinic.ports.now().slice(0, 10) });
  const named = 'provider:provider-1' as const;

  test('lets the one person read whom it names, until it is taken back', async () => {
    const recorded = await release(author, paper());
    expect([recorded.status, recorded.body]).toMatchObject([200, { to: 'provider-1', revokedOn: null }]);
    expect((await release(author, paper())).body).toEqual(recorded.body);
    expect((await release(author, { ...paper(), expiresOn: '2099-01-01' })).status).toBe(409);
    expect((await notesOf(named)).body.items).toHaveLength(2);
    expect((await notesOf('provider:provider-2')).body.items).toEqual([]);
    expect((await correct(other, 1, 'x', 'x-3')).status).toBe(404);

    const revoked = await release(author, paper(), '/revocations');
    expect(revoked.body).toMatchObject({ revokedBy: { id: authorId }, revokedOn: paper().signedOn });
    expect((await release(author, paper(), '/revocations')).body).toEqual(revoked.body);
    expect((await notesOf(named)).body.items).toEqual([]);
  });

  test('is shown to those whom it is about, and taken back by nobody who does not see it', async () => {
    const seen = async (who: Who) => (await served.get(who, `/v1/journeys/${ann}/notes/releases`)).body.items.length;
    expect(
      await Promise.all([seen(author), seen(named), seen('medical-director'), seen(other), seen('nurse')]),
    ).toEqual([1, 1, 1, 0, 0]);
    expect((await release(other, paper(), '/revocations')).status).toBe(404);
    expect((await release('medical-director', { ...paper(), to: 'nurse-1' }, '/revocations')).status).toBe(404);
  });

  test('is recorded for somebody of the clinic, by another', async () => {
    expect((await release('medical-director', { ...paper(), to: 'medical-director-1' })).status).toBe(409);
    expect((await release(author, { ...paper(), to: 'stranger' })).body.errors).toEqual([
      { path: 'body.to', problem: 'found nobody of the clinic or its partners' },
    ]);
    expect((await release('nurse', paper())).status).toBe(403);
    expect((await release(author, { ...paper(), signedOn: '2026-02-30' })).status).toBe(400);
  });
});

test('two notes and two corrections at once are two of each, or the second is told that it saw an older one', async () => {
  const [one, two] = await Promise.all([write(author, 'a', 'both-1'), write(author, 'b', 'both-2')]);
  expect([one.body.number, two.body.number].sort()).toEqual([2, 3]);
  const at = one.body.number;
  const both = await Promise.all([correct(author, at, 'c', 'both-3', '1'), correct(author, at, 'd', 'both-4', '1')]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
});

test('who wrote or read notes stands in the audit, without a word of them', async () => {
  const { body } = await served.get('medical-director', `/v1/journeys/${ann}/audit?order=newest&limit=100`);
  type Read = { kind: string; operation: string; by: { id: string }; parts: string[] };
  const looks = body.items.filter(({ parts }: Read) => parts?.includes('psychotherapy-notes'));
  const who = new Set(looks.map(({ operation, by }: Read) => `${operation} ${by.id}`));
  expect([...who].sort()).toEqual(
    [`correct-note ${authorId}`, `list-notes ${authorId}`, 'list-notes provider-1', `write-note ${authorId}`].sort(),
  );
});

test('a partner’s therapist writes of their session, and keeps the own notes when the patient is no longer theirs', async () => {
  const { therapist, partner } = (await served.get('medical-director', `/v1/journeys/${ann}`)).body;
  expect(partner).not.toBeNull();
  const { items } = (await served.get('coordinator', `/v1/journeys/${ann}/appointments`)).body;
  const held: Item | undefined = items.find(
    ({ kind, state, practitioners }: Item) =>
      kind === 'integration' && state === 'attended' && practitioners.includes(therapist),
  );
  const who: Who = `therapist:${therapist}:${partner}`;
  const asked = { appointmentId: held?.id, text: 'at the partner' };
  expect((await served.post(who, `/v1/journeys/${ann}/notes`, asked, keyed('p-1'))).status).toBe(200);

  const command = { command: 'replace-therapist', reason: 'she moves away', data: { therapist: 'therapist-1' } };
  expect((await served.post('coordinator', `/v1/journeys/${ann}/commands`, command, keyed('p-2'))).status).toBe(200);
  expect((await served.get(who, `/v1/journeys/${ann}`)).status).toBe(404);
  expect((await notesOf(who)).body.items[0]).toMatchObject({ number: 4, text: 'at the partner' });
  expect((await correct(who, 4, 'at the partner, corrected', 'p-3')).status).toBe(200);
  expect((await served.post(who, `/v1/journeys/${ann}/notes`, asked, keyed('p-4'))).status).toBe(404);
  expect((await notesOf(`therapist:therapist-99:${partner}`)).status).toBe(404);
});
