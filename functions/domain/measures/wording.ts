import * as z from 'zod';
import { LANGUAGES, type Language } from '../names.ts';
import { line, slug } from '../program/values.ts';
import type { Measure } from './measure.ts';

/** The text of each item by its id, with its answers where they differ from those of the others; answers in the order of the English ones. */
const wording = z.strictObject({
  stem: line.optional(),
  /** The holder's notice, as it stands under this wording. */
  notice: line.optional(),
  options: z.array(line),
  items: z.record(slug, z.strictObject({ text: line, options: z.array(line).optional() })),
});

/** The wording in other languages, by those who hold the instrument: nobody translates one by the way. */
export const wordings = z.partialRecord(z.enum(LANGUAGES), wording);

type Options = Measure['answers']['options'];
type Texts = readonly string[] | undefined;

const same = (options: Options, texts: Texts): boolean => (options ?? []).length === (texts ?? []).length;

/** Refuses a wording that leaves out an item or an answer of the instrument, or has one that it does not know. */
export const checkWordings = (
  { items, answers, wordings: all = {} }: Measure,
  context: z.core.$RefinementCtx,
): void => {
  for (const [language, told] of Object.entries(all)) {
    const refuse = (path: PropertyKey[], message: string) =>
      context.addIssue({ code: 'custom', path: ['wordings', language, ...path], message });
    const ids = items.map(({ id }) => id);
    const unknown = Object.keys(told.items).filter((id) => !ids.includes(id));
    const missing = ids.filter((id) => told.items[id] === undefined);
    if (unknown.length > 0 || missing.length > 0)
      refuse(['items'], `has ${Object.keys(told.items).join(', ')}; ${ids.join(', ')}, each once`);
    if (!same(answers.options, told.options))
      refuse(['options'], 'has not one text for each answer; as many as in English');
    for (const { id, options } of items)
      if (told.items[id] !== undefined && !same(options, told.items[id].options))
        refuse(['items', id, 'options'], 'has not one text for each answer; as many as in English');
  }
};

const inWords = (options: Options, texts: Texts): Options => options?.map((each, n) => ({ ...each, text: texts?.[n] }));

/** An instrument with the wording of another language in the place of the English one; undefined where it has none. */
const translated = (measure: Measure, language: Language): Measure | undefined => {
  const told = measure.wordings?.[language];
  if (told === undefined) return undefined;
  const { items, answers, licence } = measure;
  return {
    ...measure,
    stem: told.stem,
    items: items.map((item) => ({
      ...item,
      text: told.items[item.id]?.text,
      options: inWords(item.options, told.items[item.id]?.options),
    })),
    answers: { ...answers, options: inWords(answers.options, told.options) },
    licence: { ...licence, notice: told.notice ?? licence.notice },
  };
};

/** An instrument as it is asked in a language; undefined where its wording is not there. */
export const wordedIn = (measure: Measure, language: Language): Measure | undefined => {
  const told = language === 'en' ? measure : translated(measure, language);
  const isWorded = told?.items.every(
    ({ text, options }) => text !== undefined && (options ?? told.answers.options)?.every((each) => each.text),
  );
  return isWorded === true ? told : undefined;
};
