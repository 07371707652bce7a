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

// A Sunday evening: whoever takes a patient home on Monday was reminded an hour ago.
const NOW = Date.parse('2026-03-09T01:00:00.000Z');
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
  const papers = ['plan-sign-off', 'sign-consents', 'partner-offer', 'home-safe'];
  const silent: [daysAgo: number, tasks: readonly string[]][] = [
    [6 + 8 / 24, []],
    [5, ['answer-screening']],
    [8, papers],
    [28, ['home-safe']],
  ];
  const patients = silent.map(([daysAgo, tasks]) => ({
    firstName: `Patient ${Math.round(daysAgo)}`,
    program: 'northwest-iv',
    daysAgo,
    scenario: () => ({ people: tasks.map((task) => ({ task, never: true })) }),
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

/** What the newest message that says this leads to is answered with. */
const stands = async (words: string): Promise<number | undefined> => {
  const text = clinic.sent(500).find((message) => message.text.includes(words))?.text ?? '';
  const [, id] = /\/l\/([\w-]{22})/.exec(text) ?? [];
  return id === undefined ? undefined : (await fetch(`${server.url}/l/${id}`)).status;
};

describe('a mail scanner that follows every link', () => {
  test('with GET and HEAD, twice, and runs and submits what it finds, changes nothing', async () => {
    for (const words of ['pick-up is', 'some questions before', 'plan is ready', 'offer you the care', 'is booked'])
      expect(await stands(words), words).toBe(200);
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
