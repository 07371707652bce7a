import * as z from 'zod';
import { EVENT_TYPES } from '../../functions/contracts/domain-events.ts';
import { type DomainEvents, eventData } from '../../functions/messengers/events.ts';
import { tellWebhook } from '../../functions/messengers/webhooks.ts';

/** Where another system listens on this machine, and the secret that it knows the clinic by. */
export type LocalWebhook = { readonly url: string; readonly secret: string };

const Told = z.enum(EVENT_TYPES);

/** Tells one system on this machine of every event, with the sender of AWS; what it does not take stays in the outbox and comes again. */
export const localWebhook = ({ url, secret }: LocalWebhook, now: () => string): DomainEvents => ({
  async publish(events) {
    for (const event of events) {
      const type = Told.safeParse(event.kind).data;
      if (type !== undefined) await tellWebhook({ url, secret, type, data: eventData(event), now: now() });
    }
  },
});
