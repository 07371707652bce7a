import * as z from 'zod';
import { DEADLINES } from '../domain/journey/deadlines.ts';
import { Ask } from '../domain/journey/task.ts';

/** What must follow a commit. Consumers re-read the rows that an item names and assume no order. */
export const OutboxItem = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('resume-wait'), journeyId: z.string(), waitId: z.string() }),
  z.strictObject({
    kind: z.literal('start-task'),
    journeyId: z.string(),
    line: z.string(),
    /** The line's epoch: 1, or one more for each replay. */
    epoch: z.int().min(1).default(1),
    ask: Ask,
  }),
  z.strictObject({
    kind: z.literal('start-execution'),
    journeyId: z.string(),
    machine: z.enum(['intake', 'cycle', 'completion']),
    number: z.int(),
    epoch: z.int(),
  }),
  z.strictObject({
    kind: z.literal('replay'),
    journeyId: z.string(),
    line: z.string().default('main'),
    failedEpoch: z.int(),
  }),
  z.strictObject({
    kind: z.literal('start-safety-event'),
    journeyId: z.string(),
    eventId: z.string(),
    epoch: z.int().min(1).default(1),
  }),
  z.strictObject({ kind: z.literal('send-message'), journeyId: z.string(), messageId: z.string() }),
  z.strictObject({ kind: z.literal('schedule-message'), journeyId: z.string(), messageId: z.string() }),
  z.strictObject({ kind: z.literal('drop-schedule'), journeyId: z.string(), name: z.string() }),
  z.strictObject({
    kind: z.literal('rebook-absence'),
    journeyId: z.string(),
    practitioner: z.string(),
    from: z.string(),
    to: z.string(),
  }),
  z.strictObject({ kind: z.literal('keep-deadline'), journeyId: z.string(), deadline: z.enum(DEADLINES) }),
  z.strictObject({
    kind: z.literal('replan-appointment'),
    journeyId: z.string(),
    appointmentId: z.string(),
    revision: z.int(),
  }),
  z.strictObject({
    kind: z.literal('publish-event'),
    journeyId: z.string(),
    event: z.string(),
    at: z.string(),
    id: z.string(),
    /** The appointment that the event is about. */
    appointmentId: z.string().exactOptional(),
  }),
]);
export type OutboxItem = z.infer<typeof OutboxItem>;

/** The same item asked for twice is one row. */
export const outboxId = (item: OutboxItem): string => {
  switch (item.kind) {
    case 'resume-wait':
      return `resume-wait#${item.waitId}`;
    case 'start-task':
      return `start-task#${item.line}-${item.epoch}`;
    case 'start-execution':
      return `start-execution#${item.machine}-${item.number}-${item.epoch}`;
    case 'replay':
      return `replay#${item.line}-${item.failedEpoch}`;
    case 'start-safety-event':
      return `start-safety-event#${item.eventId}-${item.epoch}`;
    case 'send-message':
    case 'schedule-message':
      return `${item.kind}#${item.messageId}`;
    case 'drop-schedule':
      return `drop-schedule#${item.name}`;
    case 'rebook-absence':
      return `rebook-absence#${item.practitioner}-${item.from}-${item.to}`;
    case 'keep-deadline':
      return `keep-deadline#${item.deadline}`;
    case 'replan-appointment':
      return `replan-appointment#${item.appointmentId}-${item.revision}`;
    case 'publish-event':
      return `publish-event#${item.id}`;
  }
};
