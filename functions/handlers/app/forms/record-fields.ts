import { html } from 'hono/html';
import type { Html } from '../html.ts';
import { area, choice, type Filled, group, line, radios, tick } from './fields.ts';
import { atRow, indexesIn, NONE, OPEN, within } from './record-names.ts';
import type { Choice, Shape } from './record-shape.ts';
import { recordWords } from './record-words.ts';

const wordsOf = ({ value, words }: Choice): string => words ?? recordWords(String(value));

/** So many empty rows stand below those that were filled in. */
const SPARE_ROWS = 2;

const rowsOf = (filled: Filled, name: string, label: string, row: Shape): Html => {
  const used = Math.max(-1, ...indexesIn(filled.values, name)) + 1;
  return html`${Array.from({ length: used + SPARE_ROWS }, (_, n) => field(filled, atRow(name, n), `${label} ${n + 1}`, row))}
    <p><button name="act" value="more" formnovalidate>More rows</button></p>`;
};

const several = (filled: Filled, name: string, choices: readonly Choice[]): Html => html`
  ${choices.map((each) => tick(filled, { name: within(name, each.value), label: wordsOf(each) }))}
  ${tick(filled, { name: within(name, NONE), label: 'None of these' })}
`;

/** Where the words of a question are its own, its answers stand below each other. */
const one = (filled: Filled, name: string, label: string, { choices, title, open }: Shape & { is: 'one' }): Html => {
  const options = [
    ['', 'not answered'] as const,
    ...choices.map((each) => [String(each.value), wordsOf(each)] as const),
    ...(open ? [[OPEN, 'not known'] as const] : []),
  ];
  return title === undefined ? choice(filled, { name, label, options }) : radios(filled, { name, label, options });
};

const YES_NO = [
  ['', 'not answered'],
  ['yes', 'yes'],
  ['no', 'no'],
] as const;

const number = (filled: Filled, name: string, label: string, shape: Shape & { is: 'number' }): Html => {
  const { min, max, whole, open } = shape;
  const bounded = min !== undefined && max !== undefined && max < Number.MAX_SAFE_INTEGER;
  const asked = { name, label: bounded ? `${label} (${min} to ${max})` : label, type: 'number' };
  return html`${line(filled, { ...asked, attributes: { min, max, step: whole ? 1 : 'any' } })}
    ${open ? tick(filled, { name: within(name, OPEN), label: `${label}: not known` }) : ''}`;
};

/** The fields for one place of a record: all that may stand there, and what was filled in. */
const field = (filled: Filled, name: string, label: string, shape: Shape): Html => {
  if (shape.is === 'parts')
    return group(filled, {
      name,
      label,
      body: html`${recordFields(filled, name, shape)} ${shape.notice === undefined ? '' : html`<p><small>${shape.notice}</small></p>`}`,
    });
  if (shape.is === 'rows') return group(filled, { name, label, body: rowsOf(filled, name, label, shape.row) });
  if (shape.is === 'several') return group(filled, { name, label, body: several(filled, name, shape.choices) });
  if (shape.is === 'one') return one(filled, name, label, shape);
  if (shape.is === 'number') return number(filled, name, label, shape);
  if (shape.is === 'yes-no')
    return choice(filled, { name, label, options: shape.open ? [...YES_NO, [OPEN, 'not known']] : YES_NO });
  if (shape.is === 'long-text') return area(filled, { name, label });
  if (shape.is === 'words')
    return line(filled, { name, label: `${label}, with commas between; none is an answer too` });
  return line(filled, { name, label, type: { time: 'datetime-local', day: 'date', text: 'text' }[shape.is] });
};

/** The fields of a record, from its schema's shape, with what was filled in. */
export const recordFields = (filled: Filled, root: string, { parts }: Shape & { is: 'parts' }): Html =>
  html`${parts.map(([part, of]) => field(filled, within(root, part), of.title ?? recordWords(part), of))}`;
