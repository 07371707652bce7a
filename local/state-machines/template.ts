import { DefinitionRefused } from './errors.ts';
import { compileExpression, type Expression, evaluateExpression } from './expression.ts';
import { checkReferences, type Reads } from './expression-references.ts';
import { isObject, setKey } from './plain-json.ts';
import type { Scope } from './scope.ts';

/** A JSON value of a definition whose `{% %}` texts are evaluated; what holds none is given as it is. */
export type Template = (scope: Scope) => unknown;

/** The expression inside `{% %}`, or undefined for any other value. */
export const expressionText = (value: unknown): string | undefined =>
  typeof value === 'string' && value.startsWith('{%') && value.endsWith('%}') && value.length >= 4
    ? value.slice(2, -2).trim()
    : undefined;

/** Compiles the expression of a field, refusing what AWS refuses at creation. */
export const loadExpression = (text: string, location: string, reads: Reads): Expression => {
  let expression: Expression;
  try {
    expression = compileExpression(text);
  } catch (error) {
    const message = typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';
    const words = error instanceof RangeError ? 'The expression is nested too deeply' : message;
    throw new DefinitionRefused([{ code: 'INVALID_JSONATA_EXPRESSION', message: words, location }]);
  }
  checkReferences(expression.ast, location, reads);
  return expression;
};

/** Where a template stands: `location` from the definition's root, `field` from its state, as the causes name it. */
export type Place = { readonly location: string; readonly field: string; readonly reads: Reads };

const below = ({ location, field, reads }: Place, key: string | number): Place => ({
  location: `${location}/${key}`,
  field: typeof key === 'number' ? `${field}[${key}]` : `${field}/${key}`,
  reads,
});

/** Undefined says that the value holds no expression. */
const load = (value: unknown, place: Place): Template | undefined => {
  const text = expressionText(value);
  if (text !== undefined) {
    const expression = loadExpression(text, place.location, place.reads);
    return (scope) => evaluateExpression(expression, scope, place.field);
  }
  if (Array.isArray(value)) {
    const items = value.map((item: unknown, index) => ({ item, loaded: load(item, below(place, index)) }));
    if (items.every(({ loaded }) => loaded === undefined)) return undefined;
    return (scope) => items.map(({ item, loaded }) => (loaded === undefined ? item : loaded(scope)));
  }
  if (!isObject(value)) return undefined;
  const entries = Object.entries(value).map(([key, item]) => ({ key, item, loaded: load(item, below(place, key)) }));
  if (entries.every(({ loaded }) => loaded === undefined)) return undefined;
  return (scope) => {
    const object: Record<string, unknown> = {};
    for (const { key, item, loaded } of entries) setKey(object, key, loaded === undefined ? item : loaded(scope));
    return object;
  };
};

/** Compiles a JSON value with expressions in it. */
export const loadTemplate = (value: unknown, place: Place): Template => {
  const loaded = load(value, place);
  return loaded === undefined ? () => value : loaded;
};
