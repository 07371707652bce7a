import { describe, expect, test } from 'vitest';
import type { FactSheet } from '../../../functions/domain/screening/facts.ts';
import type { Rule } from '../../../functions/domain/screening/ruleset.ts';
import { screen } from '../../../functions/domain/screening/screen.ts';
import { healthyBut, idsOf, ruleset } from './cases.ts';

type Facts = Partial<FactSheet>;

const yes = (key: keyof FactSheet): [Facts[], Facts[]] => [[{ [key]: 'yes' }], [{ [key]: 'no' }, { [key]: 'unknown' }]];
const is = (key: keyof FactSheet, hits: unknown[], misses: unknown[]): [Facts[], Facts[]] => [
  hits.map((value) => ({ [key]: value })),
  misses.map((value) => ({ [key]: value })),
];
const takes = (...medicines: FactSheet['meds']): [Facts[], Facts[]] => [
  medicines.map((medicine) => ({ meds: ['other', medicine] })),
  [{ meds: [] }, { meds: ['lithium', 'antihypertensive', 'thyroid_hormone', 'ssri_snri', 'other'] }],
];
const asked = (facts: Facts): Facts => ({ cssrs_q3: false, cssrs_q4: false, cssrs_q5: false, ...facts });

/** Facts for which each rule must fire, and facts next to them for which it must not. */
const CASES: Record<string, [hits: Facts[], misses: Facts[]]> = {
  'CR-01': [
    [
      asked({ cssrs_q4: true }),
      asked({ cssrs_q5: true }),
      { cssrs_q6: true, cssrs_q6_recent: true },
      { cssrs_completed: false, cssrs_q1: null, cssrs_q4: true },
    ],
    [asked({ cssrs_q2: true, cssrs_q3: true }), { cssrs_q6: true, cssrs_q6_recent: false }, { cssrs_q6_recent: true }],
  ],
  'CR-02': is(
    'acute_symptoms',
    ['chest_pain', 'dyspnea', 'severe_headache', 'visual_loss', 'focal_deficit', 'confusion', 'seizure', 'syncope'].map(
      (each) => [each],
    ),
    [[]],
  ),
  'HS-01': is('age_years', [0, 17], [18, 19]),
  'HS-02': yes('hypersensitivity_ketamine'),
  'HS-03': yes('aneurysmal_disease'),
  'HS-04': yes('avm'),
  'HS-05': yes('intracerebral_hemorrhage'),
  'HS-06': is('cv_event_days_ago', [0, 41, 42], [43, null]),
  'HS-07': yes('unstable_cardiac'),
  'HS-08a': is('sbp', [181, 182], [179, 180]),
  'HS-08b': is('dbp', [101, 102], [99, 100]),
  'HS-09': yes('raised_icp'),
  'HS-10': yes('preeclampsia_current'),
  'HS-11': is('pregnancy_status', ['positive'], ['na', 'negative', 'unknown', 'trying']),
  'HS-12': is(
    'psychosis',
    ['primary_disorder', 'current'],
    ['none', 'family_first_degree', 'past_secondary_remitted', 'unknown'],
  ),
  'HS-13': is('mania', ['current_manic_mixed'], ['none', 'bipolar_stable', 'unknown']),
  'HS-14': is('thyroid', ['hyper_untreated'], ['normal', 'treated_euthyroid', 'unknown']),
  'HS-15': is('liver', ['child_pugh_c'], ['none', 'child_pugh_a', 'child_pugh_b', 'unknown']),
  'HS-16': is('glaucoma', ['uncontrolled_or_narrow_angle'], ['none', 'treated_stable', 'unknown']),
  'HS-17': is('ketamine_pcp_use_disorder', ['current'], ['none', 'past', 'unknown']),
  'HS-18': is('sud', ['active_uncontrolled'], ['none', 'active_in_treatment', 'remission_under_12m', 'unknown']),
  'HS-19': is('intoxicated_or_withdrawal', [true], [false]),
  'HS-20': takes('theophylline'),
  'HS-21': is('capacity', ['no'], ['yes', 'unknown']),
  'HS-22': is('cognitive', ['dementia_or_delirium'], ['none', 'mild']),
  'HS-23': [
    [{ route_planned: 'intranasal_esketamine', setting: 'home' }],
    [{ route_planned: 'intranasal_esketamine' }, { route_planned: 'lozenge', setting: 'home' }],
  ],
  'RV-01a': is('sbp', [141, 142, 179, 180], [140, 181]),
  'RV-01b': is('dbp', [91, 92, 99, 100], [90, 101]),
  'RV-02': is('cv_event_days_ago', [43, 183, 184], [42, null]),
  'RV-03': yes('ischemic_stroke_tia_ever'),
  'RV-04': is('age_years', [65, 66], [64, 63]),
  'RV-05': [
    [
      { pregnancy_potential: true, pregnancy_status: 'unknown' },
      { pregnancy_potential: true, pregnancy_status: 'trying' },
    ],
    [
      { pregnancy_potential: true, pregnancy_status: 'negative' },
      { pregnancy_potential: false, pregnancy_status: 'unknown' },
    ],
  ],
  'RV-06': is('breastfeeding', [true], [false]),
  'RV-07': is(
    'psychosis',
    ['family_first_degree', 'past_secondary_remitted'],
    ['none', 'primary_disorder', 'current', 'unknown'],
  ),
  'RV-08': is('mania', ['bipolar_stable'], ['none', 'current_manic_mixed']),
  'RV-10a': is('liver', ['child_pugh_b'], ['child_pugh_a', 'child_pugh_c', 'none']),
  'RV-10b': is('alt_ast_x_uln', [3.1, 3.01], [3, 2.9, null]),
  'RV-11': is('egfr', [29, 0], [30, 31, null]),
  'RV-12': is('glaucoma', ['treated_stable'], ['none', 'uncontrolled_or_narrow_angle']),
  'RV-13': is('seizure', ['controlled', 'uncontrolled'], ['none', 'unknown']),
  'RV-14a': is('osa', ['untreated'], ['none', 'treated', 'unknown']),
  'RV-14b': [
    [
      { osa: 'treated', bmi: 35 },
      { osa: 'treated', bmi: 35.1 },
    ],
    [
      { osa: 'treated', bmi: 34.9 },
      { osa: 'none', bmi: 40 },
      { osa: 'untreated', bmi: 40 },
    ],
  ],
  'RV-14c': is('stop_bang', [5, 6, 8], [4, null]),
  'RV-15': yes('severe_respiratory'),
  'RV-16a': yes('cystitis_history'),
  'RV-16b': yes('luts_current'),
  'RV-17': yes('porphyria'),
  'RV-18': yes('dissociative_disorder'),
  'RV-19': is(
    'sud',
    ['remission_under_12m', 'active_in_treatment'],
    ['none', 'remission_over_12m', 'active_uncontrolled'],
  ),
  'RV-20': is('ketamine_pcp_use_disorder', ['past'], ['none', 'current']),
  'RV-21': is('uds_unexplained_positive', [true], [false, null]),
  'RV-22': [
    [
      { sex_for_audit_c: 'F', audit_c: 3 },
      { sex_for_audit_c: 'X', audit_c: 3 },
      { sex_for_audit_c: 'M', audit_c: 4 },
    ],
    [
      { sex_for_audit_c: 'F', audit_c: 2 },
      { sex_for_audit_c: 'X', audit_c: 2 },
      { sex_for_audit_c: 'M', audit_c: 3 },
    ],
  ],
  'RV-23': is('dast10', [3, 4, 10], [2]),
  'RV-24a': takes('benzodiazepine', 'zdrug'),
  'RV-24b': is('benzo_lorazepam_eq_mg_day', [3.1, 3.01], [3, 2.9, 0]),
  'RV-25': takes('opioid', 'buprenorphine'),
  'RV-26': is(
    'meds',
    [
      ['benzodiazepine', 'opioid'],
      ['buprenorphine', 'benzodiazepine'],
    ],
    [['benzodiazepine'], ['opioid', 'zdrug']],
  ),
  'RV-27': takes('maoi'),
  'RV-28': takes('stimulant'),
  'RV-29': takes('naltrexone'),
  'RV-30': is('setting', ['home'], ['clinic']),
  'RV-31': is(
    'indication',
    ['wellness', 'unknown'],
    ['trd', 'mdd', 'ptsd', 'anxiety', 'bipolar_depression', 'sud_support', 'existential'],
  ),
  'RV-32': is('cognitive', ['mild'], ['none', 'dementia_or_delirium']),
  'RV-33': [
    [
      { hypersensitivity_ketamine: 'unknown' },
      { aneurysmal_disease: 'unknown' },
      { avm: 'unknown' },
      { intracerebral_hemorrhage: 'unknown' },
      { raised_icp: 'unknown' },
      { cv_event_ever: 'unknown' },
      { unstable_cardiac: 'unknown' },
      { thyroid: 'unknown' },
      { glaucoma: 'unknown' },
      { liver: 'unknown' },
      { psychosis: 'unknown' },
      { mania: 'unknown' },
      { capacity: 'unknown' },
      { sud: 'unknown' },
      { ketamine_pcp_use_disorder: 'unknown' },
      { phq9_item9: null },
      { cv_event_ever: 'yes' },
    ],
    [
      { cv_event_ever: 'yes', cv_event_days_ago: 400 },
      { preeclampsia_current: 'unknown' },
      { osa: 'unknown' },
      { egfr: null },
    ],
  ],
  'RV-34': [
    [asked({ cssrs_q2: true, cssrs_q3: true }), { cssrs_q3: true }, { cssrs_q6: true, cssrs_q6_recent: false }],
    [asked({ cssrs_q2: true }), { cssrs_q6: true, cssrs_q6_recent: true }, { cssrs_q6: true, cssrs_q6_recent: null }],
  ],
  'RV-35': [
    [
      { cssrs_completed: false },
      { cssrs_q1: null },
      { cssrs_q2: null },
      { cssrs_q6: null },
      { cssrs_q2: true },
      asked({ cssrs_q2: true, cssrs_q3: null }),
      asked({ cssrs_q2: true, cssrs_q4: null }),
      asked({ cssrs_q2: true, cssrs_q5: null }),
      { cssrs_q6: true },
    ],
    [asked({ cssrs_q2: true }), { cssrs_q1: true }, { cssrs_completed: false, cssrs_q5: true }],
  ],
  'RV-36': is('phq9_item9', [2, 3], [0, 1, null]),
  'NT-01': [
    [{ cssrs_q1: true }, asked({ cssrs_q2: true })],
    [{}, asked({ cssrs_q2: true, cssrs_q3: true })],
  ],
  'NT-02': is('phq9_item9', [1], [0, 2, null]),
  'NT-03': is('age_years', [24, 18], [25, 26]),
  'NT-04': takes('lamotrigine'),
  'NT-05': takes('antipsychotic', 'clozapine'),
  'NT-06': takes('cyp3a4_strong_inhibitor', 'cyp_inducer'),
  'NT-07': takes('gabapentinoid'),
  'NT-08': is('thyroid', ['treated_euthyroid'], ['normal', 'hyper_untreated']),
  'NT-09': is('liver', ['child_pugh_a'], ['none', 'child_pugh_b']),
  'NT-10': is('osa', ['treated'], ['none', 'untreated']),
  'NT-11': is('dast10', [1, 2], [0, 3]),
  'NT-12': is('sud', ['remission_over_12m'], ['none', 'remission_under_12m']),
};

describe('each rule of the screening table', () => {
  test('there are 79 rules, and a case for each', () => {
    expect(ruleset.rules).toHaveLength(79);
    expect(Object.keys(CASES).toSorted()).toEqual(ruleset.rules.map(({ id }) => id).toSorted());
  });

  for (const [id, [hits, misses]] of Object.entries(CASES)) {
    test.each(hits.map((facts) => [JSON.stringify(facts), facts] as const))(`${id} fires for %s`, (_, facts) => {
      const rule = ruleset.rules.find((each) => each.id === id);
      const result = screen(healthyBut(facts), ruleset);
      expect(idsOf(result)).toContain(id);
      expect(rule?.outcome === 'note' ? result.notes : result.reasons).toContain(rule?.reason);
    });
    test.each(misses.map((facts) => [JSON.stringify(facts), facts] as const))(
      `${id} does not fire for %s`,
      (_, facts) => {
        expect(idsOf(screen(healthyBut(facts), ruleset))).not.toContain(id);
      },
    );
  }

  test('a table without a rule no longer fires it, so every case above rests on its one rule', () => {
    for (const [id, [hits]] of Object.entries(CASES)) {
      const without = { ...ruleset, rules: ruleset.rules.filter((rule) => rule.id !== id) };
      for (const facts of hits)
        expect(screen(healthyBut(facts), without)).not.toEqual(screen(healthyBut(facts), ruleset));
    }
  });

  /** The rule with its numbers moved by one, each way and each end. */
  const shifted = (rule: Rule): Rule[] => {
    if (rule.op === 'between') {
      const [from, to] = rule.threshold;
      return [-1, 1].flatMap((by) => [
        { ...rule, threshold: [from + by, to] },
        { ...rule, threshold: [from, to + by] },
      ]);
    }
    if (rule.op === '<' || rule.op === '<=' || rule.op === '>' || rule.op === '>=')
      return [-1, 1].map((by) => ({ ...rule, threshold: rule.threshold + by }));
    return [];
  };

  test('a figure of what is derived, moved by one, changes what fires for some case', () => {
    const { derived } = ruleset;
    const { auditCPositiveFrom: audit } = derived;
    const fired = (table: typeof ruleset) =>
      Object.values(CASES)
        .flatMap(([hits, misses]) => [...hits, ...misses])
        .map((facts) => idsOf(screen(healthyBut(facts), table)).join())
        .join('\n');
    const asItIs = fired(ruleset);
    for (const by of [1, -1])
      for (const moved of [
        { ...derived, auditCPositiveFrom: { ...audit, F: audit.F + by } },
        { ...derived, auditCPositiveFrom: { ...audit, M: audit.M + by } },
        { ...derived, auditCPositiveFrom: { ...audit, X: audit.X + by } },
        { ...derived, obeseFromBmi: derived.obeseFromBmi + by },
        { ...derived, discordantFromItem9: derived.discordantFromItem9 + by },
      ])
        expect({ moved, same: fired({ ...ruleset, derived: moved }) === asItIs }).toEqual({ moved, same: false });
  });

  test('a threshold moved by one, either way, changes what fires for some case', () => {
    const moved = ruleset.rules.flatMap((rule) => shifted(rule));
    expect(moved.length).toBeGreaterThan(30);
    for (const rule of moved) {
      const table = { ...ruleset, rules: ruleset.rules.map((each) => (each.id === rule.id ? rule : each)) };
      const differs = CASES[rule.id]
        ?.flat()
        .some(
          (facts) =>
            idsOf(screen(healthyBut(facts), table)).join() !== idsOf(screen(healthyBut(facts), ruleset)).join(),
        );
      expect({ id: rule.id, op: rule.op, threshold: 'threshold' in rule && rule.threshold, differs }).toMatchObject({
        differs: true,
      });
    }
  });
});
