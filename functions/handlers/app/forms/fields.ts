import { html } from 'hono/html';
import type { Problem } from '../../../contracts/api/problem.ts';
import { keysOf } from '../../../domain/names.ts';
import type { Html } from '../html.ts';
import { recordWords } from './record-words.ts';

/** What somebody wrote into a form, and what was wrong with it: it comes back as it was, with the words beside the field. */
export type Filled = {
  readonly values: Readonly<Record<string, string>>;
  readonly problems: readonly NonNullable<Problem['errors']>[number][];
};

export const EMPTY: Filled = { values: {}, problems: [] };

/** What is wrong with one field, whose path ends in its name. */
const wrong = ({ problems }: Filled, name: string): string =>
  problems
    .filter(({ path }) => path === name || path.endsWith(`.${name}`))
    .map(({ problem }) => problem)
    .join('; ');

const beside = (filled: Filled, name: string): Html => {
  const said = wrong(filled, name);
  return said === '' ? html`` : html`<span class="late" id="${name}-problem">${said}</span>`;
};

const pointing = (filled: Filled, name: string): Html =>
  wrong(filled, name) === '' ? html`` : html`aria-invalid="true" aria-describedby="${name}-problem"`;

type Field = { readonly name: string; readonly label: string };

/** What a browser takes in a field: from, to, and in steps of. */
type Attributes = {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly step?: number | 'any';
};

/** A field for one line; `type` is an input's of HTML. */
export const line = (
  filled: Filled,
  {
    name,
    label,
    type = 'text',
    usual = '',
    needed = false,
    attributes = {},
  }: Field & { type?: string; usual?: string; needed?: boolean; attributes?: Attributes },
): Html => html`<p>
  <label for="${name}">${label}</label>
  <input
    id="${name}"
    name="${name}"
    type="${type}"
    value="${filled.values[name] ?? usual}"
    autocomplete="off"
    ${keysOf(attributes).map((each) => (attributes[each] === undefined ? '' : html`${each}="${attributes[each]}" `))}
    ${needed ? html`required` : ''}
    ${pointing(filled, name)}
  />
  ${beside(filled, name)}
</p>`;

type Options = readonly (readonly [value: string, words: string])[];

/** One of a few. */
export const choice = (filled: Filled, { name, label, options }: Field & { options: Options }): Html => html`<p>
  <label for="${name}">${label}</label>
  <select id="${name}" name="${name}" ${pointing(filled, name)}>
    ${options.map(
      ([value, words]) =>
        html`<option value="${value}" ${filled.values[name] === value ? html`selected` : ''}>${words}</option>`,
    )}
  </select>
  ${beside(filled, name)}
</p>`;

/** A field for more than one line. */
export const area = (filled: Filled, { name, label }: Field): Html => html`<p>
  <label for="${name}">${label}</label>
  <textarea id="${name}" name="${name}" rows="4" ${pointing(filled, name)}>${filled.values[name] ?? ''}</textarea>
  ${beside(filled, name)}
</p>`;

/** Fields that belong together. */
export const group = (filled: Filled, { name, label, body }: Field & { body: Html }): Html => html`<fieldset
  ${wrong(filled, name) === '' ? '' : html`aria-describedby="${name}-problem"`}
>
  <legend>${label}</legend>
  ${beside(filled, name)} ${body}
</fieldset>`;

/** One of a few, all to be seen; nothing is chosen beforehand but what was chosen before. */
export const radios = (filled: Filled, { name, label, options }: Field & { options: Options }): Html =>
  group(filled, {
    name,
    label,
    body: html`${options.map(
      ([value, words]) =>
        html`<label><input type="radio" name="${name}" value="${value}" ${filled.values[name] === value ? html`checked` : ''} /> ${words}</label>`,
    )}`,
  });

/** Yes, where it is ticked. */
export const tick = (filled: Filled, { name, label }: Field): Html => html`<p>
  <label><input type="checkbox" name="${name}" value="yes" ${filled.values[name] === 'yes' ? html`checked` : ''} /> ${label}</label>
  ${beside(filled, name)}
</p>`;

/** What is wrong, above the form; each problem stands beside its field as well. */
export const refusals = ({ problems }: Filled): Html =>
  problems.length === 0
    ? html``
    : html`<div role="alert">
        <p>It was not taken. Nothing was written.</p>
        <ul>
          ${problems.map(({ path, problem }) => html`<li>${path === '' ? '' : html`${recordWords(path.split('.').at(-1) ?? '')}: `}${problem}</li>`)}
        </ul>
      </div>`;
