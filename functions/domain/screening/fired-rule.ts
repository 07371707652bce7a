import * as z from 'zod';
import { JsonRecord } from '../json-record.ts';
import { RULE_OUTCOMES } from './ruleset.ts';

/** A rule that matched, with what a clinician needs to judge it for themselves (reference 0.3, rules 5 and 8). */
export const FiredRule = z.strictObject({
  /** As the table calls it, or where else the rule stands. */
  rule: z.string(),
  reason: z.string(),
  /** What it alone would do, by the clinic's positions. */
  outcome: z.enum(RULE_OUTCOMES),
  why: z.string(),
  /** Tags of the table's sources. */
  source: z.array(z.string()),
  /** The answers that it looked at. */
  inputs: JsonRecord,
});
export type FiredRule = z.infer<typeof FiredRule>;

/** One reading of a patient's answers against the rules. */
export const ScreeningRecord = z.strictObject({
  journeyId: z.string(),
  /** An instant; one journey is screened once at each. */
  at: z.string(),
  disposition: z.string(),
  /** `id@version` of the table. */
  rulesetVersion: z.string(),
  fired: z.array(FiredRule),
});
export type ScreeningRecord = z.infer<typeof ScreeningRecord>;

const isSame = (one: FiredRule, other: FiredRule): boolean =>
  one.rule === other.rule &&
  one.outcome === other.outcome &&
  JSON.stringify(one.inputs) === JSON.stringify(other.inputs);

const touches = ({ inputs }: FiredRule, told: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(inputs).some(([fact, value]) => {
    const news = told[fact];
    if (news === undefined) return false;
    return !Array.isArray(value) || !Array.isArray(news) || value.some((each) => news.includes(each));
  });

/**
 * The rules that nobody has judged yet: more than a note, and not fired by the same answers the last time, or fired by something
 * that was told just now. What a clinician has reviewed already is not reviewed again because of another matter.
 */
export const unjudged = (
  fired: readonly FiredRule[],
  last: readonly FiredRule[],
  told: Readonly<Record<string, unknown>>,
): FiredRule[] =>
  fired.filter(
    (rule) => rule.outcome !== 'note' && (touches(rule, told) || !last.some((before) => isSame(rule, before))),
  );
