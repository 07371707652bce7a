import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { signatureOf, tellWebhook } from '../../functions/messengers/webhooks.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

type Heard = { readonly method: string | undefined; readonly headers: IncomingHttpHeaders; readonly body: string };

/** Another system at an address of its own, which writes down what it hears and answers what it is told to. */
const systemThat = async (status: number, headers: Record<string, string> = {}) => {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      heard.push({ method: request.method, headers: request.headers, body });
      response.writeHead(status, headers).end('Ana Souza is not known here');
    });
  });
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/events`, heard };
};

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const event = {
  secret: SECRET,
  type: 'appointment-moved',
  data: {
    version: 1,
    id: 'j1-dosing-1-2-moved',
    journeyId: 'j1',
    appointmentId: 'dosing-1',
    at: '2026-03-02T17:00:00.000Z',
  },
  now: '2026-03-02T17:00:05.700Z',
} as const;

describe('An event for another system', () => {
  it('is posted as what happened, when, and to which ids, and nothing else', async () => {
    const { url, heard } = await systemThat(204);
    await tellWebhook({ ...event, url });
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatchObject({ method: 'POST', headers: { 'content-type': 'application/json' } });
    expect(JSON.parse(heard[0]?.body ?? '')).toEqual({
      type: 'appointment-moved',
      timestamp: '2026-03-02T17:00:00.000Z',
      data: event.data,
    });
  });

  it('is signed over its id, the second of the attempt and every byte of the body', async () => {
    const { url, heard } = await systemThat(200);
    await tellWebhook({ ...event, url });
    const { headers = {} as IncomingHttpHeaders, body = '' } = heard[0] ?? {};
    const seconds = Number(headers['webhook-timestamp']);
    expect([headers['webhook-id'], seconds]).toEqual(['j1-dosing-1-2-moved', 1_772_470_805]);
    expect(headers['webhook-signature']).toBe(signatureOf(SECRET, event.data.id, seconds, body));
    for (const other of [
      signatureOf('whsec_AAAA', event.data.id, seconds, body),
      signatureOf(SECRET, 'another', seconds, body),
      signatureOf(SECRET, event.data.id, seconds + 1, body),
      signatureOf(SECRET, event.data.id, seconds, `${body} `),
    ])
      expect(headers['webhook-signature']).not.toBe(other);
  });

  it('is signed as the Standard Webhooks convention has it', () => {
    const body = '{"test": 2432232314}';
    expect(signatureOf(SECRET, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330, body)).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });

  it.each([400, 404, 410, 429, 500, 503])(
    'that is answered with %i was not taken, and nothing of the answer is told',
    async (status) => {
      const { url } = await systemThat(status);
      const refused = await tellWebhook({ ...event, url }).catch((error: unknown) => error);
      expect(refused).toMatchObject({ name: 'MessengerUnavailable', code: `Status${status}` });
      expect(String(refused)).not.toContain('Ana');
    },
  );

  it('is never taken along to another address', async () => {
    const other = await systemThat(200);
    const { url, heard } = await systemThat(302, { Location: other.url });
    await expect(tellWebhook({ ...event, url })).rejects.toMatchObject({ code: 'Status302' });
    expect([heard.length, other.heard.length]).toEqual([1, 0]);
  });

  it('that nobody is there for was not taken', async () => {
    const { url } = await systemThat(200);
    servers.pop()?.close();
    await expect(tellWebhook({ ...event, url })).rejects.toMatchObject({ code: 'NotReached' });
  });
});
