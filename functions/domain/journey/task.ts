import * as z from 'zod';
import { JsonRecord } from '../json-record.ts';
import { ROLES, TASK_KINDS } from '../names.ts';

/** What a state machine (or the outbox) asks for: the kind and what it is about, ids only. */
export const Ask = z.strictObject({
  kind: z.enum(TASK_KINDS),
  role: z.exactOptional(z.enum(ROLES)),
  cycle: z.exactOptional(z.int()),
  appointment: z.exactOptional(z.string()),
  /** Tells apart tasks of one kind that may be open side by side, e.g. `phq9-week-2`, a partner, a gate's check. */
  about: z.exactOptional(z.string()),
  /** The checks of a gate that a review is about. */
  checks: z.exactOptional(z.array(z.string())),
  /** Not before this instant. */
  opensAt: z.exactOptional(z.string()),
  /** By this instant at the latest, where a law or a rule names it. */
  dueAt: z.exactOptional(z.string()),
});
export type Ask = z.infer<typeof Ask>;

export const TASK_STATES = ['planned', 'open', 'decided', 'superseded', 'expired'] as const;

/** Work that waits for a person with a role, a due time and an escalation ladder. */
export const Task = z.strictObject({
  journeyId: z.string(),
  id: z.string(),
  /** Its number among all tasks of the journey: what people call it, since an id may say too much. */
  number: z.int().min(1),
  kind: z.enum(TASK_KINDS),
  /** What it is about: with the kind and the repetition it makes the id. */
  subject: z.string(),
  repetition: z.int().min(1),
  /** Its number of that kind in the journey, given when it opens; 0 while it is planned. */
  occurrence: z.int().min(0),
  role: z.enum(ROLES),
  assignee: z.string().nullable(),
  /** Who has taken it on; null while it is anybody's who was asked. */
  claimedBy: z.string().nullable().default(null),
  state: z.enum(TASK_STATES),
  line: z.string(),
  ask: Ask,
  appointmentId: z.string().nullable(),
  revision: z.int().nullable(),
  plannedAt: z.string(),
  opensAt: z.string(),
  openedAt: z.string().nullable(),
  dueAt: z.string().nullable(),
  /** Who has it now: its own role first, then the rungs of the ladder. */
  rung: z.int().min(0),
  holder: z.enum(ROLES),
  /** Every role that has been asked so far; each of them may still answer. */
  asked: z.array(z.enum(ROLES)),
  nudges: z.int().min(0),
  /** When somebody must be reminded, asked next, or given up on; null while nothing is due. */
  nextAt: z.string().nullable(),
  /** The call about it that is under way, for a patient who does not answer. */
  callTaskId: z.string().nullable(),
  answer: z.string().nullable(),
  by: z.string().nullable(),
  decidedAt: z.string().nullable(),
  reason: z.string().nullable(),
  data: JsonRecord,
  /** Set when the waiting state has taken the answer up. */
  takenUp: z.boolean(),
});
export type Task = z.infer<typeof Task>;

/** Whether the task still waits for an answer, now or later. */
export const isPending = ({ state }: Task): boolean => state === 'planned' || state === 'open';
