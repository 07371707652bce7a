import * as z from 'zod';
import { approximateSeconds, count, positiveDuration } from './values.ts';

const range = z
  .strictObject({ min: z.int().min(0).max(1000), max: count })
  .refine(({ min, max }) => min <= max, { path: ['min'], error: 'is more than max; at most max' });

/** Between two doses. */
const spacing = z
  .strictObject({
    /** Days count local dates, hours elapsed time. */
    min: positiveDuration,
    max: positiveDuration,
    /** At most so many doses in any seven consecutive local days. */
    perWeek: z.int().min(1).max(7),
  })
  .superRefine(({ min, max }, context) => {
    if (approximateSeconds(min) > approximateSeconds(max))
      context.addIssue({ code: 'custom', path: ['min'], message: `${min} is longer than max (${max}); at most max` });
  });

/** How far apart the doses of one stage are, where the series changes its pace. */
const pace = { spacing: spacing.optional() };

const plainStage = z.strictObject({ doses: count, ...pace });
const decidedStage = z.strictObject({
  doses: range,
  after: z.literal('next-step'),
  /** Whether `doses` counts this stage alone or every dose of the series so far. */
  counts: z.enum(['this-stage', 'whole-series']).default('this-stage'),
  ...pace,
});

/** A stage of the series: a fixed number of doses, or a range that a clinician decides on when the stage before has ended. */
export const stage = z.union([plainStage, decidedStage]);
type Stage = z.infer<typeof stage>;

/** The number of doses after which each stage has ended, at the least and at the most, counted from the first dose. */
export const stageBounds = (stages: readonly Stage[]): { min: number; max: number }[] => {
  let min = 0;
  let max = 0;
  return stages.map((each) => {
    if (typeof each.doses === 'number') {
      min += each.doses;
      max += each.doses;
    } else if ('counts' in each && each.counts === 'whole-series') {
      min = Math.max(min, each.doses.min);
      max = Math.max(max, each.doses.max);
    } else {
      min += each.doses.min;
      max += each.doses.max;
    }
    return { min, max };
  });
};

/** The most doses that a series may come to. */
export const mostDoses = ({ stages }: { stages: readonly Stage[] }): number => stageBounds(stages).at(-1)?.max ?? 0;

/** How many doses, how far apart, and after which of them a clinician decides what next. */
export const series = z
  .strictObject({
    stages: z.array(stage).min(1).max(20),
    spacing,
    evaluateAfter: z.array(count),
  })
  .superRefine((value, context) => {
    const most = mostDoses(value);
    for (const [n, dose] of value.evaluateAfter.entries()) {
      const path = ['evaluateAfter', n];
      if (dose > most)
        context.addIssue({ code: 'custom', path, message: `dose ${dose} is beyond the series; at most ${most}` });
      const before = value.evaluateAfter[n - 1] ?? 0;
      if (dose <= before)
        context.addIssue({ code: 'custom', path, message: `dose ${dose} does not follow ${before}; in rising order` });
    }
  });
