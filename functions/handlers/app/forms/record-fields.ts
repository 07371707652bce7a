import { html } from 'hono/html';
import type { Html } from '../html.ts';
import { area, choice, type Filled, group, line, radios, tick } from './fields.ts';
import { atRow, indexesIn, NONE, OPEN, within } from './record-names.ts';
import type { Choice, Shape } from './record-shape.ts';
import { recordWords } from './record-words.ts';

/** The words of a form's fields in the language of whoever fills it in. */
export type FieldWords = {
  /** A name of the record, or of one of its choices. */
  readonly nameOf: (name: string) => string;
  readonly notAnswered: string;
  readonly notKnown: string;
  readonly none: string;
  readonly yes: string;
  readonly no: string;
  /** A label with the bounds of its number, and with that it is not known. */
  readonly range: (label: string, min: number, max: number) => string;
  readonly open: (label: string) => string;
};

/** The words of staff. */
export const STAFF_WORDS: FieldWords = {
  nameOf: recordWords,
  notAnswered: 'not answered',
  notKnown: 'not known',
  none: 'None of these',
  yes: 'yes',
  no: 'no',
  range: (label, min, max) => `${label} (${min} to ${max})`,
  open: (label) => `${label}: not known`,
};

/** What was filled in, and the words in which it is asked for. */
type Form = Filled & { readonly words: FieldWords };

const wordsOf = ({ value, words }: Choice, form: Form): string => words ?? form.words.nameOf(String(value));

/** So many empty rows stand below those that were filled in. */
const SPARE_ROWS = 2;

const rowsOf = (form: Form, name: string, label: string, row: Shape): Html => {
  const used = Math.max(-1, ...indexesIn(form.values, name)) + 1;
  return html`${Array.from({ length: used + SPARE_ROWS }, (_, n) => field(form, atRow(name, n), `${label} ${n + 1}`, row))}
    <p><button name="act" value="more" formnovalidate>More rows</button></p>`;
};

const several = (form: Form, name: string, choices: readonly Choice[]): Html => html`
  ${choices.map((each) => tick(form, { name: within(name, each.value), label: wordsOf(each, form) }))}
  ${tick(form, { name: within(name, NONE), label: form.words.none })}
`;

/** Where the words of a question are its own, its answers stand below each other. */
const one = (form: Form, name: string, label: string, { choices, title, open }: Shape & { is: 'one' }): Html => {
  const options = [
    ['', form.words.notAnswered] as const,
    ...choices.map((each) => [String(each.value), wordsOf(each, form)] as const),
    ...(open ? [[OPEN, form.words.notKnown] as const] : []),
  ];
  return title === undefined ? choice(form, { name, label, options }) : radios(form, { name, label, options });
};

const yesNo = (form: Form, name: string, label: string, open: boolean): Html => {
  const { notAnswered, notKnown, yes, no } = form.words;
  const options = [['', notAnswered] as const, ['yes', yes] as const, ['no', no] as const];
  return choice(form, { name, label, options: open ? [...options, [OPEN, notKnown] as const] : options });
};

const number = (form: Form, name: string, label: string, shape: Shape & { is: 'number' }): Html => {
  const { min, max, whole, open } = shape;
  const bounded = min !== undefined && max !== undefined && max < Number.MAX_SAFE_INTEGER;
  const asked = { name, label: bounded ? form.words.range(label, min, max) : label, type: 'number' };
  return html`${line(form, { ...asked, attributes: { min, max, step: whole ? 1 : 'any' } })}
    ${open ? tick(form, { name: within(name, OPEN), label: form.words.open(label) }) : ''}`;
};

/** The fields for one place of a record: all that may stand there, and what was filled in. */
const field = (form: Form, name: string, label: string, shape: Shape): Html => {
  if (shape.is === 'parts')
    return group(form, {
      name,
      label,
      body: html`${recordFields(form, name, shape, form.words)} ${shape.notice === undefined ? '' : html`<p><small>${shape.notice}</small></p>`}`,
    });
  if (shape.is === 'rows') return group(form, { name, label, body: rowsOf(form, name, label, shape.row) });
  if (shape.is === 'several') return group(form, { name, label, body: several(form, name, shape.choices) });
  if (shape.is === 'one') return one(form, name, label, shape);
  if (shape.is === 'number') return number(form, name, label, shape);
  if (shape.is === 'yes-no') return yesNo(form, name, label, shape.open);
  if (shape.is === 'long-text') return area(form, { name, label });
  if (shape.is === 'words') return line(form, { name, label: `${label}, with commas between; none is an answer too` });
  return line(form, { name, label, type: { time: 'datetime-local', day: 'date', text: 'text' }[shape.is] });
};

/** The fields of a record, from its schema's shape, with what was filled in; in the words of staff unless others are given. */
export const recordFields = (
  filled: Filled,
  root: string,
  { parts }: Shape & { is: 'parts' },
  words: FieldWords = STAFF_WORDS,
): Html => {
  const form: Form = { ...filled, words };
  return html`${parts.map(([part, of]) => field(form, within(root, part), of.title ?? words.nameOf(part), of))}`;
};
