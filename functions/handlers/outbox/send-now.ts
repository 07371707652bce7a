import type { EmailSender } from '../../messengers/email.ts';
import { MessageRefused, SendingThrottled, SendingUnknown } from '../../messengers/errors.ts';
import type { SmsSender } from '../../messengers/sms.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import type { Carried } from './carried.ts';

export type SendDeps = {
  readonly journeys: Pick<JourneyStore, 'claimMessage' | 'recordSending'>;
  readonly email: EmailSender;
  readonly sms: SmsSender;
  readonly now: () => string;
};

/**
 * Claims a message, hands it to its carrier once, and writes down what the carrier said; throttled ones are thrown, to be tried again.
 * It stays pending while another sender has it, whose end is not known yet.
 */
export const sendNow =
  ({ journeys, email, sms, now }: SendDeps) =>
  async (name: { journeyId: string; messageId: string }): Promise<Carried> => {
    const claimed = await journeys.claimMessage(name);
    if (claimed.claim !== 'taken') return claimed.claim === 'none' ? 'done' : 'pending';
    const { channel, to, subject, text, usefulUntil, visit } = claimed;
    try {
      const { providerMessageId } =
        channel === 'sms'
          ? await sms.send({ to, text, ...name, usefulUntil, now: now() })
          : await email.send({ to, subject, text, ...name, visit, now: now() });
      await journeys.recordSending({ ...name, result: 'sent', providerMessageId });
    } catch (error) {
      if (error instanceof MessageRefused)
        await journeys.recordSending({ ...name, result: 'refused', reason: error.code });
      else if (error instanceof SendingUnknown) {
        await journeys.recordSending({ ...name, result: 'unknown' });
        return 'pending';
      } else if (error instanceof SendingThrottled) {
        await journeys.recordSending({ ...name, result: 'throttled' });
        throw error;
      } else throw error;
    }
    return 'struck';
  };
