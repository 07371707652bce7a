import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses';
import { MessageRefused, SendingUnknown, sendingFailure } from './errors.ts';

/** One e-mail; `journeyId` and `messageId` name its row in the ledger and come back with every delivery event. */
export type Email = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly journeyId: string;
  readonly messageId: string;
};

/** Sends one e-mail once; rejects with MessageRefused, SendingThrottled or SendingUnknown. */
export type EmailSender = { send(email: Email): Promise<{ readonly providerMessageId: string }> };

export type SesEmailOptions = {
  readonly client?: SESClient;
  /** A neutral sender of a verified domain, e.g. `Cedar Clinic <care@cedar.example>`. */
  readonly from: string;
  /** Publishes the delivery events, requires TLS and tracks neither opens nor clicks. */
  readonly configurationSet: string;
};

/** SES takes letters, digits, `_` and `-` in the value of a message tag (Amazon SES API Reference, MessageTag). */
const TAG_VALUE = /^[A-Za-z0-9_-]{1,255}$/;

/** Sends through Amazon SES, which has no idempotency token: one attempt, and a lost answer is reported as unknown. */
export const sesEmail = ({ client, from, configurationSet }: SesEmailOptions): EmailSender => {
  let ses = client;
  return {
    async send({ to, subject, text, journeyId, messageId }) {
      if (!TAG_VALUE.test(journeyId) || !TAG_VALUE.test(messageId))
        throw new MessageRefused(messageId, { code: 'InvalidMessageId' });
      ses ??= new SESClient({ maxAttempts: 1, requestHandler: { connectionTimeout: 2_000, requestTimeout: 8_000 } });
      const command = new SendEmailCommand({
        Source: from,
        Destination: { ToAddresses: [to] },
        Message: {
          Subject: { Data: subject, Charset: 'UTF-8' },
          Body: { Text: { Data: text, Charset: 'UTF-8' } },
        },
        ConfigurationSetName: configurationSet,
        Tags: [
          { Name: 'journeyId', Value: journeyId },
          { Name: 'messageId', Value: messageId },
        ],
      });
      const answer = await ses.send(command).catch((error: unknown) => {
        throw sendingFailure(messageId, error);
      });
      if (answer.MessageId === undefined) throw new SendingUnknown(messageId, { code: 'NoMessageId' });
      return { providerMessageId: answer.MessageId };
    },
  };
};
