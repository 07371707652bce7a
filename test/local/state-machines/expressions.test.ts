import { describe, expect, test } from 'vitest';
import { evaluate, machine, run, stopSoon } from './run-machine.ts';

const deep = (terms: number) => Array.from({ length: terms }, () => '1').join('+');
const doubled = (times: number) =>
  `($p := function($s, $n) { $n = 0 ? $s : $p($s & $s, $n - 1) }; $length($p('x', ${times})))`;

describe('an expression', () => {
  test.each<[string, unknown, unknown]>([
    ['$states.input.a', { a: [] }, []],
    ['$states.input.a', { a: [1] }, [1]],
    ['$states.input.a.b', { a: { b: null } }, null],
    ['$states.input.a.b', { a: [{ b: 1 }, { b: 2 }] }, [1, 2]],
    ['$states.input.a.b', { a: [{ b: 1 }] }, 1],
    ['$states.input.a[$ > 2]', { a: [1, 2, 3] }, 3],
    ['[$states.input.a[$ > 2]]', { a: [1, 2, 3] }, [3]],
    ["$states.input.a = 'x'", { a: 'x' }, true],
    ["$states.input.a = 'x'", {}, false],
    ["$states.input.a != 'x'", {}, false],
    ["$states.input.a & '-' & $states.input.b", { a: 'p', b: 7 }, 'p-7'],
    ["$states.input.a & '!'", {}, '!'],
    ["$states.input.a ? 'yes' : 'no'", { a: true }, 'yes'],
    ["$states.input.a ? 'yes' : 'no'", { a: 0 }, 'no'],
    ['$states.input.a and $states.input.b', { a: true, b: [0] }, false],
    ["{'k': $states.input.nothing, 'l': 1}", {}, { l: 1 }],
    ['$states.context.Execution.Name', {}, 'one'],
    ['$keys($states)', {}, ['input', 'context']],
    ['[1/0]', {}, ['Infinity']],
    ['$now()', {}, '2026-01-05T09:00:00.000Z'],
    ['$millis()', {}, 1767603600000],
    ['($x := 1; $x + 1)', {}, 2],
    ['$states.input ~> |a|{"b": 2}|', { a: { b: 1 } }, { a: { b: 2 } }],
  ])('%s on %j gives %j', async (expression, input, output) => {
    expect((await evaluate(expression, input)).output).toEqual(output);
  });

  test.each<[string, string, unknown]>([
    ['gives nothing', '$states.input.a', 'returned nothing (undefined).'],
    ['is a function', 'function($x){ $x }', 'returned an unsupported result type.'],
    ['holds a function', '[1, $sum]', 'returned an unsupported result type.'],
    [
      'calls what is no function',
      '$nobody(1)',
      'threw an error during evaluation. T1006: Attempted to invoke a non-function',
    ],
    ['calls $eval', '$eval("1+1")', 'threw an error during evaluation. T1006: Attempted to invoke a non-function'],
    [
      'sums words',
      '$sum(["a"])',
      'threw an error during evaluation. T0412: Argument 1 of function "sum" must be an array of "numbers"',
    ],
    ['raises its own error', '$error("so it is")', 'threw an error during evaluation. D3137: so it is'],
    [
      'names no digit in a picture',
      '$formatNumber(1, "x")',
      'threw an error during evaluation. D3086: The sub-picture must not contain a passive character that is preceded by an active character and that is followed by another active character',
    ],
    [
      'nests too deeply',
      deep(200),
      'threw an error during evaluation: Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.',
    ],
    [
      'recurs without end',
      '($f := function($n){ 1 + $f($n) }; $f(1))',
      'threw an error during evaluation: Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.',
    ],
    [
      'makes a list that is too long',
      '$count([1..873783])',
      'threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage',
    ],
    [
      'makes text that is too long',
      doubled(23),
      'threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage',
    ],
    [
      'pads without measure',
      "$pad('x', 1e11)",
      'threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage',
    ],
    [
      'counts without measure',
      '$range(1, 1e12, 1)',
      'threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage',
    ],
  ])('that %s fails the state as AWS says it', async (_what, expression, words) => {
    const { status, error, cause } = await evaluate(expression);
    expect([status, error]).toEqual(['FAILED', 'States.QueryEvaluationError']);
    expect(cause).toBe(
      `An error occurred while executing the state 'E' (entered at the event id #2). The JSONata expression '${expression}' specified for the field 'Output' ${words}`,
    );
  });

  test.each([
    ['nests 99 deep', deep(99), 99],
    ['makes a list of the greatest length', '$count([1..873782])', 873782],
    ['makes text of the greatest length', doubled(22), 4194304],
  ])('that %s still evaluates', async (_what, expression, output) => {
    expect((await evaluate(expression)).output).toBe(output);
  });

  test.each([
    ['loops for ever', '($f := function($n){ $f($n + 1) }; $f(1))'],
    ['holds a regular expression that backtracks for ever', `$contains('${'a'.repeat(60)}!', /^(a+)+$/)`],
  ])('that %s is stopped', { timeout: 30_000 }, async (_what, expression) => {
    stopSoon();
    const { error, cause } = await evaluate(expression);
    expect(error).toBe('States.QueryEvaluationError');
    expect(cause).toContain('threw an error during evaluation: Expression evaluation timeout: Check for infinite loop');
  });

  test('leaves nothing of itself on the values that it makes', async () => {
    const { output } = await run(
      machine({
        A: { Type: 'Pass', Assign: { one: '{% $states.input.list[] %}' }, Next: 'B' },
        B: { Type: 'Pass', Output: ['{% $one[$ = 1] %}', '{% $one %}', '{% $count($one) %}'], End: true },
      }),
      { list: 1 },
    );
    expect(output).toEqual([1, [1], 1]);
  });

  test.each([' {% 1 %}', '{% 1', '1 %}', '{1}', '$states.input', '$.a'])('is not seen in the text %j', async (text) => {
    expect((await run(machine({ E: { Type: 'Pass', Output: text, End: true } }))).output).toBe(text);
  });
});
