import { levelSinceLastContact } from '../measures/screener.ts';
import type { CssrsLevel } from '../screening/derived.ts';
import { type Instant, readInstant } from '../time/instants.ts';
import { isLocalDate, type LocalDate } from '../time/local.ts';

/** What a nurse or clinician recorded on a task; a key that is absent, or of the wrong type, is a missing answer. */
export type Recorded = Readonly<Record<string, unknown>> | null | undefined;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const answerTo = (data: Recorded, key: string): unknown => (data && Object.hasOwn(data, key) ? data[key] : undefined);

/** A yes or no. */
export const yesOf = (data: Recorded, key: string): boolean | undefined => {
  const value = answerTo(data, key);
  return typeof value === 'boolean' ? value : undefined;
};

/** A no turned into a yes, for questions whose good answer is no. */
export const noOf = (data: Recorded, key: string): boolean | undefined => {
  const value = yesOf(data, key);
  return value === undefined ? undefined : !value;
};

/** A reading. */
export const numberOf = (data: Recorded, key: string): number | undefined => {
  const value = answerTo(data, key);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
};

/** A moment, with `Z` or an offset. */
export const momentOf = (data: Recorded, key: string): Instant | undefined => {
  const value = answerTo(data, key);
  return typeof value === 'string' ? readInstant(value) : undefined;
};

/** A date of the calendar, or null where something else was written. */
export const dateIn = (data: Recorded, key: string): LocalDate | null | undefined => {
  const value = answerTo(data, key);
  if (value === undefined) return undefined;
  return typeof value === 'string' && isLocalDate(value) ? value : null;
};

const codeOf = (value: unknown): string =>
  typeof value === 'string'
    ? value
        .trim()
        .toLowerCase()
        .replaceAll(/[\s-]+/g, '_')
    : 'other';

/** A word as a code: `chest pain`, `chest-pain` and `chest_pain` are the same. */
export const wordOf = (data: Recorded, key: string): string | undefined => {
  const value = answerTo(data, key);
  return typeof value === 'string' ? codeOf(value) : undefined;
};

/** A list of codes, of symptoms or of classes of medicines. */
export const codesOf = (data: Recorded, key: string): readonly string[] | undefined => {
  const value = answerTo(data, key);
  return Array.isArray(value) ? value.map(codeOf) : undefined;
};

/** A list of texts as they stand, or null where something else was written. */
export const textsOf = (data: Recorded, key: string): readonly string[] | null | undefined => {
  const value = answerTo(data, key);
  if (value === undefined) return undefined;
  return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : null;
};

/** The level of the C-SSRS asked since the last contact, by Columbia's triage (reference 2.4): behaviour since then is recent. */
export const suicidalityOf = (data: Recorded): CssrsLevel => {
  const answers = answerTo(data, 'cssrs');
  const given = isRecord(answers) ? answers : {};
  return levelSinceLastContact(Object.fromEntries(Object.keys(given).map((key) => [key, yesOf(given, key) ?? null])));
};
