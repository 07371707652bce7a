import type { EmailSender } from '../../functions/messengers/email.ts';
import type { SmsSender } from '../../functions/messengers/sms.ts';
import type { VirtualClock } from '../virtual-clock.ts';

/** Addresses that behave otherwise than one that works. */
export type BadAddresses = { readonly bouncing: ReadonlySet<string>; readonly unreachable: ReadonlySet<string> };

type Deliver = (event: unknown) => Promise<unknown>;

/** A carrier's report comes this long after the sending. */
const REPORT_AFTER = { email: 3_000, sms: 2_000 };

/** E-mail and SMS on one machine: nothing leaves, and the carriers' events come back as on AWS. */
export const localCarriers = (clock: VirtualClock, bad: BadAddresses, deliver: Deliver) => {
  const usage = { emails: 0, sms: 0 };
  const email: EmailSender = {
    async send({ to, journeyId, messageId }) {
      usage.emails += 1;
      const eventType = bad.bouncing.has(to) ? 'Bounce' : 'Delivery';
      const event = {
        source: 'aws.ses',
        detail: { eventType, mail: { tags: { journeyId: [journeyId], messageId: [messageId] } } },
      };
      clock.at(clock.millis() + REPORT_AFTER.email, async () => void (await deliver(event)));
      return { providerMessageId: `email-${journeyId}-${messageId}` };
    },
  };
  const sms: SmsSender = {
    async send({ to, journeyId, messageId }) {
      usage.sms += 1;
      const eventType = bad.unreachable.has(to) ? 'TEXT_UNREACHABLE' : 'TEXT_DELIVERED';
      const event = {
        Records: [{ Sns: { Message: JSON.stringify({ eventType, context: { journeyId, messageId } }) } }],
      };
      clock.at(clock.millis() + REPORT_AFTER.sms, async () => void (await deliver(event)));
      return { providerMessageId: `sms-${journeyId}-${messageId}` };
    },
  };
  return { email, sms, usage };
};
