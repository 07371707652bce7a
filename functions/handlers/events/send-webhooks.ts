import * as z from 'zod';
import { QueuedDeliveries, type WebhookEndpoint } from '../../contracts/domain-events.ts';
import { pauseAfter } from '../../contracts/webhook-attempts.ts';
import { MessengerRefused, MessengerUnavailable } from '../../messengers/errors.ts';
import type { Webhook } from '../../messengers/webhooks.ts';
import { frame } from '../../runtime/frame.ts';
import { log } from '../../runtime/logger.ts';
import { wireWebhooks } from '../wiring/webhooks.ts';

/** Messages that are to be delivered again (Lambda, ReportBatchItemFailures). */
const Output = z.strictObject({ batchItemFailures: z.array(z.strictObject({ itemIdentifier: z.string() })) });

type Deps = {
  readonly endpoints: readonly WebhookEndpoint[];
  readonly tell: (webhook: Webhook) => Promise<void>;
  readonly secret: (arn: string) => Promise<string>;
  readonly putOff: (receiptHandle: string, seconds: number) => Promise<void>;
  readonly now: () => string;
};

/** A message that could not be put off comes again when the queue shows it by itself; what others took must not come again with it. */
const leaveToTheQueue = (error: unknown): void => {
  if (!(error instanceof MessengerUnavailable || error instanceof MessengerRefused)) throw error;
  log('error', 'failed', { name: error.call, error: error.code });
};

/** Tells other systems what happened. Whoever does not take it gets it again, each time later; an endpoint that left the settings gets nothing. */
export const sendWebhooks =
  ({ endpoints, tell, secret, putOff, now }: Deps) =>
  async ({ Records }: QueuedDeliveries): Promise<z.infer<typeof Output>> => {
    const failed = Records.map(async ({ messageId, receiptHandle, body: { endpoint: id, type, data }, attributes }) => {
      const endpoint = endpoints.find((each) => each.id === id);
      if (endpoint === undefined) return [];
      try {
        await tell({ url: endpoint.url, secret: await secret(endpoint.secret), type, data, now: now() });
        return [];
      } catch (error) {
        if (!(error instanceof MessengerUnavailable)) throw error;
        log('error', 'failed', { name: `webhook ${id}`, error: error.code, journeyId: data.journeyId });
        await putOff(receiptHandle, pauseAfter(Number(attributes.ApproximateReceiveCount))).catch(leaveToTheQueue);
        return [{ itemIdentifier: messageId }];
      }
    });
    return { batchItemFailures: (await Promise.all(failed)).flat() };
  };

export const step = {
  name: 'send-webhooks',
  input: QueuedDeliveries,
  output: Output,
  wire: wireWebhooks,
  run: sendWebhooks,
};
export const handler = frame(step);
