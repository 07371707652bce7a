import * as z from 'zod';
import { BILLING_CLASSES, BILLING_STEPS, MEASURE_IDS, PRACTITIONER_ROLES, TASK_KINDS } from '../names.ts';
import { count, distinct, duration, positiveDuration, slug } from './values.ts';

const measureId = z.enum(MEASURE_IDS);

/** When an instrument is asked: at the named moments, and in the series every so often. */
export const measure = z
  .strictObject({
    id: measureId,
    at: z
      .array(z.enum(['baseline', 'series', 'end', 'follow-up']))
      .min(1)
      .refine(distinct, 'names a moment twice; each once'),
    every: positiveDuration.optional(),
    dueIn: positiveDuration,
    requiredBeforeDose: z.boolean(),
  })
  .refine(({ at, every }) => at.includes('series') === (every !== undefined), {
    path: ['every'],
    error: 'goes with the moment "series"; both or neither',
  });

/** Too little improvement by a dose, and what a clinician is then asked (reference 5, no-response). */
export const responseRule = z.strictObject({
  measure: measureId,
  afterDoses: count,
  reductionBelow: z.number().gt(0).max(1),
  task: z.enum(['response-review', 'next-step']),
});

/** Who answers a kind of task here, and how long it may take, where the clinic's defaults do not serve. */
export const tasks = z.strictObject({
  roles: z
    .partialRecord(z.enum(TASK_KINDS), z.enum([...PRACTITIONER_ROLES, 'patient', 'on-call', 'partner']))
    .optional(),
  dueIn: z.partialRecord(z.enum(TASK_KINDS), positiveDuration).optional(),
});

/** Who pays for a step, as told before dosing. */
export const billing = z.strictObject({ step: z.enum(BILLING_STEPS), class: z.enum(BILLING_CLASSES) });

/** A contact after a dose beyond the next-day check-in. */
export const checkIn = z
  .strictObject({
    id: slug,
    task: z.enum(['follow-up-contact', 'answer-measure', 'response-review']),
    /** The questionnaire of an `answer-measure`. */
    measure: measureId.optional(),
    /** From the recorded end of the dose. */
    after: duration,
    dueIn: positiveDuration,
  })
  .refine(({ task, measure }) => (task === 'answer-measure') === (measure !== undefined), {
    path: ['measure'],
    error: 'goes with the task answer-measure; both or neither',
  });

/** What the clinic counts of its own cohort. */
export const outcomes = z.strictObject({ primary: measureId, responseReduction: z.number().gt(0).max(1) });
