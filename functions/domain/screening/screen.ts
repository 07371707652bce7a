import type { Disposition } from '../names.ts';
import { holds, inputsOf, type ScreeningFacts, withDerived } from './conditions.ts';
import type { FactSheet } from './facts.ts';
import type { FiredRule } from './fired-rule.ts';
import { OVERRIDES, type Rule, type RuleOutcome, type RuleOverride, type Ruleset } from './ruleset.ts';

/** The clinic's positions on what sources disagree on: switch -> position (reference 1.3). */
export type ScreeningPolicy = Readonly<Record<string, string>>;

/** What a screening found. */
export type ScreeningResult = {
  disposition: Disposition;
  /** Reasons that are more than a note, sorted. */
  reasons: string[];
  notes: string[];
  /** What each reason alone would do. */
  reasonOutcomes: Record<string, Exclude<RuleOutcome, 'note'>>;
  /** Every rule that matched, in the order of the table. */
  fired: FiredRule[];
  /** `id@version` of the table. */
  rulesetVersion: string;
  /** Who may overturn each reason; of several rules the strictest. */
  overrides: Record<string, RuleOverride>;
  /** Reasons to look at first. */
  highPriority: string[];
};

type Finding = { rule: Rule; outcome: RuleOutcome; override: RuleOverride | null };

const ORDER = ['crisis', 'ineligible', 'review'] as const;

const findingOf = (rule: Rule, { switches }: Ruleset, facts: ScreeningFacts, policy: ScreeningPolicy): Finding => {
  const taken = switches.find(
    (each) =>
      each.rule === rule.id &&
      policy[each.switch] === each.position &&
      each.when.every((condition) => holds(condition, facts)),
  );
  return { rule, outcome: (taken ?? rule).outcome, override: (taken ?? rule).override };
};

const stricter = (one: RuleOverride | undefined, other: RuleOverride): RuleOverride =>
  one === undefined || OVERRIDES.indexOf(one) < OVERRIDES.indexOf(other) ? other : one;

const graver = <T extends (typeof ORDER)[number]>(one: T | undefined, other: T): T =>
  one === undefined || ORDER.indexOf(other) < ORDER.indexOf(one) ? other : one;

/** Reads a fact sheet against the table: every rule that matches, and the one disposition that follows by precedence. */
export const screen = (sheet: FactSheet, ruleset: Ruleset, policy: ScreeningPolicy = {}): ScreeningResult => {
  const facts = withDerived(sheet, ruleset.derived);
  const fired = ruleset.rules.filter((rule) => holds(rule, facts));
  const reasonOutcomes: ScreeningResult['reasonOutcomes'] = {};
  const overrides: ScreeningResult['overrides'] = {};
  const notes = new Set<string>();
  const findings = fired.map((each) => findingOf(each, ruleset, facts, policy));
  for (const { rule, outcome, override } of findings) {
    if (outcome === 'note') {
      notes.add(rule.reason);
      continue;
    }
    reasonOutcomes[rule.reason] = graver(reasonOutcomes[rule.reason], outcome);
    overrides[rule.reason] = stricter(overrides[rule.reason], override ?? 'none');
  }
  const outcomes = Object.values(reasonOutcomes);
  const ids = fired.map(({ id }) => id);
  return {
    disposition: ORDER.find((outcome) => outcomes.includes(outcome)) ?? 'eligible',
    reasons: Object.keys(reasonOutcomes).toSorted(),
    notes: [...notes].filter((note) => reasonOutcomes[note] === undefined).toSorted(),
    reasonOutcomes,
    fired: findings.map(({ rule, outcome }) => ({
      rule: rule.id,
      reason: rule.reason,
      outcome,
      why: rule.why,
      source: rule.source,
      inputs: inputsOf(rule, facts),
    })),
    rulesetVersion: `${ruleset.id}@${ruleset.version}`,
    overrides,
    highPriority: ruleset.highPriority
      .filter((each) => ids.includes(each.rule) && each.when.every((condition) => holds(condition, facts)))
      .flatMap((each) => fired.filter(({ id }) => id === each.rule).map(({ reason }) => reason))
      .toSorted(),
  };
};

/** Who must agree before a screening that is not eligible may go on: nobody (`none`), or the highest role of its reasons. */
export const reviewRole = ({ overrides }: Pick<ScreeningResult, 'overrides'>): RuleOverride =>
  Object.values(overrides).reduce<RuleOverride>(stricter, 'provider');
