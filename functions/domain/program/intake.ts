import * as z from 'zod';
import { CONSENTS, FIT_QUESTION_IDS, INDICATIONS, MEASURE_IDS, MODALITIES, PRACTITIONER_ROLES } from '../names.ts';
import { count, distinct, duration, line, positiveDuration, slug } from './values.ts';

const role = z.enum(PRACTITIONER_ROLES);

/** An encounter with one person of the clinic or partner: who, how long, and how long ahead it may be booked at the latest. */
const encounter = { role, duration: positiveDuration, modality: z.enum(MODALITIES), notice: duration };

/** The first conversation, which ends in fit or not fit. */
export const consult = z.strictObject({ ...encounter, topics: z.array(slug).min(1) });

/** Whom the program suits and what a patient is asked before enrolling. */
export const fit = z.strictObject({
  profiles: z.array(slug).min(1),
  /** Profiles for which the evidence is early: shown to whoever clears the patient. */
  earlyEvidence: z.array(slug).optional(),
  questions: z
    .array(z.strictObject({ id: z.enum(FIT_QUESTION_IDS), text: line, required: z.boolean() }))
    .refine((questions) => distinct(questions.map(({ id }) => id)), 'asks the same question twice; each id once'),
  /** What the program is for; another indication is for the prescriber to judge. Without a list all are taken. */
  indications: z
    .array(
      z.strictObject({
        indication: z.enum(INDICATIONS),
        /** Whose review it needs besides the rule table's. */
        review: z.enum(['provider', 'medical-director']).optional(),
        /** Taken only where the clinic is set up for it. */
        onlyWith: z.literal('substance-use-care').optional(),
      }),
    )
    .min(1)
    .refine((all) => distinct(all.map(({ indication }) => indication)), 'names an indication twice; each once')
    .optional(),
});

/** Where the prescriber belongs to another practice: who refers the patient there before anything else is asked. */
export const referral = z.strictObject({ role, to: slug });

/** The rule table by its id, and the instruments that every patient answers at screening. */
export const screening = z.strictObject({ ruleset: slug, measures: z.array(z.enum(MEASURE_IDS)) });

const clearanceTasks = { medical: 'medical-clearance', psychological: 'psychological-clearance' } as const;

/** A dated decision of one clinician that this patient may be treated. */
export const clearance = z
  .strictObject({
    kind: z.enum(['medical', 'psychological']),
    task: z.enum(['medical-clearance', 'psychological-clearance']),
    role,
    validFor: positiveDuration,
    renewBefore: duration,
    dueIn: positiveDuration,
  })
  .refine(({ kind, task }) => task === clearanceTasks[kind], {
    path: ['task'],
    error:
      'belongs to the other kind of clearance; medical takes medical-clearance, psychological takes psychological-clearance',
  });

/** Who gives the therapy and how long a practice has to accept a patient. */
export const partner = z.strictObject({
  provider: z.enum(['partner', 'in-house', 'either']),
  acceptWithin: positiveDuration,
  sameTherapist: z.boolean(),
  shares: z.array(z.enum(['status', 'next-dates'])),
});

/** How a therapist that the patient already has is respected. */
export const ownTherapist = z.strictObject({
  recorded: z.boolean(),
  clinicIntegrationToo: z.boolean(),
  sharing: z.enum(['never', 'with-release']),
});

/** Who signs the treatment plan and whether the cost is acknowledged before it. */
export const plan = z.strictObject({
  signOffs: z
    .array(z.enum([...PRACTITIONER_ROLES, 'patient']))
    .min(1)
    .refine(distinct, 'names a role twice; each once'),
  acknowledgeCost: z.boolean(),
  ongoingCare: z.boolean().optional(),
});

/** Visits to the prescriber between doses, which see what the treatment does and may change the plan. */
export const providerReview = z.strictObject({
  ...encounter,
  /** After each of these doses, once its integration is done. */
  afterDoses: z.array(count).min(1).refine(distinct, 'names a dose twice; each once'),
});

/** Consents that must be in force before a dose. */
export const consents = z.array(z.enum(CONSENTS)).min(1).refine(distinct, 'names a consent twice; each once');

/** Sessions with the therapist before the first dose; `sessions` must be had, `atMost` may be. */
export const preparation = z
  .strictObject({ ...encounter, sessions: count, atMost: count, intake: z.boolean(), checklist: z.array(slug).min(1) })
  .refine(({ sessions, atMost }) => atMost >= sessions, {
    path: ['atMost'],
    error: 'is fewer than sessions; at least as many',
  });
