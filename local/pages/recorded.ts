import { html } from 'hono/html';
import { recordWords } from '../../functions/handlers/app/forms/record-words.ts';
import type { Html } from '../../functions/handlers/app/html.ts';
import { momentOf, type Reader } from '../rehearsal/phrases.ts';
import { rows } from './layout.ts';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
/** A code of a list; anything else is what somebody wrote. */
const CODE = /^[a-z][a-z0-9_-]*$/;

/** A value of a record as people read it; records in it are told part by part. */
export const shownValue = (value: unknown, reader: Reader): string => {
  if (value === null) return 'not answered';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value))
    return value.length === 0 ? 'none' : value.map((each) => shownValue(each, reader)).join(', ');
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([part, inner]) => `${recordWords(part)}: ${shownValue(inner, reader)}`)
      .join('; ');
  const text = String(value);
  if (INSTANT.test(text)) return momentOf(text, reader);
  return CODE.test(text) ? recordWords(text) : text;
};

const isRecord = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** One answer; where it is a list of records, such as readings, each stands on a line of its own. */
const answerLine = (part: string, value: unknown, reader: Reader): Html =>
  Array.isArray(value) && value.some(isRecord)
    ? html`${recordWords(part)}
        <ol>
          ${value.map((each) => html`<li>${shownValue(each, reader)}</li>`)}
        </ol>`
    : html`${recordWords(part)}: <strong>${shownValue(value, reader)}</strong>`;

/** A record, a line for each of its answers. */
export const answersLines = (record: Readonly<Record<string, unknown>>, reader: Reader): Html =>
  rows(
    Object.entries(record).map(([part, value]) => answerLine(part, value, reader)),
    'Nothing was recorded.',
  );
