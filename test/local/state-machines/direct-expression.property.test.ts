import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, test } from 'vitest';
import { compileExpression } from '../../../local/state-machines/expression.ts';
import { plainJson } from '../../../local/state-machines/plain-json.ts';

const key = fc.constantFrom('a', 'b', 'c');
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, true, false, 0, 1, -2.5, '', 'x', 'yes'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3 }),
  ),
})).value;

const path = fc
  .tuple(fc.constantFrom('$states.input', '$v'), fc.array(key, { maxLength: 3 }))
  .map(([start, names]) => [start, ...names].join('.'));
const expression = fc
  .letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      path,
      path.map((one) => `${one}[0]`),
      fc.constantFrom("'x'", '1', 'true', 'null', '[1, 2]'),
      fc
        .tuple(tie('any'), fc.constantFrom('=', '!=', '&', 'and', 'or', '<', '+', 'in'), tie('any'))
        .map(([a, sign, b]) => `(${a}) ${sign} (${b})`),
      fc.tuple(path, fc.constantFrom('=', '!=', '&', 'and', 'or'), path).map((parts) => parts.join(' ')),
      fc.tuple(tie('any'), tie('any'), tie('any')).map(([test, a, b]) => `(${test}) ? (${a}) : (${b})`),
      path.map((one) => `$exists(${one})`),
      path.map((one) => `$map(${one}, function($i) { $i.a })`),
      path.map((one) => `{'k': ${one}, 'n': [${one}]}`),
    ),
  }))
  .any.map(String);

const outcome = async (evaluate: () => unknown) => {
  try {
    const value = await evaluate();
    return { value: value === undefined ? 'nothing' : plainJson(value) };
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    return { code, message };
  }
};

describe('an expression evaluated at once', () => {
  test("gives what the library's own, asynchronous evaluation gives", async () => {
    await fc.assert(
      fc.asyncProperty(expression, json, json, async (text, input, v) => {
        const scope = {
          input,
          variables: { own: new Map([['v', v]]), outer: undefined },
          context: () => ({}),
          millis: () => 0,
          random: () => 0,
        };
        const ours = await outcome(() => compileExpression(text).evaluate(scope));
        const theirs = await outcome(() => jsonata(text).evaluate(undefined, { states: { input }, v }));
        expect(ours).toEqual(theirs);
      }),
      { numRuns: 2000 },
    );
  });
});
