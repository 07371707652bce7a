import * as z from 'zod';
import { Ask } from '../domain/journey/task.ts';
import { ROLES } from '../domain/names.ts';

/** Which line of execution of which journey a state works for, and under which epoch. */
export const Run = z.strictObject({ journeyId: z.string(), line: z.string(), epoch: z.int().min(1) });
export type Run = z.infer<typeof Run>;

/**
 * What follows, for a state machine to route on:
 * go on; look again (something changed meanwhile); book again (what was booked did not take place);
 * meet (an encounter comes first); review (somebody may override); hold (wait for what is missing); end (go to the completion); the rest are answers.
 */
export const FOLLOWS = ['go-on', 'look-again', 'book-again', 'review', 'hold', 'end', 'offer', 'meet', 'done'] as const;
export const Follows = z.enum(FOLLOWS);
export type Follows = z.infer<typeof Follows>;

/** What a line of execution carries from state to state: the last signal seen and the number of tasks so far. */
export const Seen = z.int().min(0);

/** What comes out of a wait. No facts: the answer's word and ids only. */
export const Answer = z.strictObject({
  follows: Follows,
  answer: z.string().nullable(),
  taskId: z.string().nullable(),
  seen: Seen,
  /** The number of tasks that the journey has had, so that the next child's name is new. */
  round: z.int().min(0),
});
export type Answer = z.infer<typeof Answer>;

/** The input of an execution of staff-task. */
export const StaffTaskInput = z.strictObject({ run: Run, ask: Ask, seen: Seen });
export type StaffTaskInput = z.infer<typeof StaffTaskInput>;

/** An execution of the main line, by its machine and number. */
export const Place = z.strictObject({ machine: z.enum(['intake', 'cycle', 'completion']), number: z.int().min(1) });

/** What a gate says to a state machine, and which roles may let its failing checks pass. */
export const GateAnswer = z.strictObject({
  follows: Follows,
  reviews: z.array(z.strictObject({ role: z.enum(ROLES), about: z.string(), checks: z.array(z.string()) })),
  seconds: z.int().min(1),
  seen: Seen,
  round: z.int().min(0),
});
export type GateAnswer = z.infer<typeof GateAnswer>;
