import type { State } from './definition.ts';

/** One `{% ... %}` of a state: the field path it stands in and the JSONata between the signs. */
export type Expression = { readonly field: string; readonly source: string };

/** Inner scopes have states of their own; a Choice rule and a Catcher belong to their state. */
const SKIPPED = new Set(['Branches', 'ItemProcessor']);

const within = (value: unknown, field: string): readonly Expression[] => {
  if (typeof value === 'string') {
    const source = /^\{%([\s\S]*)%\}$/.exec(value)?.[1];
    return source === undefined ? [] : [{ field, source: source.trim() }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => within(inner, `${field}.${key}`));
};

/** Every expression of one state, with the path of its field (`Catch.0.Output.error`). */
export const expressionsOf = (state: State): readonly Expression[] =>
  Object.entries(state)
    .filter(([field]) => !SKIPPED.has(field))
    .flatMap(([field, value]) => within(value, field));

/** Strings that hold the signs of an expression without being one: AWS passes them on as text. */
export const brokenExpressionsOf = (state: State): readonly string[] => {
  const strings = (value: unknown): readonly string[] =>
    typeof value === 'string'
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(strings)
        : [];
  return Object.entries(state)
    .filter(([field]) => !SKIPPED.has(field))
    .flatMap(([, value]) => strings(value))
    .filter((text) => /\{%|%\}/.test(text) && !/^\{%[\s\S]*%\}$/.test(text));
};
