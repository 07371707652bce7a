import * as z from 'zod';
import { duration, positiveDuration } from '../program/values.ts';
import { localDate } from './time.ts';

const mmHg = z.int().min(30).max(300);
const pressure = z.strictObject({ sbp: mmHg, dbp: mmHg });

/** Pre-dose blood pressure (reference 4.1 DD-09, 1.3): above `hold` recheck, above `block` no dose, from `emergency` on 911. */
const bloodPressure = z
  .strictObject({
    holdAbove: pressure,
    /** A higher limit from 65 years on, where the medical director wants one; null: the same for all. */
    holdAboveFrom65: pressure.nullable(),
    blockAbove: pressure,
    emergencyFrom: pressure,
    recheckAfter: positiveDuration,
    rechecks: z.int().min(0).max(10),
  })
  .refine(({ holdAbove, blockAbove }) => holdAbove.sbp <= blockAbove.sbp && holdAbove.dbp <= blockAbove.dbp, {
    path: ['blockAbove'],
    error: 'is below holdAbove; at least as high',
  });

/** Other readings of the dosing day outside of which the session waits (reference 4.1 DD-10). */
const vitals = z
  .strictObject({
    heartRateMin: z.int().positive(),
    heartRateMax: z.int().positive(),
    spo2Min: z.int().min(50).max(100),
    respiratoryRateMin: z.int().positive(),
    temperatureMaxC: z.number().min(30).max(45),
  })
  .refine(({ heartRateMin, heartRateMax }) => heartRateMin < heartRateMax, {
    path: ['heartRateMin'],
    error: 'is not below heartRateMax; below it',
  });

/** The clinic's positions where sources disagree (reference 1.3); the screening table says what each does. */
const screening = z.strictObject({
  bloodPressureFrom65: z.enum(['same', '150-from-65']),
  cvEvent: z.enum(['six-weeks', 'six-months', 'ever']),
  bipolar: z.enum(['review', 'exclude']),
  pastPsychosis: z.enum(['review', 'exclude']),
  familyPsychosis: z.enum(['review', 'exclude']),
  moderateSuicidality: z.enum(['review', 'exclude']),
  recentSubstanceUse: z.enum(['review', 'exclude']),
  benzodiazepine: z.enum(['review', 'exclude-above-cut-off']),
});

/** Decisions of section 9 of the reference that the medical director or counsel takes before the first patient. */
export const policy = z.strictObject({
  bloodPressure,
  vitals,
  screening,
  /** Whether a patient with moderate suicidality may be dosed in the clinic the same day after a clinician saw them. */
  moderateSuicidalitySameDay: z.boolean(),
  /** Until this day inclusive a remote order without an in-person evaluation is lawful (reference 6.6). */
  teleRxFlexUntil: localDate,
  homeDosing: z.boolean(),
  /** States that forbid a dose at home, as two capital letters. */
  homeDosingBannedIn: z.array(z.string().regex(/^[A-Z]{2}$/)),
  /** Whether the clinic is set up to care for people in recovery from substance use. */
  substanceUseCare: z.boolean(),
  /** Whether a taxi alone counts as an escort. */
  taxiAloneIsEscort: z.boolean(),
  part2Program: z.boolean(),
  pregnancyTestWithin: positiveDuration,
  baselineMeasureWithin: positiveDuration,
  integrationHardLimit: positiveDuration,
  reclearAhead: duration,
  longestPause: positiveDuration,
  /** Whether the clinic relies on the healthcare exemption for its texts, and what that allows it (reference 6.4). */
  sms: z.strictObject({
    healthcareExemption: z.boolean(),
    perDay: z.int().min(1),
    perWeek: z.int().min(1),
  }),
  /** A booked dose is moved when a voided clearance is not renewed this long before it. */
  moveUnclearedDoseBefore: positiveDuration,
  safety: z.strictObject({
    /** From the opening of the event: who is paged next, in order. */
    pages: z
      .array(z.strictObject({ after: duration, to: z.enum(['on-call', 'backup-provider', 'medical-director', 'all']) }))
      .min(1),
    repeatEvery: positiveDuration,
    followUpFrom: positiveDuration,
    followUpTo: positiveDuration,
    /** How long after a patient was not reached for the follow-up of a safety event somebody tries again. */
    followUpAgainAfter: positiveDuration,
    leftAgainstAdviceCallWithin: positiveDuration,
    /** How long a patient has for the screener that an answer about suicide calls for in the same sitting; then it counts as left, and a clinician is paged. */
    screenerWithin: positiveDuration,
  }),
});
export type Policy = z.infer<typeof policy>;
