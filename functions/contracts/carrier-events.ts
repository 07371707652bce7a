import * as z from 'zod';

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

/** An event of an AWS End User Messaging configuration set, as SNS hands it to Lambda. */
const SmsEvents = z.object({ Records: z.array(z.object({ Sns: z.object({ Message: z.string() }) })) });
const SmsEvent = z.object({
  eventType: z.string(),
  context: z.object({ journeyId: z.string(), messageId: z.string() }),
});

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
  TEXT_UNDELIVERABLE: 'failed',
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
  const event = MEANING[word];
  return event === undefined ? [] : [{ ...name, event, reason: event === 'failed' ? word : null }];
};

/** The events that a delivery to the function carries. */
export const carrierEvents = (input: CarrierInput): CarrierEvent[] => {
  if ('detail' in input) {
    const { eventType, mail } = input.detail;
    return meant(eventType, { journeyId: mail.tags.journeyId[0], messageId: mail.tags.messageId[0] });
  }
  return input.Records.flatMap(({ Sns }) => {
    const { eventType, context } = SmsEvent.parse(JSON.parse(Sns.Message));
    return meant(eventType, context);
  });
};
