import * as z from 'zod';
import { Cycle } from '../../domain/journey/cycle.ts';
import { Handoff, Measure } from '../../domain/journey/handoff.ts';
import { Message } from '../../domain/journey/message.ts';
import { SafetyEvent } from '../../domain/journey/safety-event.ts';
import { ofJourney } from './journeys.ts';
import { reads, writes } from './operation.ts';
import { everyOne, journeyId, none, page, paging, reason } from './values.ts';

/** One dose with what was recorded of it and what it owes. */
export const CycleView = Cycle.omit({ journeyId: true }).meta({ id: 'Cycle' });
/** One administration of a questionnaire. */
export const MeasureView = Measure.omit({ journeyId: true }).meta({ id: 'Measure' });
export const SafetyEventView = SafetyEvent.omit({ journeyId: true }).meta({ id: 'SafetyEvent' });

/** One offer of a patient's care to a practice. */
export const HandoffView = Handoff.shape.offers.element.meta({ id: 'Handoff' });

/** One message of the ledger: what became of it, and why. Its text never says what the treatment is. */
export const MessageView = Message.pick({
  id: true,
  kind: true,
  class: true,
  to: true,
  person: true,
  channel: true,
  occurrence: true,
  revision: true,
  attempt: true,
  state: true,
  reason: true,
  appointmentId: true,
  sendAt: true,
  sentAt: true,
  text: true,
})
  .extend({
    /** Who asked for it to be sent once more, and why; null for one that nobody asked for, and for the patient. */
    again: z.strictObject({ of: z.string(), by: z.string(), reason: z.string() }).nullable(),
  })
  .meta({ id: 'Message' });

export const careOperations = {
  'list-cycles': reads({
    path: '/v1/journeys/{journeyId}/cycles',
    summary: 'The doses of a journey, with their records and what each owes.',
    params: ofJourney,
    query: none,
    answer: everyOne(CycleView),
  }),
  'list-measures': reads({
    path: '/v1/journeys/{journeyId}/measures',
    summary: 'Scores of questionnaires.',
    params: ofJourney,
    query: none,
    answer: everyOne(MeasureView),
  }),
  'list-safety-events': reads({
    path: '/v1/journeys/{journeyId}/safety-events',
    summary: 'Adverse events and crises of a journey.',
    params: ofJourney,
    query: none,
    answer: everyOne(SafetyEventView),
  }),
  'list-messages': reads({
    path: '/v1/journeys/{journeyId}/messages',
    summary: 'The ledger of messages: planned, sent, delivered, failed, or skipped with the reason.',
    params: ofJourney,
    query: z.strictObject({ ...paging }),
    answer: page(MessageView),
  }),
  'send-message-again': writes({
    path: '/v1/journeys/{journeyId}/messages/{messageId}/send-again',
    summary:
      'Sends a message once more: one of its own in the ledger, with who asked and why. What holds for every message holds for it; the same key again is the same message.',
    params: z.strictObject({
      journeyId,
      messageId: z
        .string()
        .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
        .max(150),
    }),
    query: none,
    body: z.strictObject({ reason }),
    answer: MessageView,
    repeating: 'by-key',
    ifMatch: false,
  }),
  'list-handoffs': reads({
    path: '/v1/journeys/{journeyId}/handoffs',
    summary: 'To which practices the patient was offered, and what each said; a practice sees its own.',
    params: ofJourney,
    query: none,
    answer: everyOne(HandoffView),
  }),
} as const;
