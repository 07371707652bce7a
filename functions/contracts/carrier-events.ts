import * as z from 'zod';
import { InboundText } from './inbound-texts.ts';

/** What became of a message, as its carrier reports it. */
export type CarrierEvent = {
  readonly journeyId: string;
  readonly messageId: string;
  readonly event: 'delivered' | 'failed';
  readonly reason: string | null;
};

/** An event of an SES configuration set on EventBridge (Amazon SES, event publishing). */
const SesEvent = z.object({
  source: z.literal('aws.ses'),
  detail: z.object({
    eventType: z.string(),
    mail: z.object({ tags: z.object({ journeyId: z.tuple([z.string()]), messageId: z.tuple([z.string()]) }) }),
  }),
});

const SmsEvent = z.object({
  eventType: z.string(),
  isFinal: z.boolean().optional(),
  context: z.object({ journeyId: z.string(), messageId: z.string() }),
});

const SmsNotice = z.union([SmsEvent, InboundText]);

/** JSON text that SNS carries; what is no event is refused at the door, so that its words reach no log. */
const smsEventText = z.string().transform((text, context): z.infer<typeof SmsNotice> => {
  try {
    return SmsNotice.parse(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
    context.addIssue({ code: 'custom', message: 'no event of End User Messaging' });
    return z.NEVER;
  }
});

/** Events of an AWS End User Messaging configuration set, and texts to a two-way number, as SNS hands them to Lambda. */
const SmsEvents = z.object({ Records: z.array(z.object({ Sns: z.object({ Message: smsEventText }) })) });

export const CarrierInput = z.union([SesEvent, SmsEvents]);
export type CarrierInput = z.infer<typeof CarrierInput>;

/** Which of the carriers' words mean that it arrived, or that it never will; the others say nothing yet. */
const MEANING: Readonly<Record<string, CarrierEvent['event']>> = {
  Delivery: 'delivered',
  Bounce: 'failed',
  Reject: 'failed',
  Complaint: 'failed',
  'Rendering Failure': 'failed',
  TEXT_DELIVERED: 'delivered',
  TEXT_UNREACHABLE: 'failed',
  TEXT_PROTECT_BLOCKED: 'failed',
  TEXT_BLOCKED: 'failed',
  TEXT_CARRIER_BLOCKED: 'failed',
  TEXT_CARRIER_UNREACHABLE: 'failed',
  TEXT_INVALID: 'failed',
  TEXT_INVALID_MESSAGE: 'failed',
  TEXT_SPAM: 'failed',
  TEXT_TTL_EXPIRED: 'failed',
  TEXT_UNKNOWN: 'failed',
};

const meant = (word: string, name: { journeyId: string; messageId: string }): CarrierEvent[] => {
  const event = Object.hasOwn(MEANING, word) ? MEANING[word] : undefined;
  return event === undefined ? [] : [{ ...name, event, reason: event === 'failed' ? word : null }];
};

/** The events that a delivery to the function carries. */
export const carrierEvents = (input: CarrierInput): CarrierEvent[] => {
  if ('detail' in input) {
    const { eventType, mail } = input.detail;
    return meant(eventType, { journeyId: mail.tags.journeyId[0], messageId: mail.tags.messageId[0] });
  }
  return input.Records.flatMap(({ Sns: { Message } }) => {
    if ('messageBody' in Message) return [];
    const { eventType, isFinal = true, context } = Message;
    // The carrier still tries while an event is not final; only an arrival is worth knowing early.
    return meant(eventType, context).filter(({ event }) => isFinal || event === 'delivered');
  });
};

/** The texts of people that a delivery to the function carries. */
export const inboundTexts = (input: CarrierInput): InboundText[] =>
  'detail' in input ? [] : input.Records.flatMap(({ Sns: { Message } }) => ('messageBody' in Message ? [Message] : []));
