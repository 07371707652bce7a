import * as z from 'zod';
import { WebhookEndpoint } from '../../contracts/domain-events.ts';
import { putOff } from '../../messengers/put-off.ts';
import { tellWebhook } from '../../messengers/webhooks.ts';
import { systemClock } from '../../runtime/clock.ts';
import { env } from '../../runtime/env.ts';
import { secretText } from '../../runtime/secrets.ts';

/** The other systems of the deployment's settings, each with a secret of its own, and the queue of what they are to be told. */
export const wireWebhooks = () => ({
  endpoints: z.array(WebhookEndpoint).parse(JSON.parse(env('WEBHOOKS'))),
  tell: tellWebhook,
  secret: secretText,
  putOff: putOff(env('WEBHOOK_QUEUE')),
  now: systemClock,
});
