import * as z from 'zod';
import { checkSources, sourced } from '../care/sourced.ts';
import { localDate } from '../clinic/time.ts';
import { BILLING_STEPS, ROUTES } from '../names.ts';
import { parseInput } from '../problems.ts';
import { count, distinct, line, positiveDuration } from '../program/values.ts';

const cents = z.int().min(0).max(100_000_000);

/** A code of CPT or HCPCS: its number and what it is seen for, never its licensed description. */
const code = z.strictObject({
  code: z.string().regex(/^([0-9]{5}|[A-Z][0-9]{4}|[0-9]{4}T)$/, 'a code such as 90837, J3490 or 0820T'),
  use: line,
  steps: z.array(z.enum([...BILLING_STEPS, 'crisis', 'measure'])),
  /** Only together with another code. */
  addOn: z.boolean().default(false),
  minutes: count.optional(),
  drug: z.enum(['racemic', 'esketamine']).optional(),
  routes: z.array(z.enum(ROUTES)).min(1).optional(),
  payer: z.enum(['medicare', 'commercial-or-medicaid']).optional(),
  /** Of the dose in mg: from above the first, to the second included. */
  doseAbove: z.number().min(0).optional(),
  doseAtMost: z.number().positive().optional(),
  from: localDate.optional(),
  until: localDate.optional(),
  /** Includes the visit: no evaluation and management on the same day. */
  includesVisit: z.boolean().default(false),
  evaluationAndManagement: z.boolean().default(false),
});
export type Code = z.infer<typeof code>;

const fields = z.strictObject({
  ...sourced,
  codes: z.array(code).min(1),
  /** Codes that are seen for this treatment and mean something else. */
  refused: z.array(z.strictObject({ code: z.string().min(4), why: line })),
  estimate: z.strictObject({
    /** Booked so many business days ahead: due within so many of booking. The first that applies, the longest first. */
    booked: z.array(z.strictObject({ aheadAtLeast: count, within: count })).min(1),
    /** Asked for by the patient, with or without a booking. */
    askedWithin: count,
    /** One estimate for a series, at the longest. */
    series: positiveDuration,
  }),
  guard: z.strictObject({ warnAbove: cents, blockFrom: cents }),
  dispute: z.strictObject({ from: cents, within: positiveDuration, fee: cents }),
});

/** Codes, estimates and limits of a bill, as versioned data with the source of each figure. */
export const BillingRules = fields.superRefine((rules, context) => {
  checkSources(rules, context);
  const refuse = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message });
  if (!distinct(rules.codes.map((each) => each.code))) refuse(['codes'], 'has a code twice; each once');
  for (const [n, each] of rules.refused.entries())
    if (rules.codes.some((known) => known.code === each.code)) refuse(['refused', n, 'code'], 'is among the codes too');
  const ahead = rules.estimate.booked.map(({ aheadAtLeast }) => aheadAtLeast);
  if (ahead.some((days, n) => n > 0 && days >= (ahead[n - 1] ?? days)))
    refuse(['estimate', 'booked'], 'is not in order; the longest ahead first');
  if (rules.guard.warnAbove >= rules.guard.blockFrom) refuse(['guard'], 'warns no earlier than it blocks; below it');
});
export type BillingRules = z.infer<typeof BillingRules>;

/** Reads the rules, or throws InputRefused with one line a problem. */
export const parseBillingRules = (value: unknown, root = 'billing'): BillingRules =>
  parseInput(BillingRules, value, root);
