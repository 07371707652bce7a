import type * as z from 'zod';
import { holds } from './conditions.ts';
import { FactSheet } from './facts.ts';
import type { Rule } from './ruleset.ts';

/**
 * What a patient can say of themselves where nobody asks them, beside the PHQ-9, which they fill in themselves. The rest of the sheet is
 * measured, scored, judged or chosen by the clinic, and the screener about suicide is asked by a person who can act on the answer
 * (reference 2.4).
 */
export const PatientFacts = FactSheet.pick({
  age_years: true,
  pregnancy_potential: true,
  pregnancy_status: true,
  breastfeeding: true,
  hypersensitivity_ketamine: true,
  aneurysmal_disease: true,
  avm: true,
  intracerebral_hemorrhage: true,
  raised_icp: true,
  cv_event_ever: true,
  cv_event_days_ago: true,
  unstable_cardiac: true,
  ischemic_stroke_tia_ever: true,
  acute_symptoms: true,
  preeclampsia_current: true,
  thyroid: true,
  glaucoma: true,
  liver: true,
  seizure: true,
  osa: true,
  severe_respiratory: true,
  cystitis_history: true,
  luts_current: true,
  porphyria: true,
  dissociative_disorder: true,
  psychosis: true,
  mania: true,
  sud: true,
  ketamine_pcp_use_disorder: true,
  intoxicated_or_withdrawal: true,
}).partial();
export type PatientFacts = z.infer<typeof PatientFacts>;

/** Whether a patient says what a rule calls a crisis; nobody waits for the rest of the sheet then. */
export const isEmergency = (told: PatientFacts, rules: readonly Rule[]): boolean =>
  rules.some((rule) => rule.outcome === 'crisis' && holds(rule, told));
