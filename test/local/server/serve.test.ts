import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundledData } from '../../../functions/stores/bundled-library.ts';
import { type KeptClinic, keptClinic } from '../../../local/clinic/kept-clinic.ts';
import { pacing } from '../../../local/clinic/pace.ts';
import { serveCommand } from '../../../local/server/command-line.ts';
import { localIssuer } from '../../../local/server/issuer.ts';
import { readOptions } from '../../../local/server/options.ts';
import { serve } from '../../../local/server/serve.ts';
import { CONSULT_REQUEST } from '../../support/consult-request.ts';

let folder: string;
let clinic: KeptClinic;
let server: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'serve-'));
  clinic = await keptClinic({ path: join(folder, 'c.sqlite'), library: bundledData(), begin: Date.now() });
  const pace = pacing({
    clock: clinic.clock,
    onFailure: (failure) => {
      throw failure;
    },
  });
  server = await serve({ ...clinic, pace }, { port: 0, virtual: true });
});
afterAll(async () => {
  await server.close();
  clinic.close();
  rmSync(folder, { recursive: true, force: true });
});

// biome-ignore lint/suspicious/noExplicitAny: a test reads what was answered, whatever it is
const read = async (answer: Promise<Response>): Promise<any> => (await answer).json();
const json = { 'Content-Type': 'application/json' };
const signIn = (id: string, role: string): Promise<Response> =>
  fetch(`${server.url}/sign-in`, { method: 'POST', headers: json, body: JSON.stringify({ id, role }) });
const bearer = async (id: string, role: string) => {
  const { access_token } = await read(signIn(id, role));
  return { Authorization: `Bearer ${access_token}` };
};

describe('the clinic on one machine', () => {
  test('takes a consult request, and the coordinator has the task of booking it at once', async () => {
    const headers = { ...json, ...(await bearer('coordinator-1', 'coordinator')), 'Idempotency-Key': 'first' };
    const asked = await fetch(`${server.url}/v1/consult-requests`, {
      method: 'POST',
      headers,
      body: JSON.stringify(CONSULT_REQUEST),
    });
    expect(asked.status).toBe(200);
    const { journeyId } = await read(Promise.resolve(asked));
    const tasks = await read(fetch(`${server.url}/v1/tasks?mine=true`, { headers }));
    expect(tasks.items).toMatchObject([{ journeyId, number: 1, kind: 'book-appointment', state: 'open' }]);
  });

  test('answers nobody without a token, and everybody who asks what the API is', async () => {
    expect((await fetch(`${server.url}/v1/journeys`)).status).toBe(401);
    const document = await read(fetch(`${server.url}/v1/openapi.json`));
    expect(document.openapi).toBe('3.1.0');
    expect((await fetch(`${server.url}/elsewhere`)).status).toBe(404);
  });

  test('signs people in by name and role, and says in large letters that it is for trying out', async () => {
    const text = await (await fetch(`${server.url}/sign-in`)).text();
    expect(text).toContain('<h1>FOR TRYING OUT ONLY</h1>');
    expect(text).toContain('value="nurse-1"');
    const form = (origin: string) =>
      fetch(`${server.url}/sign-in`, {
        method: 'POST',
        headers: { Origin: origin },
        body: new URLSearchParams({ id: 'nurse-1', role: 'nurse' }),
        redirect: 'manual',
      });
    const signedIn = await form(server.url);
    expect([signedIn.status, signedIn.headers.get('Location')]).toEqual([303, '/']);
    expect(signedIn.headers.get('Set-Cookie')).toMatch(/^session=[\w-]+\.[\w-]+\.[\w-]+; .*HttpOnly/);
    expect((await form('https://elsewhere.example')).status).toBe(403);
    const partner = await fetch(`${server.url}/v1/me`, { headers: await bearer('therapist-11', 'therapist') });
    expect(await partner.json()).toMatchObject({
      id: 'therapist-11',
      roles: ['therapist', 'partner'],
      practice: 'partner-1',
    });
  });

  test.each([
    ['nobody', 'nurse', 'sign-in.id'],
    ['nurse-1', 'provider', 'sign-in.role'],
    ['nurse-1', 'queen', 'sign-in.role'],
    ['<b>', 'patient', 'sign-in.id'],
  ])('does not sign %s in as a %s', async (id, role, path) => {
    const answer = await signIn(id, role);
    expect(answer.status).toBe(400);
    expect((await read(Promise.resolve(answer))).errors[0].path).toBe(path);
  });

  test('answers only to the names of this machine', async () => {
    const statusFor = (host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        request(`${server.url}/sign-in`, { headers: { Host: host } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        })
          .on('error', reject)
          .end();
      });
    expect(await statusFor('clinic.example')).toBe(421);
    expect(await statusFor('localhost')).toBe(200);
  });

  test('has a clock that can be stopped and sent to the next event', async () => {
    const change = (body: object) =>
      fetch(`${server.url}/clock`, { method: 'POST', headers: json, body: JSON.stringify(body) });
    expect(await read(change({ speed: 0 }))).toMatchObject({ speed: 0 });
    const before = await read(fetch(`${server.url}/clock`));
    const after = await read(change({ jump: 'next-event' }));
    expect(after.now > before.now).toBe(true);
    expect((await change({ speed: -1 })).status).toBe(400);
  });

  test('refuses methods that nobody uses as any other', async () => {
    const status = await new Promise((resolve, reject) => {
      request(`${server.url}/v1/clinic`, { method: 'TRACE' }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(405);
  });
});

describe('its command line', () => {
  const run = async (args: string[]) => {
    const said = { out: '', err: '' };
    const status = await serveCommand(
      args,
      { stdout: { write: (text) => (said.out += text) }, stderr: { write: (text) => (said.err += text) } },
      Promise.resolve(),
    );
    return { status, ...said };
  };

  test.each([
    [['--port', '70000'], '--port: found "70000"; allowed: a whole number from 0 to 65535\n'],
    [['--data', ''], '--data: found ""; allowed: the path of a file\n'],
    [['--fast'], "options: Unknown option '--fast'; one of --port, --data, --virtual, --webhook, --help\n"],
  ])('%j is refused with one line', async (args, line) => {
    expect(await run(args)).toEqual({ status: 2, out: '', err: line });
  });

  test('says how it is used', async () => {
    expect((await run(['--help'])).out).toContain('--virtual');
    expect(readOptions([])).toEqual({ port: 8787, data: 'clinic.sqlite', virtual: false });
  });

  test('says that a file is in use, or a port', async () => {
    const used = await run(['--data', join(folder, 'c.sqlite'), '--port', '0']);
    expect([used.status, used.err.trim().split('\n').length]).toEqual([2, 1]);
    const other = join(folder, 'other.sqlite');
    (await keptClinic({ path: other, library: bundledData(), begin: Date.now() })).close();
    const taken = await run(['--data', other, '--port', new URL(server.url).port]);
    expect(taken).toEqual({
      status: 2,
      out: '',
      err: '--port: another program has it; another, or 0 for any that is free\n',
    });
    const served = await run(['--data', other, '--port', '0']);
    expect([served.status, served.out]).toEqual([
      0,
      expect.stringMatching(/^The clinic is at http:\/\/127\.0\.0\.1:\d+\/sign-in /),
    ]);
  });

  test('says what is wrong with the file of a clinic in one line, and writes nothing beside it', async () => {
    const text = join(folder, 'notes.txt');
    writeFileSync(text, 'These are notes, and no database of a clinic. '.repeat(50));
    const locked = join(folder, 'locked.sqlite');
    const holder = new DatabaseSync(locked);
    holder.exec('CREATE TABLE t (x); BEGIN EXCLUSIVE');
    const before = readdirSync(folder);
    const cases = [
      [text, 'it is no database of a clinic'],
      [folder, 'it cannot be opened'],
      [join(folder, 'none', 'c.sqlite'), 'it cannot be opened'],
      [locked, 'another program has it locked'],
    ] as const;
    for (const [file, words] of cases) {
      const { status, out, err } = await run(['--data', file, '--port', '0']);
      const told = err.split('\n').filter((line) => line !== '');
      expect([status, out, told]).toEqual([2, '', [expect.stringContaining(`--data: ${words}`)]]);
    }
    holder.close();
    expect(readdirSync(folder).filter((name) => !name.endsWith('-journal'))).toEqual(
      before.filter((name) => !name.endsWith('-journal')),
    );
  });

  test('leaves nothing behind where it is stopped while it fills a new file, and fills it anew the next time', async () => {
    const path = join(folder, 'stopped.sqlite');
    const { status, out, err } = await run(['--data', path, '--port', '0']);
    expect([status, out]).toEqual([0, '']);
    expect(err).toContain('stopped.sqlite is new: filling it');
    expect(readdirSync(folder).filter((name) => name.startsWith('stopped'))).toEqual([]);
  });

  test('hands out no tokens where a deployment is configured', async () => {
    await expect(localIssuer('x', { TABLE: 'journeys' })).rejects.toMatchObject({ name: 'DeploymentConfigured' });
  });
});
