import * as z from 'zod';
import { checkSources, sourced } from '../care/sourced.ts';
import { parseInput } from '../problems.ts';
import { distinct, line, positiveDuration, slug } from '../program/values.ts';

/** What makes an event serious, whatever its grade (21 CFR 312.32). */
export const SERIOUS = [
  'death',
  'life-threatening',
  'hospitalisation',
  'disability',
  'congenital-anomaly',
  'intervention-to-prevent',
] as const;

/** What may have to be reported to somebody. */
export const EVENT_KINDS = [
  'session',
  'adverse-event',
  'fall',
  'elopement',
  'boundary-complaint',
  'theft-or-loss',
  'abuse-or-threat',
  'data-breach',
] as const;

const grade = z.int().min(1).max(5);
const mmHg = z.int().min(30).max(300);

/** All that is named must hold. */
const clause = z
  .strictObject({
    kinds: z.array(z.enum(EVENT_KINDS)).min(1).optional(),
    drug: z.enum(['racemic', 'esketamine']).optional(),
    gradeFrom: grade.optional(),
    serious: z.literal(true).optional(),
    /** Deepest sedation of the session, MOAA/S. */
    moaasAtMost: z.int().min(0).max(5).optional(),
    /** Highest blood pressure of the session. */
    sbpFrom: mmHg.optional(),
    dbpFrom: mmHg.optional(),
  })
  .refine((value) => Object.keys(value).length > 0, 'is empty; at least one condition');
export type Clause = z.infer<typeof clause>;

/** A duty to tell somebody, by law or by the clinic's own rule. */
const report = z.strictObject({
  id: slug,
  to: line,
  text: line,
  anyOf: z.array(clause).min(1),
  /** By when; null where the law or the custom sets no time. */
  dueIn: positiveDuration.nullable(),
  /** Local calendar days, working days of the clinic, or hours on a stopwatch. */
  counts: z.enum(['calendar-days', 'business-days', 'hours']),
  form: line.optional(),
  reach: line.optional(),
  voluntary: z.boolean(),
});
export type Report = z.infer<typeof report>;

const fields = z.strictObject({
  ...sourced,
  /** The generic scale, from the mildest. */
  grades: z.array(z.strictObject({ grade, text: line })).length(5),
  /** From this grade on an event places a hold. */
  severeFrom: grade,
  /** Blood pressure of adults by grade, the lowest first; the grade beyond is a crisis and no number. */
  pressure: z.array(z.strictObject({ grade, sbp: mmHg, dbp: mmHg })).min(1),
  /** A rise on the drug that has passed within this is expected. */
  transientWithin: positiveDuration,
  reports: z.array(report).min(1),
});

/** How adverse events are graded and who must be told by when, as versioned data with the source of each figure. */
export const AdverseEventRules = fields.superRefine((rules, context) => {
  checkSources(rules, context);
  if (!distinct(rules.reports.map(({ id }) => id)))
    context.addIssue({ code: 'custom', path: ['reports'], message: 'has an id twice; each once' });
  for (const [n, each] of rules.grades.entries())
    if (each.grade !== n + 1)
      context.addIssue({
        code: 'custom',
        path: ['grades', n, 'grade'],
        message: `is ${each.grade}; ${n + 1}, from the mildest`,
      });
  for (const [n, { dueIn, counts }] of rules.reports.entries())
    if (dueIn !== null && (counts === 'hours') !== dueIn.includes('T'))
      context.addIssue({ code: 'custom', path: ['reports', n, 'dueIn'], message: `${dueIn} does not count ${counts}` });
});
export type AdverseEventRules = z.infer<typeof AdverseEventRules>;

/** Reads the rules, or throws InputRefused with one line a problem. */
export const parseAdverseEventRules = (value: unknown, root = 'adverse-events'): AdverseEventRules =>
  parseInput(AdverseEventRules, value, root);
