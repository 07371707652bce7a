import { describe, expect, test } from 'vitest';
import { runCase } from '../../../local/state-machines/run-case.ts';
import { evaluate, machine, stopSoon } from './run-machine.ts';

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const pass = (output: unknown) => machine({ P: { Type: 'Pass', Output: output, End: true } });
const expression = (text: string) => pass(`{% ${text} %}`);
const MEGABYTE = 1_000_000;

const memory = 'Expression evaluation memory limit exceeded: Check for excessive memory usage';
const time = 'Expression evaluation timeout: Check for infinite loop';
const depth =
  'Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.';

describe('an expression that runs away', () => {
  test.each<[string, string, string]>([
    ['calls itself for ever in its tail', '($f := function($n) { $f($n + 1) }; $f(0))', time],
    ['calls itself for ever inside a sum', '($f := function($n) { 1 + $f($n + 1) }; $f(0))', depth],
    ['is a sum of 200 terms', `1${'+1'.repeat(199)}`, depth],
    ['lists ten million numbers', '[1..10000000]', memory],
    ['maps over ten million numbers', '$map([1..10000000], function($x) { $x })', memory],
    ['lists a list in each of 100,000 places', '$map([1..100000], function($x) { [1..100000] })', memory],
    ['crosses two lists', '[1..3000].([1..3000])', memory],
    [
      'doubles a text forty times',
      '($f := function($s, $n) { $n = 0 ? $s : $f($s & $s, $n - 1) }; $f("x", 40))',
      memory,
    ],
    [
      'doubles a list forty times',
      '($f := function($s, $n) { $n = 0 ? $s : $f($append($s, $s), $n - 1) }; $f([1], 40))',
      memory,
    ],
    [
      'shares an object sixty times over',
      '($f := function($s, $n) { $n = 0 ? $s : $f({"a": $s, "b": $s}, $n - 1) }; $f(1, 60))',
      memory,
    ],
    ['pads to a thousand million letters', '$pad("", 1000000000, "x")', memory],
    ['ranges over a thousand million numbers', '$range(1, 1000000000, 1)', memory],
    ['replaces each letter by 100,000', '($a := $pad("", 100000, "x"); $replace($a, "x", $a))', memory],
    ['joins a great many texts', '$join([1..800000].("xxxxxxxxxxxxxxxxxxxx"))', memory],
    ['backtracks without end', `$match("${'a'.repeat(40)}b", /(a+)+$/)`, time],
    ['compares 800,000 numbers with each other', '$distinct([1..800000])', time],
  ])('ends in States.QueryEvaluationError if it %s', { timeout: 30_000 }, async (_what, text, words) => {
    if (words === time) stopSoon();
    const { status, error, cause } = await evaluate(text);
    expect([status, error]).toEqual(['FAILED', 'States.QueryEvaluationError']);
    expect(cause?.endsWith(`threw an error during evaluation: ${words}`)).toBe(true);
  });

  test('may still use what AWS allows: 873,782 numbers in a list, and a list read many times', async () => {
    expect((await evaluate('$count([1..873782])')).output).toBe(873_782);
    expect((await evaluate('($a := [1..5000]; $sum([0..4999].($a[0])))')).output).toBe(5000);
  });
});

describe('a case of', () => {
  test.each<[string, unknown, string, Record<string, unknown>]>([
    ['no object', 7, '{}', { status: 'REFUSED', error: 'SCHEMA_VALIDATION_FAILED' }],
    ['a list', [], '{}', { status: 'REFUSED', error: 'SCHEMA_VALIDATION_FAILED' }],
    ['5,000 nested lists', pass(JSON.parse(nested(5000))), '{}', { status: 'REFUSED' }],
    [
      '500,000 brackets in an expression',
      expression(`${'('.repeat(500_000)}1${')'.repeat(500_000)}`),
      '{}',
      {
        status: 'REFUSED',
        error: 'INVALID_JSONATA_EXPRESSION',
      },
    ],
    [
      'a sum of a megabyte',
      expression(`1${'+1'.repeat(MEGABYTE / 2)}`),
      '{}',
      {
        status: 'REFUSED',
        error: 'INVALID_JSONATA_EXPRESSION',
      },
    ],
    [
      'a text of a megabyte',
      expression(`"${'x'.repeat(MEGABYTE)}"`),
      '{}',
      {
        status: 'FAILED',
        error: 'States.DataLimitExceeded',
      },
    ],
    [
      'a list of a megabyte',
      expression(`[${'1,'.repeat(MEGABYTE / 2)}1]`),
      '{}',
      {
        status: 'FAILED',
        error: 'States.QueryEvaluationError',
      },
    ],
    ['two megabytes', expression(`"${'x'.repeat(2 * MEGABYTE)}"`), '{}', { status: 'REFUSED' }],
    [
      'an input of 5,000 nested lists',
      expression('$states.input'),
      nested(5000),
      {
        status: 'REFUSED',
        error: 'InvalidExecutionInput',
      },
    ],
  ])('%s is told so', { timeout: 60_000 }, async (_what, definition, input, expected) => {
    if (expected.error === 'States.QueryEvaluationError') stopSoon();
    expect(await runCase({ definition, input }, 0, false)).toMatchObject(expected);
  });

  test('a cycle that pads its data each time ends at the history limit, with or without its history', {
    timeout: 60_000,
  }, async () => {
    const definition = machine({
      A: { Type: 'Pass', Output: "{% $pad('', 20000, 'x') %}", Next: 'B' },
      B: { Type: 'Choice', Choices: [{ Condition: false, Next: 'C' }], Default: 'A' },
      C: { Type: 'Succeed' },
    });
    const full = await runCase({ definition }, 0, true);
    expect([full.status, full.error, full.events?.length]).toEqual(['FAILED', 'States.Runtime', 25_000]);
    expect(full.events?.at(-2)).toMatchObject({ stateExitedEventDetails: { outputDetails: { truncated: true } } });
    expect((await runCase({ definition }, 0, false)).eventTypes).toHaveLength(25_000);
  });
});
