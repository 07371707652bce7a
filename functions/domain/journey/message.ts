import * as z from 'zod';
import { CHANNELS, MESSAGE_CLASSES, MESSAGE_KINDS, ROLES } from '../names.ts';
import { DigestLine } from '../tasks/digest.ts';

export const MESSAGE_STATES = [
  'planned',
  'sending',
  'sent',
  'delivered',
  'failed',
  'unknown',
  'skipped',
  'cancelled',
] as const;

/** One row of the ledger: one notification to one person over one channel, by occurrence, revision and attempt. */
export const Message = z.strictObject({
  journeyId: z.string(),
  id: z.string(),
  kind: z.enum(MESSAGE_KINDS),
  variant: z.string().nullable(),
  class: z.enum(MESSAGE_CLASSES),
  to: z.enum(['patient', 'chaperone', 'staff', 'partner']),
  person: z.string(),
  channel: z.enum(CHANNELS),
  occurrence: z.int().min(1),
  revision: z.int().min(1),
  attempt: z.int().min(1),
  state: z.enum(MESSAGE_STATES),
  reason: z.string().nullable(),
  appointmentId: z.string().nullable(),
  /** The appointment's revision that the message speaks of. */
  appointmentRevision: z.int().nullable(),
  taskId: z.string().nullable(),
  /** The program's reminder rule that planned it. */
  rule: z.string().nullable(),
  sendAt: z.string(),
  /** After this it is of no use. */
  usefulUntil: z.string().nullable(),
  /** The appointment's start that it tells. */
  startsAtTold: z.string().nullable(),
  /** The times it names that are no longer on the appointment, e.g. the one moved from. */
  oldStartsAt: z.string().nullable(),
  /** The tasks of a digest, as they stood when it was planned. */
  digest: z.exactOptional(z.array(DigestLine)),
  /** Somebody asked for it to be sent once more: which message, under which key, who and why. */
  again: z.exactOptional(
    z.strictObject({
      of: z.string(),
      key: z.string(),
      by: z.strictObject({ role: z.enum(ROLES), id: z.string() }),
      reason: z.string(),
    }),
  ),
  text: z.string().nullable(),
  providerMessageId: z.string().nullable(),
  /** When it was handed to its carrier; one that is still being sent long after lost its sender. */
  claimedAt: z.string().nullable(),
  sentAt: z.string().nullable(),
  /** Name of the schedule that will fire it; null when the outbox sends it at once. */
  schedule: z.string().nullable(),
});
export type Message = z.infer<typeof Message>;
