import * as z from 'zod';
import { checkSources, sourced } from '../care/sourced.ts';
import { parseInput } from '../problems.ts';
import { approximateSeconds, count, distinct, duration, line, positiveDuration, slug } from '../program/values.ts';

/** Something that a patient, a check-in or a clinician reports after a dose, and what it calls for. */
const signal = z.strictObject({
  id: slug,
  text: line,
  signs: z.array(slug).min(1),
  /** Whether the next dose is held until the provider has a plan. */
  holds: z.boolean(),
  /** Whether a clearance no longer stands, so that it is asked for again. */
  voidsClearance: z.boolean(),
  /** What is asked for with it: tests, or a look somewhere. */
  asks: z.array(slug),
  /** A clinician sees the patient on the same working day. */
  sameDay: z.literal(true).exactOptional(),
});

const fields = z.strictObject({
  ...sourced,
  signals: z.array(signal).min(1),
  /** Hours after the dose within which the patient is asked how they are. */
  checkIn: z.strictObject({ from: positiveDuration, until: positiveDuration }),
  integration: z.strictObject({
    remindAfter: z.array(positiveDuration).min(1),
    /** From here on the next dose is held; no window of a program may close later. */
    holdAfter: positiveDuration,
  }),
  clearance: z.strictObject({ validFor: positiveDuration }),
  /** A provider looks: after one of the early doses, and after the later one. */
  reviews: z.strictObject({ early: z.array(count).min(1), later: count }),
  /** Too small a fall by a dose: looked at, or decided on; never gone on with by itself. */
  response: z.array(
    z.strictObject({
      afterDoses: z.array(count).min(1),
      reductionAtLeast: z.number().gt(0).max(1),
      asks: z.enum(['review', 'decide']),
    }),
  ),
  /** Liver tests with repeated doses: due from the first of these, overdue after the second; from then on by time. */
  liver: z.strictObject({
    atDoses: z.strictObject({ due: count, overdue: count }),
    later: z.strictObject({ due: positiveDuration, overdue: positiveDuration }),
  }),
  /** The baseline is the last complete form within this before the first dose. */
  baselineWithin: positiveDuration,
  followUps: z.array(duration).min(1),
  completion: z.array(z.strictObject({ id: slug, text: line })).min(1),
});

/** What follows a dose and a series, as versioned data with the source of each figure (reference 5). */
export const FollowUpRules = fields.superRefine((rules, context) => {
  checkSources(rules, context);
  const refuse = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message });
  if (!distinct(rules.signals.flatMap(({ signs }) => signs))) refuse(['signals'], 'has a sign twice; each once');
  const { remindAfter, holdAfter } = rules.integration;
  const times = [...remindAfter, holdAfter].map(approximateSeconds);
  if (times.some((each, n) => n > 0 && each <= (times[n - 1] ?? each)))
    refuse(['integration'], 'is not in order; reminders, then held');
});
export type FollowUpRules = z.infer<typeof FollowUpRules>;

/** Reads the rules, or throws InputRefused with one line a problem. */
export const parseFollowUpRules = (value: unknown, root = 'follow-up'): FollowUpRules =>
  parseInput(FollowUpRules, value, root);
