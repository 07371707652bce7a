import * as z from 'zod';
import { ROLES, TASK_KINDS } from '../names.ts';

/** What a link that went out in a message is for. Its id is not here: the row lies under the id's hash, and the id is in the message alone. */
export const Link = z.strictObject({
  hash: z.string(),
  journeyId: z.string(),
  messageId: z.string(),
  /** In whose name whoever has it acts. */
  by: z.strictObject({ role: z.enum(ROLES), id: z.string() }),
  /** The task that it is for; null where it is for an appointment. */
  taskId: z.string().nullable(),
  /** The appointment that it is for, at the time that its message names. */
  appointment: z.exactOptional(z.strictObject({ id: z.string(), revision: z.int() })),
  sentAt: z.string(),
  /** After this it opens nothing, whatever the task is. */
  until: z.string(),
  /** Dates of birth in a row that were not the patient's. */
  wrong: z.int().min(0),
});
export type Link = z.infer<typeof Link>;

/** One opening of a link: the form that was given out for it, when the person proved who they are, and what they answered. */
export const Visit = z.strictObject({
  hash: z.string(),
  nonce: z.string(),
  until: z.string(),
  provedAt: z.string().nullable(),
  /** What was answered, how (of an appointment its new time, where it was moved), and whether the answer calls for help. */
  answered: z
    .strictObject({
      kind: z.enum([...TASK_KINDS, 'appointment', 'pick-up']),
      answer: z.string(),
      at: z.string(),
      callsForHelp: z.boolean(),
    })
    .nullable(),
});
export type Visit = z.infer<typeof Visit>;

/** A link is kept for 90 days; no task of a patient stays open for longer. */
export const LINK_KEPT = 'PT2160H';

/** Who has proved who they are may answer for this long. */
export const VISIT_LASTS = 'PT30M';

/** So many wrong dates of birth close a link, and a person calls. */
export const WRONG_DATES = 3;
