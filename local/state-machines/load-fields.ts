import type { Effects, NumberField } from './definition.ts';
import { DefinitionRefused, type Diagnostic, EvaluationError } from './errors.ts';
import { evaluateExpression, wrongType } from './expression.ts';
import type { Reads } from './expression-references.ts';
import { isObject } from './plain-json.ts';
import { expressionText, loadExpression, loadTemplate, type Template } from './template.ts';

/** A JSON object of the definition with the place where it stands. */
export type Source = { readonly object: Record<string, unknown>; readonly location: string; readonly field: string };

export const refuse = (message: string, location: string, code = 'SCHEMA_VALIDATION_FAILED'): never => {
  throw new DefinitionRefused([{ code, message, location: location === '' ? '/' : location }]);
};

/** Checks each of several, and refuses with all that was found wrong in any of them. */
export const eachFound = <T>(parts: Iterable<T>, check: (part: T) => void): void => {
  const found: Diagnostic[] = [];
  for (const part of parts) {
    try {
      check(part);
    } catch (thrown) {
      if (!(thrown instanceof DefinitionRefused)) throw thrown;
      found.push(...thrown.diagnostics);
    }
  }
  if (found.length > 0) throw new DefinitionRefused(found);
};

/** What the runner does not cover, refused by name rather than passed over. */
export const refuseUncovered = (what: string, location: string): never =>
  refuse(`This runner does not cover ${what}`, location, 'NOT_COVERED');

export const objectAt = (value: unknown, location: string): Record<string, unknown> =>
  isObject(value) ? value : refuse('Expected value of type [OBJECT]', location);

export const arrayAt = (value: unknown, location: string): readonly unknown[] =>
  Array.isArray(value) ? value : refuse('Expected value of type [ARRAY]', location);

export const textAt = (value: unknown, location: string): string =>
  typeof value === 'string' ? value : refuse('Expected value of type [STRING]', location);

const fieldOf = (source: Source, key: string) => (source.field === '' ? key : `${source.field}/${key}`);

/** A field that holds any JSON with expressions in it. */
export const templateField = (source: Source, key: string, reads: Reads): Template | undefined =>
  source.object[key] === undefined
    ? undefined
    : loadTemplate(source.object[key], { location: `${source.location}/${key}`, field: fieldOf(source, key), reads });

type Bounds = { readonly from: number; readonly to?: number; readonly whole?: boolean };

const isWithin = (value: number, { from, to = Number.POSITIVE_INFINITY, whole = true }: Bounds) =>
  value >= from && value <= to && (!whole || Number.isInteger(value));

const outOfRange = (value: number, { from, to }: Bounds) => {
  if (value < from) return `Minimum value is ${from}`;
  return to !== undefined && value > to ? `Maximum value is ${to}` : 'Expected value of type [INTEGER]';
};

/** A field that holds a number or an expression for one. */
export const numberField = (
  source: Source,
  key: string,
  bounds: Bounds,
  reads: Reads = {},
): NumberField | undefined => {
  const value = source.object[key];
  if (value === undefined) return undefined;
  const location = `${source.location}/${key}`;
  const text = expressionText(value);
  if (text === undefined) {
    if (typeof value !== 'number') return refuse('Expected value of type [INTEGER] or a JSONata expression', location);
    if (!isWithin(value, bounds)) return refuse(outOfRange(value, bounds), location);
    return () => value;
  }
  const field = fieldOf(source, key);
  const expression = loadExpression(text, location, reads);
  return (scope) => {
    const found = evaluateExpression(expression, scope, field);
    if (typeof found !== 'number') throw wrongType(expression, field, 'number', found);
    if (!isWithin(found, bounds))
      throw new EvaluationError(
        `The JSONata expression '${text}' specified for the field '${field}' returned a value that is out of range: ${found}`,
        field,
      );
    return found;
  };
};

/** A field that holds text or an expression for text. */
export const stringField = (source: Source, key: string, reads: Reads = {}): Template | undefined => {
  const value = source.object[key];
  if (value === undefined) return undefined;
  const location = `${source.location}/${key}`;
  const text = expressionText(textAt(value, location));
  if (text === undefined) return () => value;
  const field = fieldOf(source, key);
  const expression = loadExpression(text, location, reads);
  return (scope) => {
    const found = evaluateExpression(expression, scope, field);
    if (typeof found !== 'string') throw wrongType(expression, field, 'string', found);
    return found;
  };
};

const VARIABLE = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;
const MOST_NAME = 80;

const loadAssign = (source: Source, reads: Reads): Effects['assign'] => {
  const value = source.object.Assign;
  if (value === undefined) return [];
  const location = `${source.location}/Assign`;
  return Object.entries(objectAt(value, location)).map(([name, item]) => {
    if (!VARIABLE.test(name) || name === 'states' || name.length > MOST_NAME)
      refuse(`Invalid variable name: '${name}'`, `${location}/${name}`);
    return [
      name,
      loadTemplate(item, { location: `${location}/${name}`, field: `${fieldOf(source, 'Assign')}/${name}`, reads }),
    ];
  });
};

/** `Output` and `Assign` of a state, a Choice rule or a Catcher. */
export const loadEffects = (source: Source, reads: Reads): Effects => ({
  output: templateField(source, 'Output', reads),
  assign: loadAssign(source, reads),
});
