import * as z from 'zod';
import { parseInput } from '../problems.ts';
import { figuresWithoutProvenance, provenance } from '../program/provenance.ts';
import { count, distinct, line, slug } from '../program/values.ts';
import { checkCondition, condition, conditionWith } from './conditions.ts';
import { DerivationLimits } from './derived.ts';

/** What a rule alone would do; a note is shown and decides nothing. */
export const RULE_OUTCOMES = ['crisis', 'ineligible', 'review', 'note'] as const;
export type RuleOutcome = (typeof RULE_OUTCOMES)[number];

/** Who may overturn a rule with a typed reason, weakest first; `none`: nobody in the product. */
export const OVERRIDES = ['provider', 'medical-director', 'none'] as const;
export type RuleOverride = (typeof OVERRIDES)[number];

const source = z.array(z.string().min(1)).min(1);
const ruleId = z.string().regex(/^[A-Z]{2}-\d\d[a-z]?$/, 'an id such as HS-08a');
const reason = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'capitals, digits and underscores');

const rule = conditionWith({
  id: ruleId,
  outcome: z.enum(RULE_OUTCOMES),
  class: z.enum(['ABS', 'REL', 'REV', 'INFO']),
  override: z.enum(OVERRIDES).nullable(),
  reason,
  why: line,
  source,
  sourceNote: line.optional(),
}).superRefine((value, context) => {
  checkCondition(value, context);
  if ((value.outcome === 'note') !== (value.override === null))
    context.addIssue({ code: 'custom', path: ['override'], message: 'is null for a note, and for nothing else' });
});
export type Rule = z.infer<typeof rule>;

/** A position on which sources disagree (reference 1.3): where the clinic takes it, a fired rule means something else. */
const policySwitch = z.strictObject({
  switch: z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'a name such as familyPsychosis'),
  position: slug,
  rule: ruleId,
  when: z.array(condition),
  outcome: z.enum(['ineligible', 'review', 'note']),
  override: z.enum(OVERRIDES).nullable(),
  why: line,
  source,
});

/** A fired rule that people should look at first. */
const highPriority = z.strictObject({ rule: ruleId, when: z.array(condition), why: line, source });

const fields = z.strictObject({
  id: slug,
  version: count,
  title: line,
  sources: z.record(z.string().min(1), line),
  rules: z
    .array(rule)
    .min(1)
    .refine((rules) => distinct(rules.map(({ id }) => id)), 'has an id twice; each once'),
  switches: z.array(policySwitch),
  highPriority: z.array(highPriority),
  derived: DerivationLimits,
  /** Where the figures of `derived` come from; every rule names its own sources. */
  provenance: z.record(z.string().min(1), provenance),
});
export type Ruleset = z.infer<typeof fields>;

const crossCheck = (
  { rules, switches, highPriority: high, sources, derived, provenance: origins }: Ruleset,
  context: z.core.$RefinementCtx,
): void => {
  const refuse = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message });
  const tags = Object.keys(sources);
  const checkSources = (list: readonly { source: string[] }[], key: string) => {
    for (const [n, each] of list.entries())
      for (const tag of each.source)
        if (!tags.includes(tag)) refuse([key, n, 'source'], `unknown source "${tag}"; one of ${tags.join(', ')}`);
  };
  checkSources(rules, 'rules');
  checkSources(switches, 'switches');
  checkSources(high, 'highPriority');
  for (const path of figuresWithoutProvenance(Object.assign({ provenance: origins }, { derived })))
    refuse(path.split('.'), `is a figure without origin; provenance["${path}"]`);
  for (const [path, { source = [] }] of Object.entries(origins))
    for (const tag of source)
      if (!tags.includes(tag)) refuse(['provenance', path], `unknown source "${tag}"; one of ${tags.join(', ')}`);
  for (const [key, list] of [
    ['switches', switches],
    ['highPriority', high],
  ] as const)
    for (const [n, each] of list.entries()) {
      const found = rules.find(({ id }) => id === each.rule);
      if (found === undefined) refuse([key, n, 'rule'], `unknown rule "${each.rule}"; a rule of this table`);
      else if (key === 'switches' && found.outcome !== 'review')
        refuse([key, n, 'rule'], `${each.rule} is ${found.outcome}; switches are for reviews`);
    }
};

/** A screening table as versioned data: rules, the clinic's switches, and where each figure comes from. */
export const Ruleset = fields.superRefine(crossCheck);

/** Reads a screening table, or throws InputRefused with one line a problem. */
export const parseRuleset = (value: unknown, root = 'ruleset'): Ruleset => parseInput(Ruleset, value, root);
