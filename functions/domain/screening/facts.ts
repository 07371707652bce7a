import * as z from 'zod';
import { INDICATIONS, SETTINGS } from '../names.ts';
import { parseInput } from '../problems.ts';

const tri = z.enum(['yes', 'no', 'unknown']);
const yesOrNull = z.boolean().nullable();
const scale = (most: number) => z.int().min(0).max(most);
const amount = (most: number) => z.number().min(0).max(most);

/** Red-flag symptoms of the moment: each is an emergency, never a matter of scheduling (reference 1.1). */
export const ACUTE_SYMPTOMS = [
  'chest_pain',
  'dyspnea',
  'severe_headache',
  'visual_loss',
  'focal_deficit',
  'confusion',
  'seizure',
  'syncope',
] as const;

/** Classes of medicines that a rule may ask about; `other` for what has no class here. */
export const MEDICINE_CLASSES = [
  'benzodiazepine',
  'zdrug',
  'opioid',
  'buprenorphine',
  'stimulant',
  'maoi',
  'lamotrigine',
  'naltrexone',
  'theophylline',
  'gabapentinoid',
  'antipsychotic',
  'clozapine',
  'cyp3a4_strong_inhibitor',
  'cyp_inducer',
  'thyroid_hormone',
  'lithium',
  'ssri_snri',
  'antihypertensive',
  'other',
] as const;
export type MedicineClass = (typeof MEDICINE_CLASSES)[number];

/** What is asked at screening (reference 1.1): `null` only where a fact may be open, `unknown` where somebody does not know. */
export const FactSheet = z.strictObject({
  age_years: scale(130),
  pregnancy_potential: z.boolean(),
  pregnancy_status: z.enum(['na', 'negative', 'positive', 'unknown', 'trying']),
  breastfeeding: z.boolean(),
  hypersensitivity_ketamine: tri,
  aneurysmal_disease: tri,
  avm: tri,
  intracerebral_hemorrhage: tri,
  raised_icp: tri,
  cv_event_ever: tri,
  cv_event_days_ago: scale(60_000).nullable(),
  unstable_cardiac: tri,
  ischemic_stroke_tia_ever: tri,
  /** mmHg, mean of two or more seated readings. */
  sbp: z.int().min(20).max(400),
  dbp: z.int().min(10).max(300),
  acute_symptoms: z.array(z.enum(ACUTE_SYMPTOMS)),
  preeclampsia_current: tri,
  thyroid: z.enum(['normal', 'treated_euthyroid', 'hyper_untreated', 'unknown']),
  glaucoma: z.enum(['none', 'treated_stable', 'uncontrolled_or_narrow_angle', 'unknown']),
  liver: z.enum(['none', 'child_pugh_a', 'child_pugh_b', 'child_pugh_c', 'unknown']),
  /** Multiple of the upper limit of normal. */
  alt_ast_x_uln: amount(10_000).nullable(),
  /** mL/min/1.73 m2. */
  egfr: scale(500).nullable(),
  seizure: z.enum(['none', 'controlled', 'uncontrolled', 'unknown']),
  osa: z.enum(['none', 'treated', 'untreated', 'unknown']),
  /** kg/m2. */
  bmi: z.number().min(5).max(250),
  stop_bang: scale(8).nullable(),
  severe_respiratory: tri,
  cystitis_history: tri,
  luts_current: tri,
  porphyria: tri,
  dissociative_disorder: tri,
  psychosis: z.enum([
    'none',
    'family_first_degree',
    'past_secondary_remitted',
    'primary_disorder',
    'current',
    'unknown',
  ]),
  mania: z.enum(['none', 'bipolar_stable', 'current_manic_mixed', 'unknown']),
  cognitive: z.enum(['none', 'mild', 'dementia_or_delirium']),
  capacity: tri,
  sud: z.enum([
    'none',
    'remission_over_12m',
    'remission_under_12m',
    'active_in_treatment',
    'active_uncontrolled',
    'unknown',
  ]),
  ketamine_pcp_use_disorder: z.enum(['none', 'past', 'current', 'unknown']),
  intoxicated_or_withdrawal: z.boolean(),
  uds_unexplained_positive: yesOrNull,
  audit_c: scale(12),
  sex_for_audit_c: z.enum(['F', 'M', 'X']),
  dast10: scale(10),
  meds: z.array(z.enum(MEDICINE_CLASSES)),
  /** Lorazepam equivalent, mg a day. */
  benzo_lorazepam_eq_mg_day: amount(1000),
  phq9_total: scale(27),
  phq9_item9: scale(3).nullable(),
  cssrs_completed: z.boolean(),
  cssrs_q1: yesOrNull,
  cssrs_q2: yesOrNull,
  cssrs_q3: yesOrNull,
  cssrs_q4: yesOrNull,
  cssrs_q5: yesOrNull,
  cssrs_q6: yesOrNull,
  cssrs_q6_recent: yesOrNull,
  indication: z.enum(INDICATIONS),
  route_planned: z.enum(['iv', 'im', 'lozenge', 'intranasal_esketamine']),
  setting: z.enum(SETTINGS),
});
export type FactSheet = z.infer<typeof FactSheet>;

/** The answers of the sheet to the C-SSRS screener. */
export const ScreenerFacts = FactSheet.pick({
  cssrs_completed: true,
  cssrs_q1: true,
  cssrs_q2: true,
  cssrs_q3: true,
  cssrs_q4: true,
  cssrs_q5: true,
  cssrs_q6: true,
  cssrs_q6_recent: true,
});

export type ScreenerFacts = z.infer<typeof ScreenerFacts>;

/** Reads a fact sheet, or throws InputRefused with one line a problem. */
export const parseFacts = (value: unknown, root = 'facts'): FactSheet => parseInput(FactSheet, value, root);

/** An adult of 38 in whom no rule fires, for rehearsals and tests. */
export const HEALTHY_FACTS: FactSheet = {
  age_years: 38,
  pregnancy_potential: false,
  pregnancy_status: 'na',
  breastfeeding: false,
  hypersensitivity_ketamine: 'no',
  aneurysmal_disease: 'no',
  avm: 'no',
  intracerebral_hemorrhage: 'no',
  raised_icp: 'no',
  cv_event_ever: 'no',
  cv_event_days_ago: null,
  unstable_cardiac: 'no',
  ischemic_stroke_tia_ever: 'no',
  sbp: 122,
  dbp: 76,
  acute_symptoms: [],
  preeclampsia_current: 'no',
  thyroid: 'normal',
  glaucoma: 'none',
  liver: 'none',
  alt_ast_x_uln: 0.7,
  egfr: 95,
  seizure: 'none',
  osa: 'none',
  bmi: 24.5,
  stop_bang: 1,
  severe_respiratory: 'no',
  cystitis_history: 'no',
  luts_current: 'no',
  porphyria: 'no',
  dissociative_disorder: 'no',
  psychosis: 'none',
  mania: 'none',
  cognitive: 'none',
  capacity: 'yes',
  sud: 'none',
  ketamine_pcp_use_disorder: 'none',
  intoxicated_or_withdrawal: false,
  uds_unexplained_positive: false,
  audit_c: 1,
  sex_for_audit_c: 'F',
  dast10: 0,
  meds: ['ssri_snri'],
  benzo_lorazepam_eq_mg_day: 0,
  phq9_total: 16,
  phq9_item9: 0,
  cssrs_completed: true,
  cssrs_q1: false,
  cssrs_q2: false,
  cssrs_q3: null,
  cssrs_q4: null,
  cssrs_q5: null,
  cssrs_q6: false,
  cssrs_q6_recent: null,
  indication: 'trd',
  route_planned: 'iv',
  setting: 'clinic',
};
