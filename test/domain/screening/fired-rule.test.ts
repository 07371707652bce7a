import { describe, expect, test } from 'vitest';
import type { FactSheet } from '../../../functions/domain/screening/facts.ts';
import { unjudged } from '../../../functions/domain/screening/fired-rule.ts';
import { screen } from '../../../functions/domain/screening/screen.ts';
import { healthyBut, ruleset } from './cases.ts';

const firedBy = (facts: Partial<FactSheet>) => screen(healthyBut(facts), ruleset).fired;

describe('A rule that fired', () => {
  test.each<[string, Partial<FactSheet>, string, object]>([
    ['an answer', { sbp: 150 }, 'RV-01a', { sbp: 150 }],
    ['only the medicines that it is about', { meds: ['lithium', 'maoi', 'other'] }, 'RV-27', { meds: ['maoi'] }],
    ['the answers behind what is computed', { osa: 'treated', bmi: 41 }, 'RV-14b', { osa: 'treated', bmi: 41 }],
    ['facts that are missing', { avm: 'unknown', phq9_item9: null }, 'RV-33', { avm: 'unknown', phq9_item9: null }],
  ])('shows %s, why it stands there, and its sources', (_what, facts, rule, inputs) => {
    const found = firedBy(facts).find((each) => each.rule === rule);
    expect(found).toMatchObject({ rule, inputs });
    expect(Object.keys(found?.inputs ?? {}).toSorted()).toEqual(Object.keys(inputs).toSorted());
    expect([found?.why.length, found?.source.length].every((size) => (size ?? 0) > 0)).toBe(true);
  });
});

describe('What nobody has judged yet', () => {
  const judged: Partial<FactSheet> = { glaucoma: 'treated_stable' };
  const reasons = (facts: Partial<FactSheet>, told: object = {}) =>
    unjudged(firedBy({ ...judged, ...facts }), firedBy(judged), { ...told }).map(({ reason }) => reason);

  test.each<[string, Partial<FactSheet>, string[]]>([
    ['nothing, where all is as it was', {}, []],
    ['nothing, where only a note is new', { meds: ['lamotrigine'] }, []],
    ['what fires for the first time', { sbp: 150 }, ['BP_ELEVATED']],
    ['not what fired before besides', { meds: ['maoi'] }, ['MED_MAOI']],
  ])('is %s', (_what, facts, expected) => expect(reasons(facts)).toEqual(expected));

  test('is the same rule at another value', () =>
    expect(unjudged(firedBy({ sbp: 155 }), firedBy({ sbp: 145 }), {}).map(({ rule }) => rule)).toEqual(['RV-01a']));

  test('is what was told just now, even where the sheet said so before', () => {
    expect(reasons({}, { glaucoma: 'treated_stable' })).toEqual(['GLAUCOMA_STABLE']);
    expect(reasons({}, { thyroid: 'normal' })).toEqual([]);
    const taking = firedBy({ meds: ['maoi', 'stimulant'] });
    expect(unjudged(taking, taking, { meds: ['maoi'] }).map(({ reason }) => reason)).toEqual(['MED_MAOI']);
  });
});
