import { isObject } from './plain-json.ts';
import type { Scope } from './scope.ts';
import { variableOf } from './scope.ts';

/** Says that the short way does not cover these values: the library evaluates the expression instead. */
export const notDirect: unique symbol = Symbol('not direct');

type Direct = (scope: Scope) => unknown;

const isPlainNode = (node: Record<string, unknown>): boolean =>
  !('predicate' in node || 'group' in node || 'stages' in node || 'focus' in node || 'index' in node) &&
  !(
    'keepArray' in node ||
    'ancestor' in node ||
    'tuple' in node ||
    'keepSingletonArray' in node ||
    'nextFunction' in node
  );

/** Follows names through objects; an array on the way is JSONata's to map over. */
const follow = (from: unknown, names: readonly string[]): unknown => {
  let value = from;
  for (const name of names) {
    if (Array.isArray(value)) return notDirect;
    if (!isObject(value)) return undefined;
    if (!Object.hasOwn(value, name)) return name in value ? notDirect : undefined;
    value = value[name];
  }
  return value;
};

const start = (variable: string, name: string | undefined): Direct | undefined => {
  if (variable !== 'states') return (scope) => variableOf(scope.variables, variable);
  if (name === 'input') return (scope) => scope.input;
  if (name === 'result') return (scope) => scope.result;
  if (name === 'errorOutput') return (scope) => scope.errorOutput;
  if (name === 'context') return (scope) => scope.context();
  return undefined;
};

const directPath = (steps: unknown): Direct | undefined => {
  if (!Array.isArray(steps)) return undefined;
  const [first, ...rest]: unknown[] = steps;
  if (!isObject(first) || first.type !== 'variable' || typeof first.value !== 'string' || !isPlainNode(first)) return;
  const names: string[] = [];
  for (const step of rest) {
    if (!isObject(step) || step.type !== 'name' || typeof step.value !== 'string' || !isPlainNode(step)) return;
    names.push(step.value);
  }
  const from = start(first.value, names[0]);
  if (first.value === '' || first.value === '$' || from === undefined) return undefined;
  const onwards = first.value === 'states' ? names.slice(1) : names;
  if (onwards.length === 0) return from;
  return (scope) => follow(from(scope), onwards);
};

const isScalar = (value: unknown) => typeof value !== 'object' || value === null;

const directBinary = (operator: unknown, left: Direct, right: Direct): Direct | undefined => {
  if (operator === '=' || operator === '!=')
    return (scope) => {
      const [a, b] = [left(scope), right(scope)];
      if (a === notDirect || b === notDirect || !isScalar(a) || !isScalar(b)) return notDirect;
      if (a === undefined || b === undefined) return false;
      return operator === '=' ? a === b : a !== b;
    };
  if (operator === '&')
    return (scope) => {
      const [a, b] = [left(scope), right(scope)];
      return typeof a === 'string' && typeof b === 'string' ? a + b : notDirect;
    };
  if (operator === 'and' || operator === 'or')
    return (scope) => {
      const a = left(scope);
      if (typeof a !== 'boolean') return notDirect;
      if (a === (operator === 'or')) return a;
      const b = right(scope);
      return typeof b === 'boolean' ? b : notDirect;
    };
  return undefined;
};

const MOST_NESTED = 20;

/** A short way to evaluate the commonest expressions, with the library's own result or none; most expressions have none. */
export const directExpression = (ast: unknown, nested = 0): Direct | undefined => {
  if (!isObject(ast) || !isPlainNode(ast) || nested > MOST_NESTED) return undefined;
  if (ast.type === 'string' || ast.type === 'number' || ast.type === 'value') {
    const value = ast.value;
    return () => value;
  }
  if (ast.type === 'variable') return directPath([ast]);
  if (ast.type === 'path') return directPath(ast.steps);
  if (ast.type === 'binary') {
    const left = directExpression(ast.lhs, nested + 1);
    const right = directExpression(ast.rhs, nested + 1);
    return left && right && directBinary(ast.value, left, right);
  }
  if (ast.type === 'condition') {
    const test = directExpression(ast.condition, nested + 1);
    const then = directExpression(ast.then, nested + 1);
    const otherwise = directExpression(ast.else, nested + 1);
    if (!test || !then || !otherwise) return undefined;
    return (scope) => {
      const holds = test(scope);
      return typeof holds === 'boolean' ? (holds ? then : otherwise)(scope) : notDirect;
    };
  }
  return undefined;
};
