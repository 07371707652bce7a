import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bundledData } from '../../../functions/stores/bundled-library.ts';
import { storageTrouble } from '../../../functions/stores/storage-trouble.ts';
import { keptClinic } from '../../../local/clinic/kept-clinic.ts';
import { pacing } from '../../../local/clinic/pace.ts';
import { serve } from '../../../local/server/serve.ts';
import { CONSULT_REQUEST } from '../../support/consult-request.ts';
import { fileWithoutRoom } from '../../support/file-without-room.ts';

test('while the disk is full a change is answered with 503 and why, reads go on, and the same request goes through once there is room', {
  timeout: 60_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'no-room-'));
  const path = join(folder, 'clinic.sqlite');
  const room = fileWithoutRoom(path);
  const clinic = await keptClinic({ path, library: bundledData(), begin: Date.now() });
  const failures: unknown[] = [];
  const pace = pacing({ clock: clinic.clock, onFailure: (failure) => void failures.push(storageTrouble(failure)) });
  const server = await serve({ ...clinic, pace }, { port: 0 });
  onTestFinished(async () => {
    await server.close();
    clinic.close();
    room.forget();
    rmSync(folder, { recursive: true, force: true });
  });
  const json = { 'Content-Type': 'application/json' };
  const body = JSON.stringify({ id: 'coordinator-1', role: 'coordinator' });
  const signedIn = await fetch(`${server.url}/sign-in`, { method: 'POST', headers: json, body });
  const { access_token }: { access_token: string } = JSON.parse(await signedIn.text());
  const headers = { ...json, Authorization: `Bearer ${access_token}` };
  const ask = (number: number) =>
    fetch(`${server.url}/v1/consult-requests`, {
      method: 'POST',
      headers: { ...headers, 'Idempotency-Key': `request-${number}` },
      body: JSON.stringify({ ...CONSULT_REQUEST, patientId: `patient-${number}` }),
    });

  room.take();
  let number = 0;
  let answer = await ask(number);
  // What is left inside the file's pages takes some.
  while (answer.status === 200 && number < 200) {
    number += 1;
    answer = await ask(number);
  }
  expect(answer.status).toBe(503);
  expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
  expect(await answer.json()).toMatchObject({
    type: 'urn:throughline:problem:unavailable',
    detail: expect.stringContaining('the disk is full'),
  });
  expect((await fetch(`${server.url}/v1/tasks`, { headers })).status).toBe(200);
  expect(failures.filter((failure) => failure !== 'full')).toEqual([]);

  room.give();
  expect((await ask(number)).status).toBe(200);
});
