import * as z from 'zod';

/** An adverse event or a crisis: opened at once, closed only by a clinician with all of it recorded. */
export const SafetyEvent = z.strictObject({
  journeyId: z.string(),
  id: z.string(),
  type: z.enum(['adverse-event', 'crisis']),
  severity: z.int().min(1).max(5).nullable(),
  openedAt: z.string(),
  source: z.string(),
  acknowledgedBy: z.string().nullable(),
  acknowledgedAt: z.string().nullable(),
  decision: z.enum(['resume', 'hold', 'stop']).nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable().default(null),
  round: z.int().min(1),
  followedUpAt: z.string().nullable(),
  closedAt: z.string().nullable(),
});
export type SafetyEvent = z.infer<typeof SafetyEvent>;
