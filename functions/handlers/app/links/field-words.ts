import type { Filled } from '../forms/fields.ts';
import type { FieldWords } from '../forms/record-fields.ts';
import { recordWords } from '../forms/record-words.ts';
import type { Words } from './words.ts';

const filledIn = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));

/** The words of a patient's form; a name that the English ones have not of their own is read as staff read it. */
export const fieldWords = ({ record, fields }: Words): FieldWords => ({
  ...fields,
  nameOf: (name) => (Object.hasOwn(record, name) ? record[name] : undefined) ?? recordWords(name),
  range: (label, min, max) => filledIn(fields.range, { label, min, max }),
  open: (label) => filledIn(fields.open, { label }),
});

/** What is wrong with an answer, by what the schema of the record says of it. */
const SAID = [
  [/allowed: at most (\d+)$/, 'atMost'],
  [/allowed: at least (\d+)$/, 'atLeast'],
  [/allowed: a whole number$/, 'wholeNumber'],
  [/allowed: a number$/, 'number'],
  [/allowed: one or the other$/, 'contradiction'],
] as const;

/** What is wrong with the answers of a form, in the words of whoever filled it in. */
export const inTheirWords = (problems: Filled['problems'], { problems: words }: Words): Filled['problems'] =>
  problems.map(({ path, problem }) => {
    for (const [said, kind] of SAID) {
      const [found, n = ''] = said.exec(problem) ?? [];
      if (found !== undefined) return { path, problem: filledIn(words[kind], { n }) };
    }
    return { path, problem: words.other };
  });
