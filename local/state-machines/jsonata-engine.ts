import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';

/** A node of JSONata's syntax tree, as far as the runner looks at it. */
export type Ast = {
  readonly type: string;
  readonly value?: unknown;
  readonly [field: string]: unknown;
};

/** An expression of the JSONata library whose evaluation returns its value rather than a promise. */
export type JsonataExpression = {
  evaluate(input: unknown, bindings: Record<string, unknown>): unknown;
  assign(name: string | symbol, value: unknown): void;
  registerFunction(name: string, implementation: (...args: never[]) => unknown, signature?: string): void;
  ast(): Ast;
};

type Jsonata = (text: string) => JsonataExpression;

/** What `$now()`, `$millis()` and `$shuffle()` read while an expression is evaluated, and what counts the items that are copied. */
export const surroundings = { millis: 0, random: (): number => 0, copied: (_items: number): void => undefined };

const require = createRequire(import.meta.url);
const version: unknown = require('jsonata/package.json').version;
if (version !== '2.0.6') throw new Error(`AWS runs JSONata 2.0.6; this is ${String(version)}. Pin it in package.json.`);

// The library awaits every node of an expression, ten times the cost of the evaluation itself, although nothing in it
// is asynchronous. The same source without those words evaluates at once, in order, and can be stopped at its bounds.
const synchronous = readFileSync(require.resolve('jsonata'), 'utf8')
  .replaceAll(/\basync\s+(?=function\b|\()/g, '')
  .replaceAll(/\bawait\s+/g, '')
  .replace('return arg1.concat(arg2);', 'surroundings.copied(arg1.length); return arg1.concat(arg2);')
  .replaceAll('new Date()', 'new Date(surroundings.millis)')
  .replaceAll('Math.random()', 'surroundings.random()');

const load = (): Jsonata => {
  const module: { exports: unknown } = { exports: {} };
  const allAtOnce = { all: (values: unknown[]) => values };
  const names = ['module', 'exports', 'surroundings', 'Promise'];
  const run = compileFunction(synchronous, names, { filename: 'jsonata-2.0.6-synchronous.js' });
  run(module, module.exports, surroundings, allAtOnce);
  if (typeof module.exports !== 'function') throw new Error('The JSONata library did not load.');
  const parse = module.exports;
  return (text) => parse(text);
};

/** Parses an expression; throws JSONata's own error, an object with `code`, `position` and `message`. */
export const jsonata: Jsonata = load();
