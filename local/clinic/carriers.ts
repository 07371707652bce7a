import type { Visit } from '../../functions/domain/messages/calendar-file.ts';
import type { EmailSender } from '../../functions/messengers/email.ts';
import type { SmsSender } from '../../functions/messengers/sms.ts';
import type { VirtualClock } from '../virtual-clock.ts';

/** Addresses that behave otherwise than one that works. */
export type BadAddresses = { readonly bouncing: ReadonlySet<string>; readonly unreachable: ReadonlySet<string> };

/** A message as its reader gets it; an SMS has no subject. */
export type Sent = {
  readonly channel: 'email' | 'sms';
  readonly to: string;
  readonly subject: string | null;
  readonly text: string;
  readonly journeyId: string;
  readonly messageId: string;
  /** What an e-mail tells the reader's calendar. */
  readonly visit?: Visit | undefined;
};

/** Where what was sent is kept until its carrier has reported on it, and to be read. */
export type Mailbox = {
  add(sent: Sent, at: string): number;
  reported(id: number): void;
  unreported(): readonly (Sent & { readonly id: number })[];
};

type Deliver = (event: unknown) => Promise<unknown>;

export type LocalCarriers = {
  readonly email: EmailSender;
  readonly sms: SmsSender;
  readonly usage: { emails: number; sms: number };
};

/** A carrier's report comes this long after the sending. */
const REPORT_AFTER = { email: 3_000, sms: 2_000 };

/** What SES and End User Messaging report, as on AWS. */
const reportOn = ({ channel, to, journeyId, messageId }: Sent, bad: BadAddresses): unknown => {
  if (channel === 'email') {
    const eventType = bad.bouncing.has(to) ? 'Bounce' : 'Delivery';
    const tags = { journeyId: [journeyId], messageId: [messageId] };
    return { source: 'aws.ses', detail: { eventType, mail: { tags } } };
  }
  const eventType = bad.unreachable.has(to) ? 'TEXT_UNREACHABLE' : 'TEXT_DELIVERED';
  return { Records: [{ Sns: { Message: JSON.stringify({ eventType, context: { journeyId, messageId } }) } }] };
};

/** A text to the clinic's number, as End User Messaging publishes it. */
export const inboundText = (inboundMessageId: string, originationNumber: string, messageBody: string): unknown => ({
  Records: [{ Sns: { Message: JSON.stringify({ inboundMessageId, originationNumber, messageBody }) } }],
});

/** E-mail and SMS on one machine: nothing leaves, and the carriers' events come back as on AWS. */
export const localCarriers = (
  clock: VirtualClock,
  bad: BadAddresses,
  deliver: Deliver,
  mailbox?: Mailbox,
): LocalCarriers => {
  const usage = { emails: 0, sms: 0 };
  const reportLater = (sent: Sent, id: number | undefined): void => {
    clock.at(clock.millis() + REPORT_AFTER[sent.channel], async () => {
      await deliver(reportOn(sent, bad));
      if (id !== undefined) mailbox?.reported(id);
    });
  };
  const take = (sent: Sent): { providerMessageId: string } => {
    reportLater(sent, mailbox?.add(sent, clock.now()));
    return { providerMessageId: `${sent.channel}-${sent.journeyId}-${sent.messageId}` };
  };
  for (const { id, ...sent } of mailbox?.unreported() ?? []) reportLater(sent, id);

  return {
    usage,
    email: {
      async send({ to, subject, text, journeyId, messageId, visit }) {
        usage.emails += 1;
        return take({ channel: 'email', to, subject, text, journeyId, messageId, visit });
      },
    },
    sms: {
      async send({ to, text, journeyId, messageId }) {
        usage.sms += 1;
        return take({ channel: 'sms', to, subject: null, text, journeyId, messageId });
      },
    },
  };
};
