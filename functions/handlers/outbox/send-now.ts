import { MessageRefused, SendingThrottled, SendingUnknown } from '../../messengers/errors.ts';
import type { EmailSender } from '../../messengers/email.ts';
import type { SmsSender } from '../../messengers/sms.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';

export type SendDeps = {
  readonly journeys: Pick<JourneyStore, 'claimMessage' | 'recordSending'>;
  readonly email: EmailSender;
  readonly sms: SmsSender;
  readonly now: () => string;
};

/** Claims a message, hands it to its carrier once, and writes down what the carrier said; throttled ones are thrown, to be tried again. */
export const sendNow =
  ({ journeys, email, sms, now }: SendDeps) =>
  async (name: { journeyId: string; messageId: string }): Promise<void> => {
    const claimed = await journeys.claimMessage(name);
    if (claimed === null) return;
    const { channel, to, subject, text, usefulUntil } = claimed;
    try {
      const { providerMessageId } =
        channel === 'sms'
          ? await sms.send({ to, text, ...name, usefulUntil, now: now() })
          : await email.send({ to, subject, text, ...name });
      await journeys.recordSending({ ...name, result: 'sent', providerMessageId });
    } catch (error) {
      if (error instanceof MessageRefused)
        await journeys.recordSending({ ...name, result: 'refused', reason: error.code });
      else if (error instanceof SendingUnknown) await journeys.recordSending({ ...name, result: 'unknown' });
      else if (error instanceof SendingThrottled) {
        await journeys.recordSending({ ...name, result: 'throttled' });
        throw error;
      } else throw error;
    }
  };
