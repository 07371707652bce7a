import * as z from 'zod';
import { MEASURE_IDS } from '../names.ts';
import { parseInput } from '../problems.ts';
import { provenance } from '../program/provenance.ts';
import { count, distinct, line, positiveDuration, slug } from '../program/values.ts';
import { checkWording, licence } from './licence.ts';
import { checkWordings, wordings } from './wording.ts';

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

/** The answers by their value, in the order shown. */
const options = z.array(z.strictObject({ value: z.int().min(0), loinc: z.string().optional(), text: line.optional() }));

/** Symptoms that come in groups: of each group so many items must be answered with `from` or more. */
const clusters = z.strictObject({
  from: count,
  need: z
    .array(z.strictObject({ id: z.string().regex(/^[A-Z]$/), items: z.array(slug).min(1), atLeast: count }))
    .min(1),
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
        text: line.optional(),
        /** Where they differ from those of the other items. */
        options: options.optional(),
        reversed: z.boolean().optional(),
        scored: z.boolean().default(true),
        safety: z.boolean().optional(),
      }),
    )
    .min(1),
  /** What stands above the items. */
  stem: line.optional(),
  answers: z.strictObject({
    min: z.int().min(0),
    max: z.int().min(1),
    loinc: z.string().optional(),
    options: options.optional(),
  }),
  wordings: wordings.optional(),
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
  /** Where the cut-off differs by sex, as asked on the fact sheet (`sex_for_audit_c`). */
  positiveBySex: z.strictObject({ F: total, M: total, X: total }).optional(),
  /** Further totals from which on something is said, each under its own name. */
  cutOffs: z.array(z.strictObject({ id: slug, from: total })).optional(),
  clusters: clusters.optional(),
  /** An item that ends the questionnaire when it is answered with the lowest value: the total is then the lowest. */
  zeroAt: slug.optional(),
  change,
  /** In a series not more often than this: the windows that a form looks back on must not overlap for long. */
  leastInterval: positiveDuration.optional(),
  loinc: z.strictObject({ panel: z.string(), total: z.string() }).optional(),
  licence,
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

const checkNames = ({ items, answers, clusters: groups, zeroAt }: Measure, context: z.core.$RefinementCtx): void => {
  const refuse = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message });
  const ids = items.map(({ id }) => id);
  for (const [n, group] of (groups?.need ?? []).entries())
    for (const id of group.items)
      if (!ids.includes(id)) refuse(['clusters', 'need', n, 'items'], `unknown item "${id}"; one of ${ids.join(', ')}`);
  if (zeroAt !== undefined && !ids.includes(zeroAt))
    refuse(['zeroAt'], `unknown item "${zeroAt}"; one of ${ids.join(', ')}`);
  const values = answers.options?.map(({ value }) => value).join();
  const all = Array.from({ length: answers.max - answers.min + 1 }, (_, n) => answers.min + n).join();
  if (values !== undefined && values !== all) refuse(['answers', 'options'], `are ${values}; ${all}, in this order`);
};

/** A questionnaire as versioned data: items, scoring, bands and change rules, each figure with its source. */
export const Measure = fields.superRefine((measure, context) => {
  checkBands(measure, context);
  checkItems(measure, context);
  checkNames(measure, context);
  checkWording(measure, context);
  checkWordings(measure, context);
});

/** Reads an instrument, or throws InputRefused with one line a problem. */
export const parseMeasure = (value: unknown, root = 'measure'): Measure => parseInput(Measure, value, root);
