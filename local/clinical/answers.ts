import * as z from 'zod';
import { InputRefused, parseInput, shown } from '../../functions/domain/problems.ts';

/** The items of an instrument and what an answer may be: whole numbers in a range, or yes and no. */
export type Form = {
  readonly ids: readonly string[];
  readonly min: number;
  readonly max: number;
  readonly yesNo: boolean;
};

const answerOf = ({ min, max, yesNo }: Form) => {
  const number = z.int().min(min).max(max);
  // Yes and no are 1 and 0, except where an instrument knows only the words.
  return (yesNo ? z.union([z.boolean().transform(Number), number]) : number).nullable();
};

/** `9`, `q9` and `item-9` are the ninth item, whatever its id; hyphens may be underscores. */
const idOf = ({ ids }: Form, written: string): string | undefined => {
  const key = written.replaceAll('_', '-');
  if (ids.includes(key)) return key;
  const [, number] = /^(?:q|item-?)?([1-9]\d?)$/.exec(key) ?? [];
  return number === undefined ? undefined : ids[Number(number) - 1];
};

const byId = (form: Form, answers: Readonly<Record<string, unknown>>, root: string): Record<string, unknown> => {
  const named: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [key, answer] of Object.entries(answers)) {
    const id = idOf(form, key);
    if (id === undefined) problems.push(`${root}: unknown item ${shown(key)}; one of ${form.ids.join(', ')}`);
    else if (Object.hasOwn(named, id)) problems.push(`${root}.${key}: answers ${id} a second time; each item once`);
    else named[id] = answer;
  }
  if (problems.length > 0) throw new InputRefused(problems);
  return named;
};

/**
 * Reads answers: an object by item (its id or its number), or a list in the order of the items; null or absent is
 * unanswered. Throws InputRefused with one line a problem.
 */
export const readAnswers = (form: Form, answers: unknown, root = 'answers'): Record<string, number | null> => {
  const answer = answerOf(form);
  if (Array.isArray(answers)) {
    const given = parseInput(z.array(answer).max(form.ids.length), answers, root);
    return Object.fromEntries(given.map((each, n) => [form.ids[n] ?? '', each]));
  }
  const named = byId(form, parseInput(z.looseObject({}), answers, root), root);
  return parseInput(z.record(z.string(), answer), named, root);
};
