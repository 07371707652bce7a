import type { FactSheet } from '../../../functions/domain/screening/facts.ts';

type Found = { id: string; outcome: 'crisis' | 'ineligible' | 'review' | 'note'; reason: string };

/** The level of the screener, read a second time. */
const levelOf = (f: FactSheet): string => {
  if (f.cssrs_q4 === true) return 'high';
  if (f.cssrs_q5 === true) return 'high';
  if (f.cssrs_q6 === true && f.cssrs_q6_recent === true) return 'high';
  if (f.cssrs_completed === false) return 'incomplete';
  if (f.cssrs_q1 === null || f.cssrs_q2 === null || f.cssrs_q6 === null) return 'incomplete';
  if (f.cssrs_q2 === true && [f.cssrs_q3, f.cssrs_q4, f.cssrs_q5].some((answer) => answer === null))
    return 'incomplete';
  if (f.cssrs_q6 === true && f.cssrs_q6_recent === null) return 'incomplete';
  if (f.cssrs_q3 === true || f.cssrs_q6 === true) return 'moderate';
  if (f.cssrs_q1 === true || f.cssrs_q2 === true) return 'low';
  return 'none';
};

/** Whether something that must be known is open, read a second time. */
const lacks = (f: FactSheet): boolean => {
  const open: unknown[] = [null, 'unknown'];
  if (open.includes(f.age_years) || open.includes(f.sbp) || open.includes(f.dbp)) return true;
  if (open.includes(f.hypersensitivity_ketamine) || open.includes(f.aneurysmal_disease) || open.includes(f.avm))
    return true;
  if (open.includes(f.intracerebral_hemorrhage) || open.includes(f.raised_icp)) return true;
  if (open.includes(f.cv_event_ever) || open.includes(f.unstable_cardiac)) return true;
  if (open.includes(f.thyroid) || open.includes(f.glaucoma) || open.includes(f.liver)) return true;
  if (open.includes(f.psychosis) || open.includes(f.mania) || open.includes(f.capacity)) return true;
  if (open.includes(f.sud) || open.includes(f.ketamine_pcp_use_disorder) || open.includes(f.phq9_item9)) return true;
  return f.cv_event_ever === 'yes' && f.cv_event_days_ago === null;
};

/**
 * The screening table of the clinical reference (1.2) read a second time, as one line of code a rule and without any table:
 * what both readings agree on was not misread twice in the same way.
 */
export const secondReading = (f: FactSheet) => {
  const found: Found[] = [];
  const rule = (id: string, fires: boolean, outcome: Found['outcome'], reason: string): void => {
    if (fires) found.push({ id, outcome, reason });
  };
  const has = (medicine: string): boolean => f.meds.some((each) => each === medicine);
  const level = levelOf(f);
  const days = f.cv_event_days_ago;
  const nineth = f.phq9_item9;

  rule('CR-01', level === 'high', 'crisis', 'SI_HIGH');
  rule('CR-02', f.acute_symptoms.length > 0, 'crisis', 'MEDICAL_EMERGENCY');
  rule('HS-01', f.age_years <= 17, 'ineligible', 'AGE_UNDER_18');
  rule('HS-02', f.hypersensitivity_ketamine === 'yes', 'ineligible', 'HYPERSENSITIVITY');
  rule('HS-03', f.aneurysmal_disease === 'yes', 'ineligible', 'ANEURYSM');
  rule('HS-04', f.avm === 'yes', 'ineligible', 'AVM');
  rule('HS-05', f.intracerebral_hemorrhage === 'yes', 'ineligible', 'ICH_HISTORY');
  rule('HS-06', days !== null && days < 43, 'ineligible', 'CV_EVENT_RECENT');
  rule('HS-07', f.unstable_cardiac === 'yes', 'ineligible', 'UNSTABLE_CARDIAC');
  rule('HS-08a', f.sbp >= 181, 'ineligible', 'BP_UNCONTROLLED');
  rule('HS-08b', f.dbp >= 101, 'ineligible', 'BP_UNCONTROLLED');
  rule('HS-09', f.raised_icp === 'yes', 'ineligible', 'RAISED_ICP');
  rule('HS-10', f.preeclampsia_current === 'yes', 'ineligible', 'PREECLAMPSIA');
  rule('HS-11', f.pregnancy_status === 'positive', 'ineligible', 'PREGNANT');
  rule('HS-12', f.psychosis === 'primary_disorder' || f.psychosis === 'current', 'ineligible', 'PSYCHOSIS');
  rule('HS-13', f.mania === 'current_manic_mixed', 'ineligible', 'MANIA_CURRENT');
  rule('HS-14', f.thyroid === 'hyper_untreated', 'ineligible', 'HYPERTHYROID');
  rule('HS-15', f.liver === 'child_pugh_c', 'ineligible', 'LIVER_SEVERE');
  rule('HS-16', f.glaucoma === 'uncontrolled_or_narrow_angle', 'ineligible', 'GLAUCOMA_UNCONTROLLED');
  rule('HS-17', f.ketamine_pcp_use_disorder === 'current', 'ineligible', 'KETAMINE_UD_CURRENT');
  rule('HS-18', f.sud === 'active_uncontrolled', 'ineligible', 'SUD_ACTIVE');
  rule('HS-19', f.intoxicated_or_withdrawal, 'ineligible', 'INTOXICATED');
  rule('HS-20', has('theophylline'), 'ineligible', 'MED_THEOPHYLLINE');
  rule('HS-21', f.capacity === 'no', 'ineligible', 'CAPACITY_LACKING');
  rule('HS-22', f.cognitive === 'dementia_or_delirium', 'ineligible', 'COGNITIVE_MAJOR');
  rule('HS-23', f.route_planned === 'intranasal_esketamine' && f.setting === 'home', 'ineligible', 'ESKETAMINE_HOME');
  rule('RV-01a', f.sbp >= 141 && f.sbp <= 180, 'review', 'BP_ELEVATED');
  rule('RV-01b', f.dbp >= 91 && f.dbp <= 100, 'review', 'BP_ELEVATED');
  rule('RV-02', days !== null && days >= 43, 'review', 'CV_EVENT_PAST');
  rule('RV-03', f.ischemic_stroke_tia_ever === 'yes', 'review', 'STROKE_TIA_HISTORY');
  rule('RV-04', f.age_years > 64, 'review', 'AGE_65_PLUS');
  rule(
    'RV-05',
    f.pregnancy_potential && (f.pregnancy_status === 'unknown' || f.pregnancy_status === 'trying'),
    'review',
    'PREGNANCY_UNCONFIRMED',
  );
  rule('RV-06', f.breastfeeding, 'review', 'BREASTFEEDING');
  rule(
    'RV-07',
    f.psychosis === 'family_first_degree' || f.psychosis === 'past_secondary_remitted',
    'review',
    'PSYCHOSIS_RISK',
  );
  rule('RV-08', f.mania === 'bipolar_stable', 'review', 'BIPOLAR_STABLE');
  rule('RV-10a', f.liver === 'child_pugh_b', 'review', 'LIVER_MODERATE');
  rule('RV-10b', f.alt_ast_x_uln !== null && !(f.alt_ast_x_uln <= 3), 'review', 'LFT_RAISED');
  rule('RV-11', f.egfr !== null && f.egfr <= 29, 'review', 'RENAL_SEVERE');
  rule('RV-12', f.glaucoma === 'treated_stable', 'review', 'GLAUCOMA_STABLE');
  rule('RV-13', f.seizure === 'controlled' || f.seizure === 'uncontrolled', 'review', 'SEIZURE_DISORDER');
  rule('RV-14a', f.osa === 'untreated', 'review', 'OSA_UNTREATED');
  rule('RV-14b', f.osa === 'treated' && !(f.bmi < 35), 'review', 'OSA_OBESITY');
  rule('RV-14c', f.stop_bang !== null && f.stop_bang > 4, 'review', 'STOPBANG_HIGH');
  rule('RV-15', f.severe_respiratory === 'yes', 'review', 'RESPIRATORY_SEVERE');
  rule('RV-16a', f.cystitis_history === 'yes', 'review', 'CYSTITIS_HISTORY');
  rule('RV-16b', f.luts_current === 'yes', 'review', 'URINARY_SYMPTOMS');
  rule('RV-17', f.porphyria === 'yes', 'review', 'PORPHYRIA');
  rule('RV-18', f.dissociative_disorder === 'yes', 'review', 'DISSOCIATIVE_DISORDER');
  rule('RV-19', f.sud === 'remission_under_12m' || f.sud === 'active_in_treatment', 'review', 'SUD_RECENT');
  rule('RV-20', f.ketamine_pcp_use_disorder === 'past', 'review', 'KETAMINE_UD_PAST');
  rule('RV-21', f.uds_unexplained_positive === true, 'review', 'UDS_POSITIVE');
  rule('RV-22', f.sex_for_audit_c === 'M' ? f.audit_c > 3 : f.audit_c > 2, 'review', 'AUDIT_C_POSITIVE');
  rule('RV-23', f.dast10 > 2, 'review', 'DAST_POSITIVE');
  rule('RV-24a', has('benzodiazepine') || has('zdrug'), 'review', 'MED_BENZO');
  rule('RV-24b', !(f.benzo_lorazepam_eq_mg_day <= 3), 'review', 'MED_BENZO_HIGH');
  rule('RV-25', has('opioid') || has('buprenorphine'), 'review', 'MED_OPIOID');
  rule(
    'RV-26',
    (has('benzodiazepine') && has('opioid')) || (has('benzodiazepine') && has('buprenorphine')),
    'review',
    'MED_BENZO_OPIOID',
  );
  rule('RV-27', has('maoi'), 'review', 'MED_MAOI');
  rule('RV-28', has('stimulant'), 'review', 'MED_STIMULANT');
  rule('RV-29', has('naltrexone'), 'review', 'MED_NALTREXONE');
  rule('RV-30', f.setting === 'home', 'review', 'HOME_SETTING');
  rule('RV-31', f.indication === 'wellness' || f.indication === 'unknown', 'review', 'NO_INDICATION');
  rule('RV-32', f.cognitive === 'mild', 'review', 'COGNITIVE_MILD');
  rule('RV-33', lacks(f), 'review', 'MISSING_DATA');
  rule('RV-34', level === 'moderate', 'review', 'SI_MODERATE');
  rule('RV-35', level === 'incomplete', 'review', 'SI_UNASSESSED');
  rule('RV-36', nineth !== null && nineth > 1 && level === 'none', 'review', 'SI_DISCORDANT');
  rule('NT-01', level === 'low', 'note', 'SI_LOW');
  rule('NT-02', nineth === 1 && level === 'none', 'note', 'SI_DISCORDANT_LOW');
  rule('NT-03', f.age_years <= 24, 'note', 'AGE_UNDER_25');
  rule('NT-04', has('lamotrigine'), 'note', 'MED_LAMOTRIGINE');
  rule('NT-05', has('antipsychotic') || has('clozapine'), 'note', 'MED_ANTIPSYCHOTIC');
  rule('NT-06', has('cyp3a4_strong_inhibitor') || has('cyp_inducer'), 'note', 'MED_CYP');
  rule('NT-07', has('gabapentinoid'), 'note', 'MED_GABAPENTINOID');
  rule('NT-08', f.thyroid === 'treated_euthyroid', 'note', 'THYROID_TREATED');
  rule('NT-09', f.liver === 'child_pugh_a', 'note', 'LIVER_MILD');
  rule('NT-10', f.osa === 'treated', 'note', 'OSA_TREATED');
  rule('NT-11', f.dast10 === 1 || f.dast10 === 2, 'note', 'DAST_LOW');
  rule('NT-12', f.sud === 'remission_over_12m', 'note', 'SUD_REMISSION');

  const outcomes = found.map(({ outcome }) => outcome);
  const weighing = found.filter(({ outcome }) => outcome !== 'note');
  let disposition = 'eligible';
  if (outcomes.includes('review')) disposition = 'review';
  if (outcomes.includes('ineligible')) disposition = 'ineligible';
  if (outcomes.includes('crisis')) disposition = 'crisis';
  return {
    disposition,
    reasons: [...new Set(weighing.map(({ reason }) => reason))].sort(),
    reasonOutcomes: Object.fromEntries(weighing.map(({ reason, outcome }) => [reason, outcome])),
    notes: [...new Set(found.filter(({ outcome }) => outcome === 'note').map(({ reason }) => reason))].sort(),
    firedRules: found.map(({ id }) => id),
  };
};
