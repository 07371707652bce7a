import * as z from 'zod';
import { Ask } from './task.ts';

/**
 * Where a journey stands in its chain of executions. Posting a signal and registering a wait both write this row,
 * so they are in series: a wait either sees the signal or is seen by it.
 */
export const Head = z.strictObject({
  journeyId: z.string(),
  machine: z.enum(['intake', 'cycle', 'completion']),
  number: z.int().min(1),
  /** Counts the starts of the main line; writes of an older epoch are refused. */
  epoch: z.int().min(1),
  /** Number of the newest signal; 0 before the first. */
  lastSignal: z.int().min(0),
  closed: z.boolean(),
  /** A pause that the main line has not come to yet, or one for which its execution ended where it stood; null while it goes on. */
  pause: z.enum(['asked', 'parked']).nullable().default(null),
});
export type Head = z.infer<typeof Head>;

/** One line of execution may write while its row exists: the main line under its epoch, a detached task, a safety event. */
export const Line = z.strictObject({
  journeyId: z.string(),
  line: z.string(),
  epoch: z.int().min(1),
  /** What a detached task asks, so that it can be started again even if it never came to be written down. */
  ask: z.exactOptional(Ask),
});
export type Line = z.infer<typeof Line>;

/**
 * How many of one kind a journey has had, so that every task, appointment, gate and message has its number. A row for each
 * kind: two acts at one time stand in each other's way only where they count the same.
 */
export const Counter = z.strictObject({ journeyId: z.string(), name: z.string(), count: z.int().min(0) });
export type Counter = z.infer<typeof Counter>;

/** A numbered request to look again: what was asked is already written, the signal only wakes who must know. */
export const Signal = z.strictObject({
  journeyId: z.string(),
  number: z.int().min(1),
  cause: z.string(),
  at: z.string(),
  /** Which waits it ends, by the words of the waits-ended table. */
  appointmentIds: z.array(z.string()),
  taskIds: z.array(z.string()),
  gates: z.boolean(),
});
export type Signal = z.infer<typeof Signal>;

/** A state that waits for somebody or for an instant. Its token is a credential and never leaves the table. */
export const Wait = z.strictObject({
  journeyId: z.string(),
  id: z.string(),
  kind: z.enum(['task', 'gate', 'moment']),
  taskId: z.string().nullable(),
  token: z.string(),
  /** When the state entered; a retried registration replaces an older token only. */
  registeredAt: z.string(),
  deadline: z.string(),
  line: z.string(),
  epoch: z.int().min(1),
});
export type Wait = z.infer<typeof Wait>;
