import * as z from 'zod';
import { checkSources, sourced } from '../care/sourced.ts';
import { ROLES, type Role } from '../names.ts';
import { parseInput } from '../problems.ts';
import { line, slug } from '../program/values.ts';

/**
 * How closely a part of the record is kept (reference 6.5), from the openest:
 * - `logistics`: who comes when and where;
 * - `clinical`: the ordinary record, readings and start and stop times included;
 * - `part2`: what a substance-use program holds about substance use, where the clinic is one (42 CFR Part 2);
 * - `psychotherapy-note`: a therapist's own notes about what was said, kept apart (45 CFR 164.501).
 */
export const RECORD_CLASSES = ['logistics', 'clinical', 'part2', 'psychotherapy-note'] as const;
export type RecordClass = (typeof RECORD_CLASSES)[number];

const part = z.strictObject({
  id: slug,
  text: line,
  class: z.enum(RECORD_CLASSES),
  /** Keys of the fact sheet, and instruments, that belong to it. */
  facts: z.array(z.string().min(1)).optional(),
  /** The roles that need it for their work, where not all do that see its class. */
  neededBy: z.array(z.enum(ROLES)).min(1).optional(),
});

const fields = z.strictObject({
  ...sourced,
  parts: z.array(part).min(1),
  /** Which classes a role sees in the course of its work. */
  sees: z.record(z.enum(ROLES), z.array(z.enum(RECORD_CLASSES))),
});

/** Which part of a record is of which class, and who sees it, as versioned data. */
export const ConfidentialityRules = fields.superRefine((rules, context) => {
  checkSources(rules, context);
  const refuse = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message });
  for (const role of ROLES)
    if (rules.sees[role].includes('psychotherapy-note'))
      refuse(['sees', role], 'sees psychotherapy notes; nobody does by role, their author alone');
  for (const [n, { id }] of rules.parts.entries())
    if (rules.parts.findIndex((each) => each.id === id) < n)
      refuse(['parts', n, 'id'], `"${id}" is taken; each id once`);
});
export type ConfidentialityRules = z.infer<typeof ConfidentialityRules>;

/** Reads the rules, or throws InputRefused with one line a problem. */
export const parseConfidentialityRules = (value: unknown, root = 'confidentiality'): ConfidentialityRules =>
  parseInput(ConfidentialityRules, value, root);

type Policy = { readonly part2Program: boolean };

/** The class of a part of the record, of one fact of the sheet, or of an instrument; what is not named is clinical. */
export const classOf = (id: string, { parts }: ConfidentialityRules, { part2Program }: Policy): RecordClass => {
  const found = parts.find((each) => each.id === id || each.facts?.includes(id))?.class ?? 'clinical';
  return found === 'part2' && !part2Program ? 'clinical' : found;
};

/** Whether somebody sees a part of the record in the course of their work; a note is its author's alone. */
export const sees = (
  viewer: { readonly role: Role; readonly id: string },
  record: { readonly class: RecordClass; readonly author: string | null },
  rules: ConfidentialityRules,
  id?: string,
): boolean => {
  if (record.class === 'psychotherapy-note') return record.author === viewer.id;
  const needed = rules.parts.find((part) => part.id === id)?.neededBy?.includes(viewer.role) ?? true;
  return needed && rules.sees[viewer.role].includes(record.class);
};
