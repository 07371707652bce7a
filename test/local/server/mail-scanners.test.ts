import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve as listen } from '@hono/node-server';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundledData } from '../../../functions/stores/bundled-library.ts';
import { fillDemo } from '../../../local/clinic/demo.ts';
import { type KeptClinic, keptClinic } from '../../../local/clinic/kept-clinic.ts';
import { pacing } from '../../../local/clinic/pace.ts';
import { serve } from '../../../local/server/serve.ts';
import { everythingIn } from '../../support/link-reader.ts';
import { scan } from '../../support/mail-scanner.ts';

const NOW = Date.parse('2026-03-06T18:00:00.000Z');
const ADDRESS = 'https://my.cedar.example';

let folder: string;
let file: string;
let clinic: KeptClinic;
let server: Awaited<ReturnType<typeof serve>>;
let ids: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'scanned-'));
  file = join(folder, 'clinic.sqlite');
  const library = bundledData();
  const silent = ['plan-sign-off', 'sign-consents', 'partner-offer', 'home-safe'].map((task) => ({
    task,
    never: true,
  }));
  const patients = [4, 8, 25].map((daysAgo, n) => ({
    firstName: `Patient ${n}`,
    program: 'northwest-iv',
    daysAgo,
    scenario: () => ({ people: n === 2 ? silent.slice(3) : silent }),
  }));
  await fillDemo(file, library, NOW, patients, { address: ADDRESS });
  clinic = await keptClinic({ path: file, library, begin: NOW, address: () => ADDRESS });
  const pace = pacing({
    clock: clinic.clock,
    speed: 0,
    onFailure: (failure) => {
      throw failure;
    },
  });
  server = await serve({ ...clinic, pace }, { port: 0 });
  ids = clinic.sent(500).flatMap(({ text }) => /\/l\/([\w-]{22})/.exec(text)?.[1] ?? []);
}, 30_000);
afterAll(async () => {
  await server.close();
  clinic.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a mail scanner that follows every link', () => {
  test('with GET and HEAD, twice, and runs and submits what it finds, changes nothing', async () => {
    expect(ids.length).toBeGreaterThan(5);
    const before = everythingIn(file);
    for (const id of ids) expect(await scan(`${server.url}/l/${id}`)).toBe(0);
    expect(everythingIn(file)).toBe(before);
  });

  test('and presses every button as the form stands answers nothing', async () => {
    const withoutCounts = () => everythingIn(file).replaceAll(/\{"pk":"limit#.*?"version":.*?\}"\},?/g, '');
    const before = withoutCounts();
    let pressed = 0;
    for (const id of ids) pressed += await scan(`${server.url}/l/${id}`, { presses: true });
    expect(pressed).toBeGreaterThan(2);
    expect(withoutCounts()).toBe(before);
  });
});

test('the scanner of these tests decides by a link that a GET answers, or whose form submits itself', async () => {
  const decided: string[] = [];
  const careless = new Hono();
  careless.get('/get/:id', (context) => context.text(String(decided.push('get'))));
  careless.get('/form/:id', (context) =>
    context.html(
      '<body onload="document.forms[0].submit()"><form method="post"><input name="answer" value="yes"></form>',
    ),
  );
  careless.post('/form/:id', (context) => context.text(String(decided.push('form'))));
  const taken = await new Promise<{ port: number; close: () => void }>((resolve) => {
    const listening = listen({ fetch: careless.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      resolve({ port, close: () => listening.close() }),
    );
  });
  await scan(`http://127.0.0.1:${taken.port}/get/1`);
  await scan(`http://127.0.0.1:${taken.port}/form/1`);
  taken.close();
  expect(new Set(decided)).toEqual(new Set(['get', 'form']));
});
