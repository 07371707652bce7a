import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import { WebhookDelivery } from '../../../functions/contracts/domain-events.ts';
import { signatureOf } from '../../../functions/messengers/webhooks.ts';
import { bundledData } from '../../../functions/stores/bundled-library.ts';
import { consultOf } from '../../../local/clinic/consult.ts';
import { keptClinic } from '../../../local/clinic/kept-clinic.ts';
import { readScenario } from '../../../local/rehearsal/scenario.ts';

const SECRET = `whsec_${'Ab3'.repeat(21)}x`;
const Answer = z.object({ journeyId: z.string() });
const TEN_MINUTES = 600_000;

let folder: string;
let server: Server;
let url: string;
let answers: number[];
/** What the other system took, and the ids of all that it was asked to take. */
let heard: WebhookDelivery[];
let asked: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'webhook-'));
  [heard, asked, answers] = [[], [], []];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const [id, at] = [String(request.headers['webhook-id']), Number(request.headers['webhook-timestamp'])];
      const isOurs = request.headers['webhook-signature'] === signatureOf(SECRET, id, at, body);
      const status = isOurs ? (answers.shift() ?? 204) : 401;
      asked.push(id);
      if (status === 204) heard.push(WebhookDelivery.parse({ endpoint: 'here', ...JSON.parse(body) }));
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/events`;
});
afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const clinicTelling = async () => {
  const { start, patient, program } = await readScenario({ program: 'northwest-iv' });
  const clinic = await keptClinic({
    path: join(folder, 'clinic.sqlite'),
    library: bundledData(),
    begin: Date.parse(start),
    webhook: { url, secret: SECRET },
  });
  return {
    clinic,
    ask: async () => Answer.parse(await clinic.invoke('request-consult')(consultOf(patient, program, 'patient-1'))),
    pass: (milliseconds: number) => clinic.clock.run({ until: clinic.clock.millis() + milliseconds }),
  };
};

test('another system on this machine hears, signed, that a journey has begun', async () => {
  const { clinic, ask, pass } = await clinicTelling();
  const { journeyId } = await ask();
  await pass(1_000);
  expect(heard).toMatchObject([{ type: 'phase-consult', data: { version: 1, journeyId } }]);
  clinic.close();
});

test('what it does not take comes again under the same id, and nothing else waits for it', async () => {
  const { clinic, ask, pass } = await clinicTelling();
  answers = [503];
  const { journeyId } = await ask();
  await pass(TEN_MINUTES);
  expect(heard.map(({ type }) => type)).toEqual(['phase-consult']);
  expect(asked).toHaveLength(2);
  expect(new Set(asked).size).toBe(1);
  const { tasks, outbox } = await clinic.openRows(journeyId);
  expect([tasks.length, outbox.includes('publish-event')]).toEqual([1, false]);
  clinic.close();
});
