import * as z from 'zod';
import { JsonRecord } from '../json-record.ts';

/** What a started dose owes: one integration inside its window, or a clinician's waiver with a reason. */
export const Debt = z.strictObject({
  state: z.enum(['owed', 'overdue', 'settled', 'waived']),
  owedAt: z.string(),
  /** The integration's window, from the recorded end of the dose; null until the end is recorded. */
  window: z.strictObject({ opens: z.string(), closes: z.string() }).nullable(),
  settledAt: z.string().nullable(),
  by: z.string().nullable(),
  reason: z.string().nullable(),
  /** Whether an earlier dose still owed its integration when this one was begun; so it may have been before this was written down. */
  earlierOwed: z.boolean().default(true),
});
export type Debt = z.infer<typeof Debt>;

/** One dose and the integration that it owes. */
export const Cycle = z.strictObject({
  journeyId: z.string(),
  number: z.int().min(1),
  dosingAppointmentId: z.string().nullable(),
  integrationAppointmentId: z.string().nullable(),
  orderedAt: z.string().nullable(),
  /** What the nurse recorded at check-in; absent keys are missing answers. */
  check: JsonRecord.nullable(),
  checkedInAt: z.string().nullable(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  result: z.enum(['given', 'partial', 'aborted']).nullable(),
  dischargedAt: z.string().nullable(),
  againstAdvice: z.boolean(),
  debt: Debt.nullable(),
  /** Set once the patient has been told how to integrate and the record was written. */
  integration: JsonRecord.nullable(),
  /** Whether a clinician has said how the series goes on after this dose (`next-step`). */
  reviewed: z.boolean(),
  /** Whether the provider has looked at what the treatment does after this dose (`response-review`). */
  responseReviewed: z.boolean().default(false),
  /** Sessions of integration that were held for this dose. */
  integrationsHeld: z.int().min(0).default(0),
});
export type Cycle = z.infer<typeof Cycle>;

/** Whether the cycle's dose was begun and its integration neither done nor waived. */
export const isOwed = (cycle: Cycle): boolean => cycle.debt?.state === 'owed' || cycle.debt?.state === 'overdue';
