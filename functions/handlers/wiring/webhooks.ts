import * as z from 'zod';
import { WebhookEndpoint } from '../../contracts/domain-events.ts';
import { putOff } from '../../messengers/put-off.ts';
import { tellWebhook } from '../../messengers/webhooks.ts';
import { askingAgain } from '../../runtime/asking-again.ts';
import { awsRequests, SQS } from '../../runtime/aws-requests.ts';
import { systemClock } from '../../runtime/clock.ts';
import { env } from '../../runtime/env.ts';
import { roleAccess } from '../../runtime/role-access.ts';
import { secretText } from '../../runtime/secrets.ts';

/** A queue is asked where its own address is, as the SDK does. */
const putOffIn = (queue: string) =>
  putOff(askingAgain(awsRequests(SQS, { ...roleAccess(), endpoint: new URL(queue).origin })), queue);

/** The other systems of the deployment's settings, each with a secret of its own, and the queue of what they are to be told. */
export const wireWebhooks = () => ({
  endpoints: z.array(WebhookEndpoint).parse(JSON.parse(env('WEBHOOKS'))),
  tell: tellWebhook,
  secret: secretText,
  putOff: putOffIn(env('WEBHOOK_QUEUE')),
  now: systemClock,
});
