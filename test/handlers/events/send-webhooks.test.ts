import { describe, expect, it, vi } from 'vitest';
import { WEBHOOK_ATTEMPTS } from '../../../functions/contracts/webhook-attempts.ts';
import { step } from '../../../functions/handlers/events/send-webhooks.ts';
import { MessengerUnavailable } from '../../../functions/messengers/errors.ts';
import type { Webhook } from '../../../functions/messengers/webhooks.ts';
import { call } from '../support/handlers.ts';

const NOW = '2026-03-02T17:00:05.000Z';
const endpoints = [
  { id: 'ehr', url: 'https://ehr.example/events', secret: 'arn:ehr' },
  { id: 'crm', url: 'https://crm.example/events', secret: 'arn:crm' },
];
const message = (messageId: string, endpoint: string, received = 1) => ({
  messageId,
  receiptHandle: `handle-${messageId}`,
  attributes: { ApproximateReceiveCount: String(received) },
  body: JSON.stringify({
    endpoint,
    type: 'outcome-completed',
    data: { version: 1, id: `j1-${messageId}`, journeyId: 'j1', at: '2026-03-02T17:00:00.000Z' },
  }),
});

/** The function over systems that may be down. */
const world = (down: readonly string[] = []) => {
  const told: Webhook[] = [];
  const putOff = vi.fn(async () => undefined);
  const deps = {
    endpoints,
    secret: async (arn: string) => `secret of ${arn}`,
    putOff,
    now: () => NOW,
    tell: async (webhook: Webhook) => {
      if (down.includes(webhook.url)) throw new MessengerUnavailable('webhook', { code: 'Status503' });
      told.push(webhook);
    },
  };
  return { told, putOff, send: (...Records: object[]) => call(step, deps, { Records }) };
};

describe('Telling other systems', () => {
  it('hands each its event, under its own secret', async () => {
    const { told, send } = world();
    await expect(send(message('1', 'ehr'), message('2', 'crm'))).resolves.toEqual({ batchItemFailures: [] });
    expect(told.map(({ url, secret, type, data, now }) => [url, secret, type, data.id, now])).toEqual([
      ['https://ehr.example/events', 'secret of arn:ehr', 'outcome-completed', 'j1-1', NOW],
      ['https://crm.example/events', 'secret of arn:crm', 'outcome-completed', 'j1-2', NOW],
    ]);
  });

  it('keeps what one of them did not take, and tells the others all the same', async () => {
    const { told, putOff, send } = world(['https://ehr.example/events']);
    await expect(send(message('1', 'ehr'), message('2', 'crm'))).resolves.toEqual({
      batchItemFailures: [{ itemIdentifier: '1' }],
    });
    expect(told.map(({ data }) => data.id)).toEqual(['j1-2']);
    expect(putOff.mock.calls).toEqual([['handle-1', 10]]);
  });

  it('does not tell the others twice where a message cannot be put off', async () => {
    const { told, putOff, send } = world(['https://ehr.example/events']);
    putOff.mockRejectedValueOnce(new MessengerUnavailable('ChangeMessageVisibility', { code: 'Throttling' }));
    await expect(send(message('1', 'ehr'), message('2', 'crm'))).resolves.toEqual({
      batchItemFailures: [{ itemIdentifier: '1' }],
    });
    expect(told).toHaveLength(1);
  });

  it('waits longer after each attempt, half a day at most, and for more than a day together', async () => {
    const { putOff, send } = world(['https://ehr.example/events']);
    for (let attempt = 1; attempt <= WEBHOOK_ATTEMPTS; attempt += 1) await send(message('1', 'ehr', attempt));
    const pauses = putOff.mock.calls.map((args: unknown[]) => Number(args[1]));
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
    expect(Math.max(...pauses)).toBe(43_200);
    expect(pauses.slice(0, -1).reduce((a, b) => a + b)).toBeGreaterThan(86_400);
  });

  it('tells a system that has left the settings nothing, and keeps nothing for it', async () => {
    const { told, putOff, send } = world();
    await expect(send(message('1', 'gone'))).resolves.toEqual({ batchItemFailures: [] });
    expect([told.length, putOff.mock.calls.length]).toEqual([0, 0]);
  });

  it('fails as a whole where its secret cannot be read, so that everything comes again', async () => {
    const deps = {
      endpoints,
      tell: async () => undefined,
      putOff: async () => undefined,
      now: () => NOW,
      secret: () => Promise.reject(Object.assign(new Error('gone'), { name: 'SecretUnavailable' })),
    };
    await expect(call(step, deps, { Records: [message('1', 'ehr')] })).rejects.toMatchObject({
      name: 'SecretUnavailable',
    });
  });
});
