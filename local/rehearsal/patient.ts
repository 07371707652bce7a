import * as z from 'zod';
import type { Clinic } from '../../functions/domain/clinic/clinic.ts';
import { localDate, zone } from '../../functions/domain/clinic/time.ts';
import {
  CONSENTS,
  type Consent,
  LANGUAGES,
  MEASURE_IDS,
  type MeasureId,
  MODALITIES,
  type Modality,
} from '../../functions/domain/names.ts';
import type { Program } from '../../functions/domain/program/program.ts';
import { line } from '../../functions/domain/program/values.ts';
import { FactSheet, HEALTHY_FACTS } from '../../functions/domain/screening/facts.ts';
import type { Instant } from '../../functions/domain/time/instants.ts';
import { localDate as dateAt } from '../../functions/domain/time/local.ts';

const totals = z.array(z.int().min(0).max(1000)).min(1);

/** The patient of a scenario file: all of it may be left out. */
export const patientFile = z.strictObject({
  zone: zone.exactOptional(),
  language: z.enum(LANGUAGES).default('en'),
  mobile: z.enum(['working', 'undelivered', 'none']).default('working'),
  email: z.enum(['working', 'bounces', 'none']).default('working'),
  consents: z.partialRecord(z.enum(CONSENTS), z.boolean()).default({}),
  facts: FactSheet.partial().default({}),
  fit: z
    .strictObject({
      reasons: z.array(line).exactOptional(),
      goals: z.array(line).exactOptional(),
      openToReflection: z.boolean().default(true),
      willAttendIntegration: z.boolean().default(true),
    })
    .default({ openToReflection: true, willAttendIntegration: true }),
  therapist: z.enum(['none', 'own']).default('none'),
  chaperone: z.enum(['named', 'none']).default('named'),
  inPersonEvaluatedOn: localDate.nullable().exactOptional(),
  measures: z.partialRecord(z.enum(MEASURE_IDS), totals).default({}),
  modality: z.enum(MODALITIES).exactOptional(),
});
type PatientFile = z.infer<typeof patientFile>;

/** A patient with everything filled in that a scenario may leave out. */
export type Patient = ReturnType<typeof completePatient>;

/** Totals at successive administrations of somebody who gets better; the last one repeats. */
export const DEFAULT_TOTALS: Readonly<Record<MeasureId, readonly number[]>> = {
  phq9: [16, 11, 8, 6, 5, 4],
  gad7: [12, 9, 6],
  pcl5: [38, 30, 24, 18],
  'cssrs-screener': [0],
  'cssrs-since-last-contact': [0],
  'audit-c': [1],
  dast10: [0],
  who5: [36, 48, 60, 68],
  madrs: [26, 18, 13, 9],
  'qids-sr16': [15, 11, 8, 5],
  mood: [6, 7],
};

const allConsents = (given: PatientFile['consents']): Record<Consent, boolean> => ({
  sms: true,
  email: true,
  treatment: true,
  privacy: true,
  ride: true,
  telehealth: true,
  shareWithPartner: true,
  shareWithOwnTherapist: true,
  ...given,
});

/** What the program plans for, unless the scenario says otherwise: a remote patient is dosed at home. */
const factsFor = (file: PatientFile, { dosing }: Program, modality: Modality): FactSheet => {
  const route = FactSheet.shape.route_planned.safeParse(dosing.route);
  return FactSheet.parse({
    ...HEALTHY_FACTS,
    ...(route.success && { route_planned: route.data }),
    setting: modality === 'remote' ? 'home' : dosing.setting,
    ...file.facts,
  });
};

/** Fills in what the scenario leaves out: a suitable, healthy patient who consents to everything. */
export const completePatient = (file: PatientFile, program: Program, clinic: Clinic, start: Instant) => {
  const modality = file.modality ?? program.dosing.modality;
  return {
    zone: file.zone ?? clinic.zone,
    language: file.language,
    mobile: file.mobile,
    email: file.email,
    consents: allConsents(file.consents),
    facts: factsFor(file, program, modality),
    fit: {
      ...file.fit,
      reasons: file.fit.reasons ?? program.fit.profiles.slice(0, 2),
      goals: file.fit.goals ?? ['to feel more like myself again'],
    },
    therapist: file.therapist,
    chaperone: file.chaperone,
    inPersonEvaluatedOn: file.inPersonEvaluatedOn === undefined ? dateAt(start, clinic.zone) : file.inPersonEvaluatedOn,
    measures: { ...DEFAULT_TOTALS, ...file.measures },
    modality,
  };
};
