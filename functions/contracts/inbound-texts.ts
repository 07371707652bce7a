import * as z from 'zod';

/** A text that somebody sent to the clinic, as a two-way number of AWS End User Messaging publishes it. */
export const InboundText = z.object({
  inboundMessageId: z.string().min(1).max(90),
  /** E.164, who sent it. */
  originationNumber: z.string(),
  messageBody: z.string(),
});
export type InboundText = z.infer<typeof InboundText>;
