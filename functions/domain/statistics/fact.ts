import * as z from 'zod';
import { APPOINTMENT_KINDS, INDICATIONS, MEASURE_IDS } from '../names.ts';
import { WEEKDAYS } from '../time/local.ts';

/** In which month of the clinic a fact counts (`2026-03`), and whose it is. */
const counted = { month: z.string(), journeyId: z.string() };

/** What became of one dose's window of integration; the weekday is that of the dose. */
const WindowFact = z.strictObject({
  ...counted,
  kind: z.literal('window'),
  /** The cycle's number. */
  about: z.string(),
  therapist: z.string().nullable(),
  partner: z.string().nullable(),
  weekday: z.enum(WEEKDAYS),
  result: z.enum(['met', 'missed', 'waived']),
});

/** Whether the patient came to an appointment. */
const VisitFact = z.strictObject({
  ...counted,
  kind: z.literal('visit'),
  /** The appointment's id. */
  about: z.string(),
  appointment: z.enum(APPOINTMENT_KINDS),
  came: z.boolean(),
});

/** The first decision on a journey's clearances, in local days after the consult was asked for. */
const ClearanceFact = z.strictObject({
  ...counted,
  kind: z.literal('clearance'),
  about: z.literal('first'),
  result: z.enum(['cleared', 'declined']),
  days: z.int().min(0),
});

/** How a measure stood at the end of a series against its baseline, by the instrument's own rules (reference 2.2). */
const ResponseFact = z.strictObject({
  ...counted,
  kind: z.literal('response'),
  /** The measure. */
  about: z.enum(MEASURE_IDS),
  indication: z.enum(INDICATIONS),
  responded: z.boolean(),
  /** Null where the instrument has no cut-off for it. */
  remitted: z.boolean().nullable(),
});

/** One thing that statistics count: ids and figures. `kind`, journey and `about` name it, so that telling it again changes nothing. */
export const Fact = z.discriminatedUnion('kind', [WindowFact, VisitFact, ClearanceFact, ResponseFact]);
export type Fact = z.infer<typeof Fact>;
