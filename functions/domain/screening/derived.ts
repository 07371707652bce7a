import * as z from 'zod';
import { keysOf } from '../names.ts';
import { type FactSheet, ScreenerFacts } from './facts.ts';

const CSSRS_LEVELS = ['incomplete', 'none', 'low', 'moderate', 'high'] as const;
export type CssrsLevel = (typeof CSSRS_LEVELS)[number];

/** What the rules ask beyond the sheet itself; each is computed from it (reference 1.1 and 1.2). */
export const DerivedFacts = z.strictObject({
  audit_c_positive: z.boolean(),
  cssrs_level: z.enum(CSSRS_LEVELS),
  missing_must_know: z.boolean(),
  benzo_and_opioid: z.boolean(),
  osa_obese: z.boolean(),
  si_discordant_hi: z.boolean(),
  si_discordant_lo: z.boolean(),
  si_unassessed: z.boolean(),
  esketamine_at_home: z.boolean(),
  pregnancy_unconfirmed: z.boolean(),
});
export type DerivedFacts = z.infer<typeof DerivedFacts>;

const score = z.int().min(0).max(12);

/** The figures by which facts are derived (reference 1.1); they stand in the table with their sources. */
export const DerivationLimits = z.strictObject({
  /** AUDIT-C is positive from this score on, by sex. */
  auditCPositiveFrom: z.strictObject({ F: score, M: score, X: score }),
  /** kg/m2, with treated sleep apnoea. */
  obeseFromBmi: z.number().min(20).max(80),
  /** Item 9 of PHQ-9 from here on does not go with a screener that is all no; below, from 1 on, it is a note. */
  discordantFromItem9: z.int().min(1).max(3),
});
export type DerivationLimits = z.infer<typeof DerivationLimits>;

/** Facts without which nobody is found eligible (reference 1.1). */
const MUST_KNOW = [
  'age_years',
  'hypersensitivity_ketamine',
  'aneurysmal_disease',
  'avm',
  'intracerebral_hemorrhage',
  'raised_icp',
  'cv_event_ever',
  'unstable_cardiac',
  'sbp',
  'dbp',
  'thyroid',
  'glaucoma',
  'liver',
  'psychosis',
  'mania',
  'capacity',
  'sud',
  'ketamine_pcp_use_disorder',
  'phq9_item9',
] as const satisfies readonly (keyof FactSheet)[];

/** The facts that must be known and are not, for the reviewer to ask for. */
export const missingFacts = (facts: FactSheet): (keyof FactSheet)[] => [
  ...MUST_KNOW.filter((key) => facts[key] === null || facts[key] === 'unknown'),
  ...(facts.cv_event_ever === 'yes' && facts.cv_event_days_ago === null ? (['cv_event_days_ago'] as const) : []),
];

type Cssrs = ScreenerFacts;

const isIncomplete = (answers: Cssrs): boolean =>
  !answers.cssrs_completed ||
  answers.cssrs_q1 === null ||
  answers.cssrs_q2 === null ||
  answers.cssrs_q6 === null ||
  (answers.cssrs_q2 && (answers.cssrs_q3 === null || answers.cssrs_q4 === null || answers.cssrs_q5 === null)) ||
  (answers.cssrs_q6 && answers.cssrs_q6_recent === null);

/** The answers of the screener that are open, for somebody to ask: those behind a yes only after it (reference 2.4). */
const openScreenerFacts = (facts: Cssrs): (keyof Cssrs)[] => {
  const asked: (keyof Cssrs)[] = [
    'cssrs_q1',
    'cssrs_q2',
    ...(facts.cssrs_q2 === true ? (['cssrs_q3', 'cssrs_q4', 'cssrs_q5'] as const) : []),
    'cssrs_q6',
    ...(facts.cssrs_q6 === true ? (['cssrs_q6_recent'] as const) : []),
  ];
  return [
    ...(facts.cssrs_completed ? [] : (['cssrs_completed'] as const)),
    ...asked.filter((key) => facts[key] === null),
  ];
};

/** The level of the C-SSRS screener after Columbia's triage (reference 2.4): the urgent answers count even where others are missing. */
export const cssrsLevel = (answers: Cssrs): CssrsLevel => {
  if (answers.cssrs_q4 || answers.cssrs_q5 || (answers.cssrs_q6 && answers.cssrs_q6_recent)) return 'high';
  if (isIncomplete(answers)) return 'incomplete';
  if (answers.cssrs_q3 || answers.cssrs_q6) return 'moderate';
  return answers.cssrs_q1 || answers.cssrs_q2 ? 'low' : 'none';
};

/**
 * What has to be asked again before anybody can decide on a screening: facts that must be known and are not, and a screener
 * that was not finished, which no role may overturn (rules RV-33 and RV-35). Empty where a decision is all that is missing.
 */
export const factsToAsk = (facts: FactSheet): (keyof FactSheet)[] => [
  ...missingFacts(facts),
  ...(cssrsLevel(facts) === 'incomplete' ? openScreenerFacts(facts) : []),
];

const NOT_BEGUN = {
  cssrs_completed: false,
  cssrs_q1: null,
  cssrs_q2: null,
  cssrs_q3: null,
  cssrs_q4: null,
  cssrs_q5: null,
  cssrs_q6: null,
  cssrs_q6_recent: null,
} as const satisfies Cssrs;

/** What stands on the sheet about the screener once it has to be asked anew: nothing. */
export const screenerAnew = (): Cssrs => ({ ...NOT_BEGUN });

/** The sheet as it would be if every open answer of the screener were a no: what is left then is no matter of asking again. */
export const withScreenerFinished = (facts: FactSheet): FactSheet => ({
  ...facts,
  ...Object.fromEntries(openScreenerFacts(facts).map((key) => [key, key === 'cssrs_completed'])),
});

/** The answers of the sheet to the screener, by its items. */
export const screenerAnswers = (facts: Cssrs): Record<string, boolean | null> => ({
  q1: facts.cssrs_q1,
  q2: facts.cssrs_q2,
  q3: facts.cssrs_q3,
  q4: facts.cssrs_q4,
  q5: facts.cssrs_q5,
  q6: facts.cssrs_q6,
  'q6-recent': facts.cssrs_q6_recent,
});

const SCREENER_FACTS = keysOf(ScreenerFacts.shape);

const among = (meds: FactSheet['meds'], classes: readonly string[]): FactSheet['meds'] =>
  meds.filter((each) => classes.includes(each));

/** The answers that a derived fact was computed from: what a clinician must see to judge for themselves. */
export const inputsOfDerived = (field: keyof DerivedFacts, facts: FactSheet): Partial<FactSheet> => {
  const of = (...keys: readonly (keyof FactSheet)[]): Partial<FactSheet> =>
    Object.fromEntries(keys.map((key) => [key, facts[key]]));
  switch (field) {
    case 'audit_c_positive':
      return of('audit_c', 'sex_for_audit_c');
    case 'missing_must_know':
      return of(...missingFacts(facts));
    case 'benzo_and_opioid':
      return { meds: among(facts.meds, ['benzodiazepine', 'opioid', 'buprenorphine']) };
    case 'osa_obese':
      return of('osa', 'bmi');
    case 'si_discordant_hi':
    case 'si_discordant_lo':
      return of('phq9_item9', ...SCREENER_FACTS);
    case 'cssrs_level':
    case 'si_unassessed':
      return of(...SCREENER_FACTS);
    case 'esketamine_at_home':
      return of('route_planned', 'setting');
    case 'pregnancy_unconfirmed':
      return of('pregnancy_potential', 'pregnancy_status');
  }
};

/** Computes what the rules ask beyond the sheet. */
export const derivedFacts = (facts: FactSheet, limits: DerivationLimits): DerivedFacts => {
  const level = cssrsLevel(facts);
  const item9 = facts.phq9_item9 ?? 0;
  const takes = (medicine: FactSheet['meds'][number]): boolean => facts.meds.includes(medicine);
  return {
    audit_c_positive: facts.audit_c >= limits.auditCPositiveFrom[facts.sex_for_audit_c],
    cssrs_level: level,
    missing_must_know: missingFacts(facts).length > 0,
    benzo_and_opioid: takes('benzodiazepine') && (takes('opioid') || takes('buprenorphine')),
    osa_obese: facts.osa === 'treated' && facts.bmi >= limits.obeseFromBmi,
    si_discordant_hi: item9 >= limits.discordantFromItem9 && level === 'none',
    si_discordant_lo: item9 >= 1 && item9 < limits.discordantFromItem9 && level === 'none',
    si_unassessed: level === 'incomplete',
    esketamine_at_home: facts.route_planned === 'intranasal_esketamine' && facts.setting === 'home',
    pregnancy_unconfirmed:
      facts.pregnancy_potential && (facts.pregnancy_status === 'unknown' || facts.pregnancy_status === 'trying'),
  };
};
