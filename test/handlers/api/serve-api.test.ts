import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { step } from '../../../functions/handlers/api/serve-api.ts';
import { clientKey, gatewaySource } from '../../../functions/handlers/app/client-key.ts';
import { call } from '../support/handlers.ts';

/** What a request of the gateway comes to in the application. */
const app = new Hono();
app.all('/v1/echo/:name', async (context) => {
  context.header('Set-Cookie', 'a=1');
  context.header('ETag', '"7"');
  return context.json(
    {
      method: context.req.method,
      name: context.req.param('name'),
      queries: context.req.queries(),
      key: context.req.header('Idempotency-Key') ?? null,
      body: await context.req.text(),
    },
    201,
  );
});
app.get('/source', (context) => context.text(clientKey(gatewaySource(context))));
app.get('/calendar', (context) => context.body('BEGIN:VCALENDAR', 200, { 'Content-Type': 'text/calendar' }));
app.get('/picture', (context) => context.body(new Uint8Array([1, 2]), 200, { 'Content-Type': 'image/png' }));

const request = (over: object = {}) => ({
  httpMethod: 'GET',
  path: '/v1/echo/here',
  multiValueHeaders: null,
  multiValueQueryStringParameters: null,
  body: null,
  isBase64Encoded: false,
  requestContext: { domainName: 'api.cedar.example', identity: { sourceIp: '203.0.113.9' } },
  ...over,
});
const asked = (over: object) => call(step, { application: async () => app }, request(over));

describe('A request of API Gateway', () => {
  it('reaches the application with its method, path, query, headers and body', async () => {
    const answer = await asked({
      httpMethod: 'POST',
      path: '/v1/echo/Zo%C3%AB',
      multiValueHeaders: { 'Idempotency-Key': ['k-1'], 'Content-Type': ['application/json'] },
      multiValueQueryStringParameters: { role: ['nurse', 'on-call'], text: ['a&b=c d'] },
      body: '{"name":"Zoë"}',
    });
    expect(answer.statusCode).toBe(201);
    expect(JSON.parse(answer.body)).toEqual({
      method: 'POST',
      name: 'Zoë',
      queries: { role: ['nurse', 'on-call'], text: ['a&b=c d'] },
      key: 'k-1',
      body: '{"name":"Zoë"}',
    });
  });

  it('says where it came from, for the limits of what is open to everybody', async () => {
    expect((await asked({ path: '/source' })).body).toBe('203.0.113.9');
    expect((await asked({ path: '/source', requestContext: {} })).body).toBe('unknown');
  });

  it('with a body in base64 reaches it as the bytes that were sent', async () => {
    const answer = await asked({
      httpMethod: 'POST',
      body: Buffer.from('über').toString('base64'),
      isBase64Encoded: true,
    });
    expect(JSON.parse(answer.body)).toMatchObject({ body: 'über' });
  });

  it('is answered with every header, cookies too', async () => {
    const { multiValueHeaders } = await asked({});
    expect(multiValueHeaders).toMatchObject({ etag: ['"7"'], 'set-cookie': ['a=1'] });
  });

  it.each([
    ['/calendar', false, 'BEGIN:VCALENDAR'],
    ['/picture', true, 'AQI='],
  ])('for %s is answered as text where it is text', async (path, isBase64Encoded, body) => {
    expect(await asked({ path })).toMatchObject({ isBase64Encoded, body });
  });

  it('waits for what the application stands on, and fails as long as that cannot be read', async () => {
    const application = () => Promise.reject(Object.assign(new Error('gone'), { name: 'SecretUnavailable' }));
    await expect(call(step, { application }, request())).rejects.toMatchObject({ name: 'SecretUnavailable' });
  });
});
