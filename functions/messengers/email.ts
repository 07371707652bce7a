import { SESClient, SendEmailCommand, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { calendarFile, methodOf, type Visit } from '../domain/messages/calendar-file.ts';
import { MessageRefused, SendingUnknown, sendingFailure } from './errors.ts';
import { rawEmail } from './raw-email.ts';

/** One e-mail; `journeyId` and `messageId` name its row in the ledger and come back with every delivery event. */
export type Email = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly journeyId: string;
  readonly messageId: string;
  /** The visit that it is about, for the reader's calendar. */
  readonly visit?: Visit | undefined;
  readonly now: string;
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

/** `Cedar Clinic <care@cedar.example>`, or an address alone. */
const senderOf = (from: string): { name: string; address: string } => {
  const [, name, address] = /^(.*?)\s*<([^<>]+)>$/.exec(from) ?? [];
  return name === undefined || address === undefined ? { name: from, address: from } : { name, address };
};

/** What could end a header or name a second reader is in no address that was taken at entry. */
const UNSAFE_ADDRESS = /[\s<>,;:"]/;

/** What both kinds of mail say to SES beside themselves. */
const around = ({ journeyId, messageId }: Email, { from, configurationSet }: SesEmailOptions) => ({
  Source: from,
  ConfigurationSetName: configurationSet,
  Tags: [
    { Name: 'journeyId', Value: journeyId },
    { Name: 'messageId', Value: messageId },
  ],
});

const plainCommand = (email: Email, options: SesEmailOptions): SendEmailCommand =>
  new SendEmailCommand({
    ...around(email, options),
    Destination: { ToAddresses: [email.to] },
    Message: {
      Subject: { Data: email.subject, Charset: 'UTF-8' },
      Body: { Text: { Data: email.text, Charset: 'UTF-8' } },
    },
  });

/** A calendar file needs a mail that is put together here; SES adds date and id. */
const rawCommand = (email: Email, visit: Visit, options: SesEmailOptions): SendRawEmailCommand => {
  const { to, subject, text, now } = email;
  const from = senderOf(options.from);
  const file = calendarFile(visit, { now, organizer: from, attendee: to });
  const raw = rawEmail({ from, to, subject, text, calendar: { method: methodOf(visit), file } });
  return new SendRawEmailCommand({
    ...around(email, options),
    Destinations: [to],
    RawMessage: { Data: Buffer.from(raw) },
  });
};

/** Sends through Amazon SES, which has no idempotency token: one attempt, and a lost answer is reported as unknown. */
export const sesEmail = (options: SesEmailOptions): EmailSender => {
  let ses = options.client;
  return {
    async send(email) {
      const { to, journeyId, messageId, visit } = email;
      if (!TAG_VALUE.test(journeyId) || !TAG_VALUE.test(messageId))
        throw new MessageRefused(messageId, { code: 'InvalidMessageId' });
      if (visit !== undefined && UNSAFE_ADDRESS.test(to))
        throw new MessageRefused(messageId, { code: 'InvalidAddress' });
      ses ??= new SESClient({ maxAttempts: 1, requestHandler: { connectionTimeout: 2_000, requestTimeout: 8_000 } });
      const sent =
        visit === undefined ? ses.send(plainCommand(email, options)) : ses.send(rawCommand(email, visit, options));
      const answer = await sent.catch((error: unknown) => {
        throw sendingFailure(messageId, error);
      });
      if (answer.MessageId === undefined) throw new SendingUnknown(messageId, { code: 'NoMessageId' });
      return { providerMessageId: answer.MessageId };
    },
  };
};
