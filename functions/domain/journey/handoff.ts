import * as z from 'zod';

/** The offers of one patient's care to partner practices, in order, and who took it. */
export const Handoff = z.strictObject({
  journeyId: z.string(),
  offers: z.array(
    z.strictObject({
      partner: z.string(),
      at: z.string(),
      state: z.enum(['offered', 'accepted', 'declined', 'silent', 'withdrawn']),
    }),
  ),
});
export type Handoff = z.infer<typeof Handoff>;

/** One administration of a questionnaire. */
export const Measure = z.strictObject({
  journeyId: z.string(),
  measure: z.string(),
  occurrence: z.int().min(1),
  at: z.string(),
  total: z.int(),
  band: z.string(),
  point: z.string(),
});
export type Measure = z.infer<typeof Measure>;
