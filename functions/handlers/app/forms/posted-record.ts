import type * as z from 'zod';
import { JsonRecord } from '../../../domain/json-record.ts';
import { InputRefused, parseInput } from '../../../domain/problems.ts';
import { atLocal } from '../../../domain/time/local.ts';
import { atRow, indexesIn, NONE, OPEN, type Texts, within } from './record-names.ts';
import { type Shape, shapeOf } from './record-shape.ts';

/** What was posted, the zone in which its times are meant, and where rows stood before the empty ones between them went. */
type Posted = { readonly texts: Texts; readonly zone: string; readonly moved: Map<string, string> };

const severalIn = ({ texts }: Posted, name: string, shape: Shape & { is: 'several' }): unknown => {
  const ticked = shape.choices.map(({ value }) => value).filter((value) => texts[within(name, value)] === 'yes');
  const none = texts[within(name, NONE)] === 'yes';
  if (none && ticked.length > 0)
    throw new InputRefused([`${name}: found ${ticked.join(', ')} and none of these; allowed: one or the other`]);
  return none || ticked.length > 0 ? ticked : undefined;
};

const rowsIn = (posted: Posted, name: string, row: Shape): unknown => {
  const indexes = indexesIn(posted.texts, name);
  for (const [n, index] of indexes.entries()) posted.moved.set(atRow(name, n), atRow(name, index));
  return indexes.length === 0 ? undefined : indexes.map((index) => valueIn(posted, atRow(name, index), row));
};

const partsIn = (
  posted: Posted,
  name: string,
  { parts }: Shape & { is: 'parts' },
): Record<string, unknown> | undefined => {
  const given = parts.flatMap(([part, shape]) => {
    const value = valueIn(posted, within(name, part), shape);
    return value === undefined ? [] : [[part, value] as const];
  });
  return given.length === 0 ? undefined : Object.fromEntries(given);
};

/** A number where there is one; anything else stays as it was written, for the schema to refuse. */
const numberIn = (text: string): number | string =>
  /^-?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : text;

const timeIn = (text: string, zone: string): string => {
  const [, date, time] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(:\d{2})?$/.exec(text) ?? [];
  return date === undefined || time === undefined ? text : atLocal(date, time, zone);
};

const wordIn = (text: string, shape: Shape, zone: string): unknown => {
  if (shape.is === 'number') return numberIn(text);
  if (shape.is === 'time') return timeIn(text, zone);
  if (shape.is === 'yes-no') return text === 'yes' ? true : text === 'no' ? false : text;
  if (shape.is === 'one') return shape.choices.find(({ value }) => String(value) === text)?.value ?? text;
  if (shape.is === 'words') return text.toLowerCase() === 'none' ? [] : text.split(',').map((each) => each.trim());
  return text;
};

const valueIn = (posted: Posted, name: string, shape: Shape): unknown => {
  if (shape.is === 'parts') return partsIn(posted, name, shape);
  if (shape.is === 'rows') return rowsIn(posted, name, shape.row);
  if (shape.is === 'several') return severalIn(posted, name, shape);
  const { texts, zone } = posted;
  const text = texts[name]?.trim() ?? '';
  const isOpen = shape.open && (text === OPEN || texts[within(name, OPEN)] === 'yes');
  if (isOpen && text !== '' && text !== OPEN)
    throw new InputRefused([`${name}: found ${text} and not known; allowed: one or the other`]);
  if (isOpen) return null;
  return text === '' ? undefined : wordIn(text, shape, zone);
};

/** A problem as its field is named on the page, before empty rows went. */
const asPosted = (problem: string, moved: Posted['moved']): string => {
  const row = [...moved].find(([now]) => problem.startsWith(now));
  return row === undefined ? problem : `${row[1]}${problem.slice(row[0].length)}`;
};

/** The record that a form was filled in with, read by the schema of its kind; what is empty is a missing answer. Throws InputRefused. */
export const postedRecord = (schema: z.ZodObject, texts: Texts, root: string, zone: string): JsonRecord => {
  const posted: Posted = { texts, zone, moved: new Map() };
  try {
    return parseInput(JsonRecord, parseInput(schema, valueIn(posted, root, shapeOf(schema)) ?? {}, root), root);
  } catch (error) {
    if (!(error instanceof InputRefused)) throw error;
    throw new InputRefused(
      error.problems.map((problem) => asPosted(problem, posted.moved)),
      { cause: error },
    );
  }
};
