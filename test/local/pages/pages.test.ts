import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundledData } from '../../../functions/stores/bundled-library.ts';
import { readingStore } from '../../../functions/stores/reading-store.ts';
import { type DemoPatient, fillDemo, PATIENTS } from '../../../local/clinic/demo.ts';
import { type KeptClinic, keptClinic } from '../../../local/clinic/kept-clinic.ts';
import { type Pace, pacing } from '../../../local/clinic/pace.ts';
import { application } from '../../../local/server/serve.ts';

const folder = mkdtempSync(join(tmpdir(), 'pages-'));
const path = join(folder, 'clinic.sqlite');
// A Monday morning in the clinic: somebody is at work.
const now = Date.UTC(2026, 10, 23, 18);

/** Two who asked lately, and one whose clearance nobody decides on. */
const few: readonly DemoPatient[] = PATIENTS.filter(({ daysAgo }) => daysAgo < 10);

let clinic: KeptClinic;
let pace: Pace;
let app: Hono;

beforeAll(async () => {
  await fillDemo(path, bundledData(), now, few);
  clinic = await keptClinic({ path, library: bundledData(), begin: now });
  pace = pacing({ clock: clinic.clock, wall: () => 0, onFailure: (failure) => expect(failure).toBeUndefined() });
  app = await application({ ...clinic, pace }, { virtual: true });
}, 60_000);
afterAll(() => {
  clinic.close();
  rmSync(folder, { recursive: true, force: true });
});

const BROWSER = { Host: '127.0.0.1', Origin: 'http://127.0.0.1', Accept: 'text/html' };
const ask = (to: string, init: RequestInit = {}) =>
  app.request(`http://127.0.0.1${to}`, { ...init, headers: { ...BROWSER, ...init.headers } });

const post = (to: string, fields: Record<string, string>, cookie = '') =>
  ask(to, {
    method: 'POST',
    body: new URLSearchParams(fields).toString(),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Cookie: cookie },
  });

const signIn = async (id: string, role: string): Promise<string> => {
  const response = await post('/sign-in', { id, role });
  expect(response.headers.get('Location')).toBe('/');
  return response.headers.get('Set-Cookie')?.split(';')[0] ?? '';
};

const text = async (to: string, cookie: string): Promise<string> =>
  (await ask(to, { headers: { Cookie: cookie } })).text();

describe('The pages of a clinic on one machine', () => {
  test('send whoever is not signed in to sign in', async () => {
    for (const to of ['/', '/outbox', '/clock', '/journeys/j1'])
      expect((await ask(to)).headers.get('Location')).toBe('/sign-in');
    expect((await ask('/', { headers: { Cookie: 'session=forged' } })).headers.get('Location')).toBe('/sign-in');
  });

  test('keep the session out of reach of scripts and of other sites, and load nothing from anywhere', async () => {
    const response = await post('/sign-in', { id: 'coordinator-1', role: 'coordinator' });
    expect(response.headers.get('Set-Cookie')).toMatch(/HttpOnly.*SameSite=Strict|SameSite=Strict.*HttpOnly/);
    const page = await ask('/', { headers: { Cookie: await signIn('coordinator-1', 'coordinator') } });
    expect(page.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    expect(page.headers.get('Cache-Control')).toBe('no-store');
    expect(page.headers.get('Referrer-Policy')).toBe('no-referrer');
    expect(await page.text()).not.toMatch(/<script|src=/);
  });

  test('show a clinician what a clearance is decided on, write each look down, and show the front desk none of it', async () => {
    const provider = await signIn('provider-1', 'provider');
    const board = await text('/', provider);
    const [link = '', journeyId = ''] =
      /\/journeys\/(j[0-9a-z]+)\/tasks\/\d+(?=">Decide on medical clearance)/.exec(board) ?? [];
    const seen = await text(link, provider);
    expect(seen).toContain('What this is decided on');
    expect(seen).toMatch(/eligible, on .*kap-screening@/);
    expect(seen).toMatch(/Age, years: <strong>\d+</);
    expect(seen).toContain('Questionnaires');
    expect(seen).toContain('Adverse events and crises');

    const desk = await text(link, await signIn('coordinator-1', 'coordinator'));
    expect(desk).toContain('<dt>State</dt>');
    expect(desk).not.toMatch(/decided on|Age, years|Questionnaires|eligible/);

    const reads = await readingStore(clinic.ports).events(journeyId, true, { cursor: undefined, limit: 100 });
    const looks = reads.items.flatMap(({ entry }) =>
      entry.kind === 'read' ? [`${entry.operation} by ${entry.by.id}`] : [],
    );
    for (const operation of ['get-record', 'list-measures', 'list-safety-events'])
      expect(looks.filter((each) => each === `${operation} by provider-1`)).toHaveLength(1);
    expect(looks.join()).not.toContain('coordinator-1');
  });

  test('show what is open by role, and lead from a task to its journey and to its answer', async () => {
    const cookie = await signIn('provider-1', 'provider');
    const board = await text('/', cookie);
    expect(board).toContain('Decide on medical clearance');
    const [link, journeyId] = /\/journeys\/(j[0-9a-z]+)\/tasks\/\d+(?=">Decide on medical clearance)/.exec(board) ?? [];
    expect(await text(`/journeys/${journeyId}`, cookie)).toContain('Journey of Casey');

    const task = await text(link ?? '', cookie);
    const version = /name="version" value="([^"]+)"/.exec(task)?.[1] ?? '';
    const form = { answer: 'cleared', reason: 'as asked', version, act: 'decide' };
    const wrong = await post(link ?? '', { ...form, 'data.route': 'by-mouth' }, cookie);
    const again = await wrong.text();
    expect([wrong.status, again]).toEqual([400, expect.stringContaining('id="data.route-problem"')]);
    expect(again).toContain('value="as asked"');
    expect((await post(link ?? '', form, cookie)).headers.get('Location')).toBe(link);
    expect(await text(link ?? '', cookie)).toContain('decided: cleared');
    expect(await text(link ?? '', cookie)).not.toContain('<form');
  });

  test('refuse the releases of notes to everybody whose role does not see them, and a form of theirs too', async () => {
    const board = await text('/', await signIn('provider-1', 'provider'));
    const [journeyId = ''] = board.match(/j[0-9a-f]{12}/) ?? [];
    const page = `/journeys/${journeyId}/notes/releases`;
    const release = {
      act: 'record',
      author: 'therapist-1',
      to: 'coordinator-1',
      signedOn: '2026-11-20',
      expiresOn: '',
    };
    for (const [id, role] of [
      ['coordinator-1', 'coordinator'],
      ['demo-1', 'patient'],
    ] as const) {
      const cookie = await signIn(id, role);
      expect((await ask(page, { headers: { Cookie: cookie } })).status, role).toBe(403);
      expect((await post(page, release, cookie)).status, role).toBe(403);
    }
    // Who sees releases and may not record one.
    const nurse = await signIn('nurse-1', 'nurse');
    expect(await text(page, nurse)).toContain('Nothing that concerns you.');
    expect(await text(page, nurse)).not.toContain('<form');
    expect((await post(page, release, nurse)).status).toBe(403);
  });

  test('refuse a form that comes from another site', async () => {
    const cookie = await signIn('coordinator-1', 'coordinator');
    const response = await ask('/clock', {
      method: 'POST',
      body: 'jump=next-event',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        Cookie: cookie,
        Origin: 'https://elsewhere.example',
      },
    });
    expect(response.status).toBe(403);
  });

  test('show every message as its reader has it to the people of the clinic, and to nobody else', async () => {
    const outbox = await text('/outbox', await signIn('coordinator-1', 'coordinator'));
    expect(outbox).toContain('Hello Dana');
    expect(outbox).toMatch(/Calendar file: Visit, .*, put in/);
    expect(outbox).toMatch(/\d+ of 160 places, 1 SMS/);
    expect(await text('/outbox', await signIn('demo-1', 'patient'))).not.toContain('Hello');
  });

  test('show a patient their own journey and no other', async () => {
    const board = await text('/', await signIn('provider-1', 'provider'));
    const journeys = [...new Set(board.match(/j[0-9a-f]{12}/g))];
    const cookie = await signIn('demo-3', 'patient');
    const seen = await Promise.all(
      journeys.map(async (id) => (await ask(`/journeys/${id}`, { headers: { Cookie: cookie } })).status),
    );
    expect(seen.filter((status) => status === 200).length).toBeLessThanOrEqual(1);
    expect(seen).toContain(404);
  });

  test('let the clock jump to what happens next, where it may be moved', async () => {
    const cookie = await signIn('coordinator-1', 'coordinator');
    const before = clinic.clock.millis();
    const response = await post('/clock', { jump: 'next-event' }, cookie);
    expect(response.headers.get('Location')).toBe('/clock');
    expect(clinic.clock.millis()).toBeGreaterThan(before);
    expect(await text('/clock', cookie)).toContain('Jump to what happens next');
  });

  test('write what people wrote as text, never as a part of the page', async () => {
    const cookie = await signIn('coordinator-1', 'coordinator');
    expect(await text('/journeys/%3Cscript%3E', cookie)).not.toContain('<script');
    expect(await text('/journeys/..%2F..%2Fetc', cookie)).toContain('There is no such thing');
  });
});
