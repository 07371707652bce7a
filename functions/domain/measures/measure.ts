import * as z from 'zod';
import { MEASURE_IDS } from '../names.ts';
import { parseInput } from '../problems.ts';
import { provenance } from '../program/provenance.ts';
import { count, distinct, line, positiveDuration, slug } from '../program/values.ts';

const total = z.int().min(0).max(1000);

/** A stretch of totals with a name, both ends included. */
const band = z.strictObject({ id: slug, from: total, to: total }).refine(({ from, to }) => from <= to, {
  path: ['to'],
  error: 'is below from; at least from',
});

/** What counts as change from baseline; each in points unless it says share (reference 2.1 and 2.2). */
const change = z.strictObject({
  /** Share of the baseline by which the total fell. */
  responseReduction: z.number().gt(0).max(1).optional(),
  /** In remission below this total. */
  remissionBelow: total.optional(),
  reliable: count.optional(),
  meaningful: count.optional(),
});

const fields = z.strictObject({
  id: z.enum(MEASURE_IDS),
  version: count,
  title: line,
  items: z
    .array(
      z.strictObject({
        id: slug,
        loinc: z.string().optional(),
        reversed: z.boolean().optional(),
        scored: z.boolean().default(true),
        safety: z.boolean().optional(),
      }),
    )
    .min(1),
  answers: z.strictObject({ min: z.int().min(0), max: z.int().min(1) }),
  recall: positiveDuration.optional(),
  min: total,
  max: total,
  /** A raw sum is multiplied by this. */
  factor: count.default(1),
  /** Whether a higher total is worse, as with symptoms, or better, as with well-being. */
  higherIs: z.enum(['worse', 'better']),
  /** So many unanswered items are made up for by the mean of the others; more give no total. */
  prorateAtMost: z.int().min(0),
  bands: z.array(band),
  positiveFrom: total.optional(),
  positiveTo: total.optional(),
  change,
  loinc: z.strictObject({ panel: z.string(), total: z.string() }).optional(),
  /** Whether item wordings may be embedded; where not, the licensed clinic puts them in. */
  licence: z.strictObject({ embed: z.boolean(), note: line }),
  sources: z.record(z.string().min(1), line),
  provenance: z.record(z.string().min(1), provenance),
});
export type Measure = z.infer<typeof fields>;

/** Bands must cover every possible total once, in order; an instrument without validated bands has none. */
const checkBands = ({ bands, min, max }: Measure, context: z.core.$RefinementCtx): void => {
  for (const [n, { from }] of bands.entries()) {
    const expected = n === 0 ? min : (bands[n - 1]?.to ?? min) + 1;
    if (from !== expected)
      context.addIssue({
        code: 'custom',
        path: ['bands', n, 'from'],
        message: `begins at ${from}; ${expected}, so that no total is left out or named twice`,
      });
  }
  const last = bands.at(-1);
  if (last !== undefined && last.to !== max)
    context.addIssue({
      code: 'custom',
      path: ['bands', bands.length - 1, 'to'],
      message: `ends at ${last.to}; ${max}, the highest total`,
    });
};

const checkItems = ({ items, answers, factor, max }: Measure, context: z.core.$RefinementCtx): void => {
  if (!distinct(items.map(({ id }) => id)))
    context.addIssue({ code: 'custom', path: ['items'], message: 'has an item twice; each once' });
  const highest = items.filter(({ scored }) => scored).length * answers.max * factor;
  if (highest !== max)
    context.addIssue({
      code: 'custom',
      path: ['max'],
      message: `is ${max}, but the items come to ${highest}; the same`,
    });
};

/** A questionnaire as versioned data: items, scoring, bands and change rules, each figure with its source. */
export const Measure = fields.superRefine((measure, context) => {
  checkBands(measure, context);
  checkItems(measure, context);
});

/** Reads an instrument, or throws InputRefused with one line a problem. */
export const parseMeasure = (value: unknown, root = 'measure'): Measure => parseInput(Measure, value, root);
