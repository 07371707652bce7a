import * as z from 'zod';
import { CONSENTS, MODALITIES, PRACTITIONER_ROLES } from '../names.ts';
import { approximateSeconds, count, distinct, duration, positiveDuration, slug, wallTime } from './values.ts';

/** What a patient is asked on the evening of a dose and on the next day. */
export const aftercare = z.strictObject({
  homeSafe: z
    .strictObject({ after: positiveDuration, latest: wallTime, answerBy: wallTime })
    .refine(({ latest, answerBy }) => latest < answerBy, {
      path: ['answerBy'],
      error: 'is not after latest; a later time of the same day',
    }),
  /** Counted from the recorded end of the dose. */
  nextDay: z.strictObject({ after: positiveDuration, dueIn: positiveDuration, questions: z.array(slug) }),
});

/** When an integration may start, counted from the recorded end of the dose; both ends belong to it. */
const integrationWindow = z
  .strictObject({ opens: duration, closes: positiveDuration })
  .superRefine(({ opens, closes }, context) => {
    if (approximateSeconds(closes) < approximateSeconds(opens))
      context.addIssue({
        code: 'custom',
        message: `closes (${closes}) before it opens (${opens}); closes at or after opens`,
      });
  });

/** The talking sessions that every dose owes. */
export const integration = z
  .strictObject({
    /** Sessions that each dose owes; the first lies in the window, the next dose waits for the last. */
    perDose: count,
    window: integrationWindow,
    duration: positiveDuration,
    role: z.enum(PRACTITIONER_ROLES),
    provider: z.enum(['partner', 'in-house', 'either']),
    modality: z.enum(MODALITIES),
    notice: duration,
    licensed: z.boolean(),
    requiredBeforeNextDose: z.boolean(),
    /** Fields of the record, in the order of the session. */
    template: z.array(slug).min(1).refine(distinct, 'names a field twice; each once'),
    /** Where a dose owes several sessions: how long after one the next may be, in days of the calendar or elapsed hours. */
    further: z.strictObject({ after: positiveDuration }).optional(),
    /** From the recorded end of the dose: later than this the next dose is held. */
    holdAfter: positiveDuration,
  })
  .superRefine(({ window, holdAfter, perDose, further }, context) => {
    if (perDose > 1 !== (further !== undefined))
      context.addIssue({
        code: 'custom',
        path: ['further'],
        message: `goes with several sessions for a dose (perDose is ${perDose}); both or neither`,
      });
    if (approximateSeconds(holdAfter) < approximateSeconds(window.closes))
      context.addIssue({
        code: 'custom',
        path: ['holdAfter'],
        message: `${holdAfter} is before the window closes (${window.closes}); at or after it`,
      });
  });

/** What follows the series: who may go on with whom, and where the clinic's own part ends. */
export const continuation = z.strictObject({
  offerSameTherapist: z.boolean(),
  clinicScopeEnds: z.enum(['integration', 'follow-ups']),
  confirmHandoff: z.boolean(),
  release: z.enum(CONSENTS),
});
