import type { Effects } from './definition.ts';
import { StateError } from './errors.ts';
import { objectAt, refuseUncovered, type Source, textAt } from './load-fields.ts';
import { isObject, setKey } from './plain-json.ts';
import { type Scope, variableOf } from './scope.ts';
import type { Template } from './template.ts';

// A machine without a QueryLanguage is JSONPath, and AWS's own recordings mix such Pass states with JSONata ones:
// their literals and plain reference paths are covered, and nothing else of JSONPath.
const REFERENCE = /^\$(\$|[A-Za-z_]\w*)?((?:\.[A-Za-z_][\w-]*|\[\d+\]|\['[^']+'\])*)$/;
const STEP = /\.([A-Za-z_][\w-]*)|\[(\d+)\]|\['([^']+)'\]/g;

const loadReference = (path: string, location: string, field: string): Template => {
  const found = REFERENCE.exec(path);
  if (found === null) return refuseUncovered(`the JSONPath '${path}'`, location);
  const [, from, rest = ''] = found;
  const steps = [...rest.matchAll(STEP)].map(([, name, index, quoted]) => name ?? quoted ?? Number(index));
  return (scope: Scope) => {
    let value = from === undefined ? scope.input : from === '$' ? scope.context() : variableOf(scope.variables, from);
    for (const step of steps) {
      if (Array.isArray(value) && typeof step === 'number') value = value[step];
      else value = isObject(value) && typeof step === 'string' && Object.hasOwn(value, step) ? value[step] : undefined;
    }
    if (value === undefined)
      throw new StateError(
        'States.Runtime',
        `The JSONPath '${path}' specified for the field '${field}' could not be found in the input '${JSON.stringify(scope.input)}'`,
      );
    return value;
  };
};

const loadPayload = (value: unknown, location: string): Template => {
  if (Array.isArray(value)) {
    const items = value.map((item: unknown, index) => loadPayload(item, `${location}[${index}]`));
    return (scope) => items.map((item) => item(scope));
  }
  if (!isObject(value)) return () => value;
  const entries = Object.entries(value).map(([key, item]): [string, Template] => {
    if (!key.endsWith('.$')) return [key, loadPayload(item, `${location}/${key}`)];
    return [key.slice(0, -2), loadReference(textAt(item, `${location}/${key}`), `${location}/${key}`, key)];
  });
  return (scope) => {
    const object: Record<string, unknown> = {};
    for (const [key, item] of entries) setKey(object, key, item(scope));
    return object;
  };
};

const pathField = (source: Source, key: string): Template | undefined => {
  const value = source.object[key];
  if (value === undefined) return undefined;
  if (value === null) return () => ({});
  return loadReference(textAt(value, `${source.location}/${key}`), `${source.location}/${key}`, key);
};

const inputPath = (source: Source): Template => pathField(source, 'InputPath') ?? ((scope) => scope.input);

const loadResult = (source: Source): Template => {
  const { Result: result, Parameters: parameters } = source.object;
  if (result !== undefined) return () => result;
  const input = inputPath(source);
  if (parameters === undefined) return input;
  const payload = loadPayload(parameters, `${source.location}/Parameters`);
  return (scope) => payload({ ...scope, input: input(scope) });
};

const NAMES = /^\$((?:\.[A-Za-z_][\w-]*)+)$/;

const withValue = (input: unknown, [name, ...rest]: readonly string[], value: unknown, path: string): unknown => {
  if (name === undefined) return value;
  if (input !== undefined && !isObject(input))
    throw new StateError(
      'States.ResultPathMatchFailure',
      `Unable to apply Reference Path ${path} to input ${JSON.stringify(input)}`,
    );
  const copy: Record<string, unknown> = { ...input };
  setKey(copy, name, withValue(input?.[name], rest, value, path));
  return copy;
};

/** Where a result goes: in place of the input, nowhere, or under the names of a path in it. */
const placed = (source: Source, result: Template): Template => {
  const path = source.object.ResultPath;
  if (path === undefined || path === '$') return result;
  if (path === null) return (scope) => scope.input;
  const names = typeof path === 'string' ? NAMES.exec(path)?.[1]?.slice(1).split('.') : undefined;
  if (names === undefined || typeof path !== 'string')
    return refuseUncovered(`the ResultPath '${String(path)}'`, `${source.location}/ResultPath`);
  return (scope) => withValue(scope.input, names, result(scope), path);
};

/** A Pass state in JSONPath: the literals and reference paths of its fields. */
export const loadJsonPathPass = (source: Source): Effects => {
  const result = loadResult(source);
  const whole = placed(source, result);
  const outputPath = pathField(source, 'OutputPath');
  const assign = source.object.Assign ?? {};
  return {
    output: outputPath === undefined ? whole : (scope) => outputPath({ ...scope, input: whole(scope) }),
    assign: Object.entries(objectAt(assign, `${source.location}/Assign`)).map(([key, value]): [string, Template] => {
      const at = `${source.location}/Assign/${key}`;
      return key.endsWith('.$')
        ? [key.slice(0, -2), loadReference(textAt(value, at), at, key)]
        : [key, loadPayload(value, at)];
    }),
  };
};
