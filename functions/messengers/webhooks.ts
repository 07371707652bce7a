import { createHmac } from 'node:crypto';
import type { DomainEventData, EventType } from '../contracts/domain-events.ts';
import { MessengerUnavailable } from './errors.ts';

/** How long another system may take to say that it has an event, in milliseconds. */
const PATIENCE = 10_000;

export type Webhook = {
  /** Where the other system listens. It comes from the deployment's settings, and is followed nowhere else. */
  readonly url: string;
  /** The 64 signs that it knows us by; without its `whsec_` it is the key in base64. */
  readonly secret: string;
  readonly type: EventType;
  readonly data: DomainEventData;
  /** The instant of this attempt, ISO-8601. */
  readonly now: string;
};

/** What is signed, and how: the Standard Webhooks convention, HMAC-SHA256 over id, time and body. */
export const signatureOf = (secret: string, id: string, seconds: number, body: string): string => {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
};

/**
 * Tells another system of one event. Resolves once it answered with a 2xx; rejects with MessengerUnavailable for anything else, a redirect
 * included, and names the status alone: what it answered may hold anything.
 */
export const tellWebhook = async ({ url, secret, type, data, now }: Webhook): Promise<void> => {
  const body = JSON.stringify({ type, timestamp: data.at, data });
  const seconds = Math.floor(Date.parse(now) / 1000);
  const answer = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    signal: AbortSignal.timeout(PATIENCE),
    headers: {
      'Content-Type': 'application/json',
      'User-Agent': 'Throughline',
      'webhook-id': data.id,
      'webhook-timestamp': String(seconds),
      'webhook-signature': signatureOf(secret, data.id, seconds, body),
    },
    body,
  }).catch((error: unknown) => {
    const code = error instanceof DOMException && error.name === 'TimeoutError' ? 'Timeout' : 'NotReached';
    throw new MessengerUnavailable('webhook', { code });
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new MessengerUnavailable('webhook', { code: `Status${answer.status}` });
};
