import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleFiles, bundleOf } from '../../infra/constructs/handler-code.ts';

const MESSENGERS = join(import.meta.dirname, 'support/sent-by-messengers.ts');
/** New with each request, of whatever sends it. */
const NEW_EACH_TIME = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;

type Answer = { readonly status: number; readonly type: string; readonly body: string };
const DONE: Answer = { status: 200, type: 'application/x-amz-json-1.0', body: '{}' };
const THROTTLED: Answer = { ...DONE, status: 400, body: '{"__type":"ThrottlingException","message":"later"}' };
const GONE: Answer = { ...DONE, status: 400, body: '{"__type":"ResourceNotFoundException","message":"nothing there"}' };
const TAKEN: Answer = { ...DONE, status: 400, body: '{"__type":"ExecutionAlreadyExists","message":"taken"}' };
const MAIL_REFUSED: Answer = {
  status: 400,
  type: 'text/xml',
  body: '<ErrorResponse><Error><Type>Sender</Type><Code>MessageRejected</Code><Message>no</Message></Error></ErrorResponse>',
};
const MAIL_TAKEN: Answer = {
  status: 200,
  type: 'text/xml',
  body: '<SendEmailResponse><SendEmailResult><MessageId>ses-1</MessageId></SendEmailResult></SendEmailResponse>',
};

describe('The messengers, bundled as they are deployed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-messengers-'));
  beforeAll(() => bundleFiles(folder, { messengers: MESSENGERS }));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** What a process of its own asks of a service that gives every request the same answer, and what its messengers make of it. */
  const sentBy = async (url: string, answer: Answer) => {
    const asked: unknown[] = [];
    const server = createServer(async (request, response) => {
      const { method, url, headers } = request;
      asked.push({
        method,
        url: url?.replaceAll(NEW_EACH_TIME, 'new'),
        type: headers['content-type'],
        target: headers['x-amz-target'],
        session: headers['x-amz-security-token'],
        body: (await text(request)).replaceAll(NEW_EACH_TIME, 'new'),
        signedFor: /Credential=([^/]+)\/\d{8}\/([^,]+),/.exec(headers.authorization ?? '')?.slice(1),
      });
      response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const script = `const { sent } = await import(process.argv[1]); console.log(JSON.stringify(await sent()));`;
    const env = {
      PATH: process.env.PATH,
      // Nobody's own settings.
      HOME: folder,
      AWS_REGION: 'us-west-2',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'session',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${Object(server.address()).port}`,
    };
    try {
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script, url], {
        env,
      });
      return { came: JSON.parse(stdout), asked };
    } finally {
      server.closeAllConnections();
      server.close();
    }
  };

  // A messenger that is refused waits before it asks again: they wait at once.
  it.concurrent.each([
    ['done', DONE],
    ['mail taken', MAIL_TAKEN],
    ['throttled', THROTTLED],
    ['nothing there', GONE],
    ['name taken', TAKEN],
    ['mail refused', MAIL_REFUSED],
    ['down', { ...DONE, status: 503, body: '<html>' }],
  ] as const)(
    'send what they send as they are written, and take "%s" for the same',
    { timeout: 60_000 },
    async (_, answer) => {
      const [written, bundled] = await Promise.all([
        sentBy(pathToFileURL(MESSENGERS).href, answer),
        sentBy(pathToFileURL(bundleOf(folder, 'messengers')).href, answer),
      ]);
      expect(written.asked.length).toBeGreaterThanOrEqual(Object.keys(written.came).length);
      expect(bundled).toEqual(written);
    },
  );
});
