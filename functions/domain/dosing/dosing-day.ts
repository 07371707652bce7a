import * as z from 'zod';
import { checkSources, sourced } from '../care/sourced.ts';
import { ROUTES } from '../names.ts';
import { parseInput } from '../problems.ts';
import { distinct, line, positiveDuration, slug } from '../program/values.ts';

/** What a route asks at the least, whatever a program says (reference 4.2, 4.4, 4.6). */
const routeStandard = z.strictObject({
  solidsHours: z.number().min(0).max(24),
  clearLiquidsHours: z.number().min(0).max(24),
  /** Before a patient leaves, from the start of the dose or from its end, as the route has it. */
  observation: positiveDuration,
  /** Moments after the start at which everything is read. */
  readAt: z.array(positiveDuration).min(1),
  /** From the last of them until the patient leaves, at the longest. */
  thenEvery: positiveDuration,
});
export type RouteStandard = z.infer<typeof routeStandard>;

/** One line that somebody signs for a room and a shift; without `routes` and `drug` it is for every dose. */
const roomItem = z.strictObject({
  id: slug,
  text: line,
  routes: z.array(z.enum(ROUTES)).min(1).optional(),
  drug: z.enum(['racemic', 'esketamine']).optional(),
});

const field = z.strictObject({
  id: slug,
  text: line,
  /** Asked only where the named field was answered with yes. */
  if: slug.optional(),
});

const fields = z.strictObject({
  ...sourced,
  routes: z.record(z.enum(ROUTES), routeStandard),
  roomChecklist: z.array(roomItem).min(1),
  /** The form that is owed to the REMS for every session with esketamine, in calendar days after it. */
  remsForm: z.strictObject({ dueIn: positiveDuration, fields: z.array(field).min(1) }),
});

/** What holds on every dosing day, as versioned data with the source of each figure. */
export const DosingDay = fields.superRefine((file, context) => {
  checkSources(file, context);
  for (const [key, list] of [
    ['roomChecklist', file.roomChecklist],
    ['remsForm', file.remsForm.fields],
  ] as const)
    if (!distinct(list.map(({ id }) => id)))
      context.addIssue({ code: 'custom', path: [key], message: 'has an id twice; each once' });
});
export type DosingDay = z.infer<typeof DosingDay>;

/** Reads the standards of the dosing day, or throws InputRefused with one line a problem. */
export const parseDosingDay = (value: unknown, root = 'dosing-day'): DosingDay => parseInput(DosingDay, value, root);
