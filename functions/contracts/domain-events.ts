import * as z from 'zod';
import { OUTCOMES, PHASES } from '../domain/names.ts';

/** What other systems are told of an appointment. */
const APPOINTMENT_NEWS = ['booked', 'moved', 'cancelled', 'no-show', 'window-fixed'] as const;
export type AppointmentNews = (typeof APPOINTMENT_NEWS)[number];

/** Everything that other systems are told, by the type of the event. */
export const EVENT_TYPES = [
  ...PHASES.map((phase) => `phase-${phase}` as const),
  ...OUTCOMES.map((outcome) => `outcome-${outcome}` as const),
  ...APPOINTMENT_NEWS.map((news) => `appointment-${news}` as const),
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** What each event carries: ids and an instant, never a fact. A field may be added; anything else is a new `version`, sent beside this one. */
export const DomainEventData = z.strictObject({
  version: z.literal(1),
  /** The same for a repetition. */
  id: z.string().min(1),
  journeyId: z.string().min(1),
  /** The appointment that the event is about, of `appointment-` events. */
  appointmentId: z.string().min(1).exactOptional(),
  /** When it happened, an ISO-8601 instant. */
  at: z.iso.datetime(),
});
export type DomainEventData = z.infer<typeof DomainEventData>;

/** One event on its way to one endpoint of another system. */
export const WebhookDelivery = z.object({
  endpoint: z.string().min(1),
  type: z.enum(EVENT_TYPES),
  data: DomainEventData,
});
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

/** Another system that is told: which name it has here, where it listens, and the ARN of the secret that it knows us by. */
export const WebhookEndpoint = z.strictObject({
  id: z.string().min(1),
  url: z.url(),
  secret: z.string().min(1),
});
export type WebhookEndpoint = z.infer<typeof WebhookEndpoint>;

/** JSON text of a message of the queue; what is no delivery is refused at the door, so that its words reach no log. */
const deliveryText = z.string().transform((text, context): WebhookDelivery => {
  try {
    return WebhookDelivery.parse(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
    context.addIssue({ code: 'custom', message: 'no delivery of an event' });
    return z.NEVER;
  }
});

/** Messages of the queue of deliveries, as SQS hands them to Lambda. */
export const QueuedDeliveries = z.object({
  Records: z.array(
    z.object({
      messageId: z.string().min(1),
      receiptHandle: z.string().min(1),
      body: deliveryText,
      attributes: z.object({ ApproximateReceiveCount: z.string().regex(/^\d{1,6}$/) }),
    }),
  ),
});
export type QueuedDeliveries = z.infer<typeof QueuedDeliveries>;
