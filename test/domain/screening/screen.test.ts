import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputRefused } from '../../../functions/domain/problems.ts';
import { cssrsLevel, factsToAsk } from '../../../functions/domain/screening/derived.ts';
import { FactSheet, HEALTHY_FACTS, MEDICINE_CLASSES, parseFacts } from '../../../functions/domain/screening/facts.ts';
import { parseRuleset } from '../../../functions/domain/screening/ruleset.ts';
import { reviewRole, screen } from '../../../functions/domain/screening/screen.ts';
import { healthyBut, idsOf, readProgramFile, ruleset } from './cases.ts';

const refusal = (run: () => unknown): string[] => {
  try {
    run();
  } catch (error) {
    if (error instanceof InputRefused) return error.problems;
  }
  return [];
};

const tri = fc.constantFrom('yes', 'no', 'unknown');
const answer = fc.constantFrom(true, false, null);
const enumOf = (key: 'thyroid' | 'glaucoma' | 'liver' | 'psychosis' | 'mania' | 'sud' | 'ketamine_pcp_use_disorder') =>
  fc.constantFrom(...FactSheet.shape[key].options);

/** Random fact sheets around the healthy adult: enough of the sheet to meet every kind of rule. */
const sheets = fc
  .record(
    {
      age_years: fc.integer({ min: 10, max: 90 }),
      hypersensitivity_ketamine: tri,
      aneurysmal_disease: tri,
      avm: tri,
      capacity: tri,
      cv_event_ever: tri,
      cv_event_days_ago: fc.option(fc.integer({ min: 0, max: 400 })),
      sbp: fc.integer({ min: 90, max: 200 }),
      dbp: fc.integer({ min: 50, max: 120 }),
      thyroid: enumOf('thyroid'),
      glaucoma: enumOf('glaucoma'),
      liver: enumOf('liver'),
      psychosis: enumOf('psychosis'),
      mania: enumOf('mania'),
      sud: enumOf('sud'),
      ketamine_pcp_use_disorder: enumOf('ketamine_pcp_use_disorder'),
      meds: fc.subarray([...MEDICINE_CLASSES]),
      phq9_item9: fc.constantFrom(0, 1, 2, 3, null),
      cssrs_completed: fc.boolean(),
      cssrs_q1: answer,
      cssrs_q2: answer,
      cssrs_q3: answer,
      cssrs_q4: answer,
      cssrs_q5: answer,
      cssrs_q6: answer,
      cssrs_q6_recent: answer,
    },
    { requiredKeys: [] },
  )
  .map((facts) => parseFacts({ ...HEALTHY_FACTS, ...facts }));

const CASES = new URL('../../../../shared/clinical-cases.json', import.meta.url);

describe('screening', () => {
  test('the healthy adult is eligible, and no rule fires at all', () => {
    expect(screen(HEALTHY_FACTS, ruleset)).toEqual({
      disposition: 'eligible',
      reasons: [],
      notes: [],
      reasonOutcomes: {},
      fired: [],
      rulesetVersion: 'kap-screening@1',
      overrides: {},
      highPriority: [],
    });
  });

  test.skipIf(!existsSync(CASES))(
    'the acceptance cases agree, where they are at hand (skipped without the file)',
    () => {
      const cases = JSON.parse(readFileSync(CASES, 'utf8'));
      expect(cases.length).toBeGreaterThanOrEqual(9);
      for (const { id, facts, expected } of cases) {
        const result = screen(parseFacts(facts, id), ruleset);
        expect({ id, disposition: result.disposition }).toEqual({ id, disposition: expected.disposition });
        expect({ id, reasons: result.reasons }).toEqual({ id, reasons: expected.reasons.toSorted() });
        expect({ id, outcomes: result.reasonOutcomes }).toEqual({ id, outcomes: expected.reason_outcomes });
        if (expected.notes) expect({ id, notes: result.notes }).toEqual({ id, notes: expected.notes.toSorted() });
      }
    },
  );

  test('every rule that matches is reported, whatever decides', () => {
    const result = screen(healthyBut({ age_years: 17, sbp: 141, acute_symptoms: ['syncope'] }), ruleset);
    expect(result.disposition).toBe('crisis');
    expect(result.reasonOutcomes).toEqual({
      MEDICAL_EMERGENCY: 'crisis',
      AGE_UNDER_18: 'ineligible',
      BP_ELEVATED: 'review',
    });
    expect(result.notes).toEqual(['AGE_UNDER_25']);
    expect(idsOf(result)).toEqual(['CR-02', 'HS-01', 'RV-01a', 'NT-03']);
  });

  test.each([
    ['a high answer counts although everything else is missing', { cssrs_q5: true }, 'high'],
    ['nothing asked is incomplete', {}, 'incomplete'],
    ['a claim of completeness is not believed', { cssrs_completed: true }, 'incomplete'],
  ] as const)('C-SSRS: %s', (_, answers, level) => {
    const open = {
      cssrs_completed: false,
      cssrs_q1: null,
      cssrs_q2: null,
      cssrs_q3: null,
      cssrs_q4: null,
      cssrs_q5: null,
      cssrs_q6: null,
      cssrs_q6_recent: null,
    };
    expect(cssrsLevel({ ...open, ...answers })).toBe(level);
  });

  test.each([
    ['nothing of the healthy adult', {}, []],
    ['what must be known', { avm: 'unknown', phq9_item9: null }, ['avm', 'phq9_item9']],
    ['the day of an event of the heart', { cv_event_ever: 'yes' }, ['cv_event_days_ago']],
    ['what is behind a yes', { cssrs_q2: true, cssrs_q4: false }, ['cssrs_q3', 'cssrs_q5']],
    ['how recent the behaviour was', { cssrs_q6: true }, ['cssrs_q6_recent']],
    [
      'a screener that was never begun',
      { cssrs_completed: false, cssrs_q1: null, cssrs_q2: null, cssrs_q6: null },
      ['cssrs_completed', 'cssrs_q1', 'cssrs_q2', 'cssrs_q6'],
    ],
    ['nothing after an urgent answer: that one is acted on', { cssrs_completed: false, cssrs_q5: true }, []],
  ] as const)('to be asked again: %s', (_, facts, keys) => {
    expect(factsToAsk(healthyBut(facts))).toEqual(keys);
  });

  test('whoever has nothing to be asked again is neither missing data nor unassessed', () => {
    fc.assert(
      fc.property(sheets, (sheet) => {
        const { reasons } = screen(sheet, ruleset);
        const open = reasons.includes('MISSING_DATA') || reasons.includes('SI_UNASSESSED');
        expect(factsToAsk(sheet).length > 0).toBe(open);
      }),
    );
  });

  test('a reason with two rules may be overturned by the stricter role only', () => {
    const result = screen(healthyBut({ ischemic_stroke_tia_ever: 'yes', sbp: 150 }), ruleset);
    expect(result.overrides).toEqual({ STROKE_TIA_HISTORY: 'medical-director', BP_ELEVATED: 'provider' });
    expect(reviewRole(result)).toBe('medical-director');
    expect(reviewRole(screen(healthyBut({ cssrs_completed: false }), ruleset))).toBe('none');
  });

  const SWITCHES = [
    ['bipolar', 'exclude', { mania: 'bipolar_stable' }, 'review', 'ineligible'],
    ['pastPsychosis', 'exclude', { psychosis: 'past_secondary_remitted' }, 'review', 'ineligible'],
    ['pastPsychosis', 'exclude', { psychosis: 'family_first_degree' }, 'review', 'review'],
    ['familyPsychosis', 'exclude', { psychosis: 'family_first_degree' }, 'review', 'ineligible'],
    ['moderateSuicidality', 'exclude', { cssrs_q3: true }, 'review', 'ineligible'],
    ['recentSubstanceUse', 'exclude', { sud: 'remission_under_12m' }, 'review', 'ineligible'],
    ['benzodiazepine', 'exclude-above-cut-off', { benzo_lorazepam_eq_mg_day: 3.1 }, 'review', 'ineligible'],
    ['cvEvent', 'six-months', { cv_event_ever: 'yes', cv_event_days_ago: 183 }, 'review', 'ineligible'],
    ['cvEvent', 'six-months', { cv_event_ever: 'yes', cv_event_days_ago: 184 }, 'review', 'review'],
    ['cvEvent', 'ever', { cv_event_ever: 'yes', cv_event_days_ago: 4000 }, 'review', 'ineligible'],
    ['bloodPressureFrom65', '150-from-65', { sbp: 150 }, 'review', 'review'],
    ['bloodPressureFrom65', '150-from-65', { age_years: 65, sbp: 150 }, 'review', 'review'],
    ['bloodPressureFrom65', '150-from-65', { age_years: 65, dbp: 95 }, 'review', 'review'],
  ] as const;
  test.each(SWITCHES)('switch %s on %s: %o is %s without it, %s with it', (name, position, facts, without, withIt) => {
    expect(screen(healthyBut(facts), ruleset).disposition).toBe(without);
    expect(screen(healthyBut(facts), ruleset, { [name]: position }).disposition).toBe(withIt);
  });

  test('150/90 from 65 on is a note where the clinic says so, 151 is not', () => {
    const policy = { bloodPressureFrom65: '150-from-65' };
    const at = (sbp: number) => screen(healthyBut({ age_years: 65, sbp }), ruleset, policy);
    expect(at(150).notes).toEqual(['BP_ELEVATED']);
    expect(at(150).reasons).toEqual(['AGE_65_PLUS']);
    expect(at(151).reasons).toEqual(['AGE_65_PLUS', 'BP_ELEVATED']);
    const both = screen(healthyBut({ age_years: 65, sbp: 150, dbp: 95 }), ruleset, policy);
    expect(both).toMatchObject({ reasons: ['AGE_65_PLUS', 'BP_ELEVATED'], notes: [] });
  });

  const FIRST = [
    ['an event within six months', { cv_event_ever: 'yes', cv_event_days_ago: 183 }, ['CV_EVENT_PAST']],
    ['an event longer ago', { cv_event_ever: 'yes', cv_event_days_ago: 184 }, []],
    ['seizures out of control', { seizure: 'uncontrolled' }, ['SEIZURE_DISORDER']],
    ['seizures under control', { seizure: 'controlled' }, []],
    [
      'esketamine while breastfeeding',
      { breastfeeding: true, route_planned: 'intranasal_esketamine' },
      ['BREASTFEEDING'],
    ],
    ['another route while breastfeeding', { breastfeeding: true }, []],
    ['item 9 positive and no screener', { phq9_item9: 1, cssrs_completed: false }, ['SI_UNASSESSED']],
    ['item 9 negative and no screener', { phq9_item9: 0, cssrs_completed: false }, []],
  ] as const;
  test.each(FIRST)('looked at first: %s', (_, facts, first) => {
    expect(screen(healthyBut(facts), ruleset).highPriority).toEqual(first);
  });

  test('each switch, and each line of what is looked at first, is what some case rests on', () => {
    const found = (table: typeof ruleset): string =>
      JSON.stringify([
        SWITCHES.map(([name, position, facts]) => screen(healthyBut(facts), table, { [name]: position })),
        FIRST.map(([, facts]) => screen(healthyBut(facts), table).highPriority),
      ]);
    const asItIs = found(ruleset);
    for (const [n, { switch: name, rule }] of ruleset.switches.entries()) {
      const switches = ruleset.switches.filter((_, at) => at !== n);
      expect({ name, rule, same: found({ ...ruleset, switches }) === asItIs }).toEqual({ name, rule, same: false });
    }
    for (const [n, { rule }] of ruleset.highPriority.entries()) {
      const highPriority = ruleset.highPriority.filter((_, at) => at !== n);
      expect({ rule, same: found({ ...ruleset, highPriority }) === asItIs }).toEqual({ rule, same: false });
    }
  });
});

describe('properties of screening', () => {
  test('the gravest outcome of any reason is the disposition', () => {
    fc.assert(
      fc.property(sheets, (sheet) => {
        const { disposition, reasonOutcomes } = screen(sheet, ruleset);
        const outcomes = Object.values(reasonOutcomes);
        const gravest = (['crisis', 'ineligible', 'review'] as const).find((each) => outcomes.includes(each));
        expect(disposition).toBe(gravest ?? 'eligible');
      }),
    );
  });

  test('an unknown or open answer that must be known never reads as no: nobody is eligible with one', () => {
    const keys = [
      'hypersensitivity_ketamine',
      'aneurysmal_disease',
      'avm',
      'capacity',
      'thyroid',
      'liver',
      'sud',
    ] as const;
    fc.assert(
      fc.property(sheets, fc.constantFrom(...keys), (sheet, key) => {
        const result = screen(parseFacts({ ...sheet, [key]: 'unknown' }), ruleset);
        expect(result.reasons).toContain('MISSING_DATA');
        expect(result.disposition).not.toBe('eligible');
      }),
    );
  });

  test('an open screener answer never makes a patient look safer than the same answer with no', () => {
    const order = ['eligible', 'review', 'ineligible', 'crisis'];
    const keys = ['cssrs_q1', 'cssrs_q2', 'cssrs_q6'] as const;
    fc.assert(
      fc.property(sheets, fc.constantFrom(...keys), (sheet, key) => {
        const open = screen({ ...sheet, [key]: null }, ruleset).disposition;
        const no = screen({ ...sheet, [key]: false }, ruleset).disposition;
        expect(order.indexOf(open)).toBeGreaterThanOrEqual(order.indexOf(no));
      }),
    );
  });

  test('the order of the rules changes nothing but the order in which they are listed', () => {
    const reversed = { ...ruleset, rules: ruleset.rules.toReversed() };
    fc.assert(
      fc.property(sheets, (sheet) => {
        const { fired, ...one } = screen(sheet, ruleset);
        const { fired: others, ...other } = screen(sheet, reversed);
        expect(other).toEqual(one);
        expect(others).toEqual(fired.toReversed());
      }),
    );
  });
});

describe('a fact sheet that cannot be read', () => {
  test.each([
    ['a missing key', { avm: undefined }, 'facts.avm: missing; allowed: one of yes, no, unknown'],
    ['a wrong type', { age_years: '38' }, 'facts.age_years: found "38"; allowed: a number'],
    ['an impossible value', { phq9_item9: 4 }, 'facts.phq9_item9: found 4; allowed: at most 3'],
    ['a negative number', { sbp: -1 }, 'facts.sbp: found -1; allowed: at least 20'],
    ['an unknown answer', { avm: 'maybe' }, 'facts.avm: unknown avm "maybe"; one of yes, no, unknown'],
    ['null where it is not a fact', { capacity: null }, 'facts.capacity: found null; allowed: one of yes, no, unknown'],
    ['a half', { audit_c: 1.5 }, 'facts.audit_c: found 1.5; allowed: a whole number'],
  ])('%s is refused with its path', (_, facts, problem) => {
    expect(refusal(() => parseFacts({ ...HEALTHY_FACTS, ...facts }))).toEqual([problem]);
  });

  test('an unknown key is refused, and the line says which keys there are', () => {
    expect(refusal(() => parseFacts({ ...HEALTHY_FACTS, shoe_size: 43 }))[0]).toMatch(
      /^facts: unknown key "shoe_size"; one of age_years, /,
    );
  });

  test('answers that contradict one another are evaluated as they stand', () => {
    const result = screen(parseFacts(healthyBut({ cv_event_ever: 'no', cv_event_days_ago: 10 })), ruleset);
    expect(result.reasons).toEqual(['CV_EVENT_RECENT']);
  });
});

describe('a screening table that cannot be read', () => {
  const changed = (change: object): unknown => ({
    ...ruleset,
    rules: [{ ...ruleset.rules[2], ...change }],
    switches: [],
    highPriority: [],
  });
  test.each([
    [
      'an unknown field',
      { field: 'shoe_size' },
      /^ruleset\.rules\[0\]\.field: unknown field "shoe_size"; one of age_years/,
    ],
    [
      'a threshold that the field never takes',
      { field: 'avm', op: '==', threshold: 'Yes' },
      /^ruleset\.rules\[0\]\.threshold: avm is never "Yes"/,
    ],
    [
      'a number compared with a word',
      { threshold: '18' },
      /^ruleset\.rules\[0\]\.threshold: found "18"; allowed: a number$/,
    ],
    ['an unknown source', { source: ['S99'] }, /^ruleset\.rules\[0\]\.source: unknown source "S99"/],
    ['a note that somebody may overturn', { outcome: 'note' }, /^ruleset\.rules\[0\]\.override: is null for a note/],
    ['an unknown operator', { op: '~' }, /^ruleset\.rules\[0\]/],
  ])('%s is refused', (_, change, problem) => {
    expect(refusal(() => parseRuleset(changed(change)))[0]).toMatch(problem);
  });

  test('an id that stands twice is refused', () => {
    const [first] = ruleset.rules;
    expect(refusal(() => parseRuleset({ ...ruleset, rules: [...ruleset.rules, first] }))).toEqual([
      'ruleset.rules: has an id twice; each once',
    ]);
  });

  test('every rule names a source of the register', () => {
    expect(readProgramFile('screening/kap-screening.json')).toHaveProperty('sources.S45');
    for (const rule of ruleset.rules) expect(rule.source.length).toBeGreaterThan(0);
  });
});
