import * as z from 'zod';
import { MODALITIES, PRACTITIONER_ROLES, ROUTES, SETTINGS } from '../names.ts';
import { distinct, duration, line, positiveDuration, slug } from './values.ts';

/** Hours without solid food and clear liquids before the planned drug time (reference 4.2). */
const fasting = z.strictObject({
  solidsHours: z.number().min(0).max(24),
  clearLiquidsHours: z.number().min(0).max(24),
});

/** Bounds for the prescriber's order; the system compares and alerts, and never computes a dose (reference 0.3 rule 7). */
const doseLimits = z
  .strictObject({ unit: z.enum(['mg', 'mg/kg']), min: z.number().positive(), max: z.number().positive() })
  .refine(({ min, max }) => min <= max, { path: ['min'], error: 'is more than max; at most max' });

const perRoute = {
  route: z.enum(ROUTES),
  duration: positiveDuration,
  observation: positiveDuration,
  fasting,
  doseLimits: doseLimits.optional(),
};

/** One dosing session: what is given, how long, who is in the room and what must be there. */
export const dosing = z.strictObject({
  ...perRoute,
  drug: z.enum(['racemic', 'esketamine']),
  doseBand: z.enum(['low', 'moderate', 'moderate-to-high']).optional(),
  setting: z.enum(SETTINGS),
  modality: z.enum(MODALITIES),
  remoteAllowed: z.boolean(),
  /** From the appointment's start to the drug: preparation of room and patient. */
  before: duration,
  /** From the dosing-day check to the gate right before the drug. */
  settle: duration,
  /** How much later than booked a dose may still begin; people and room are held that much longer, or it is another day. */
  lateAtMost: duration,
  /** The latest that a dose may be booked ahead of its start. */
  notice: duration,
  roles: z.array(z.enum(PRACTITIONER_ROLES)).min(1).refine(distinct, 'names a role twice; each once'),
  supervisor: z.enum(PRACTITIONER_ROLES),
  therapistPresent: z.enum(['none', 'one', 'two']),
  kit: z.array(slug),
  bring: z.array(slug).optional(),
  chaperone: z.enum(['required', 'optional']),
  orderAhead: duration,
  /** No other appointment of the patient on the same local day. */
  restOfDay: z.boolean().optional(),
  /** No message or form to the patient between check-in and discharge. */
  quiet: z.boolean(),
  /** Other routes that the prescriber may choose when clearing the patient. */
  alternatives: z.array(z.strictObject(perRoute)).optional(),
});

const READINGS = ['blood-pressure', 'heart-rate', 'spo2', 'respiratory-rate', 'moaas', 'dissociation'] as const;

/** What is read before, during and after the dose, and from which values on the prescriber is told (reference 4.4). */
export const monitoring = z.strictObject({
  readings: z.array(z.enum(READINGS)).min(1).refine(distinct, 'names a reading twice; each once'),
  baseline: z.boolean(),
  during: z.array(z.strictObject({ from: duration, every: positiveDuration, until: positiveDuration })),
  after: z.strictObject({ every: positiveDuration, until: z.enum(['baseline', 'discharge']) }),
  alerts: z.strictObject({
    sbpRise: z.number().positive(),
    dbpRise: z.number().positive(),
    sbp: z.number().positive(),
    dbp: z.number().positive(),
    spo2Below: z.number().min(50).max(100),
    respiratoryRateBelow: z.number().positive(),
    moaasAtMost: z.int().min(0).max(5),
    recheckAfter: positiveDuration,
  }),
});

/** The boxes that a licensed clinician ticks before a patient leaves (reference 4.6), each under the check that it belongs to. */
export const dischargeChecklist = z
  .array(z.strictObject({ id: slug, check: slug, text: line }))
  .min(1)
  .refine((items) => distinct(items.map(({ id }) => id)), 'has two items with the same id; each once');

/** Values that the discharge checks compare with. */
export const dischargeLimits = z.strictObject({
  moaas: z.int().min(0).max(5),
  dissociationAtMost: z.int().min(0).max(3),
  aldreteAtLeast: z.int().min(0).max(10),
  bloodPressureWithin: z.number().positive(),
  spo2AtLeast: z.number().min(50).max(100),
});
