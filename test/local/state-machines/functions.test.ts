import { describe, expect, test } from 'vitest';
import { evaluate } from './run-machine.ts';

describe("AWS's own functions", () => {
  test.each<[string, unknown]>([
    ['$partition([1,2,3,4,5], 2)', [[1, 2], [3, 4], [5]]],
    ['$partition([1,2,3], 2.9)', [[1, 2], [3]]],
    ['$range(0, 9, 3)', [0, 3, 6, 9]],
    ['$range(1, 9, 9)', 1],
    ['$range(3, 1, -1)', [3, 2, 1]],
    ['$range(0.9, 3.9, 1.9)', [0, 1, 2, 3]],
    ['$count($range(1, 2000, 1))', 2000],
    ["$hash('hello', 'MD5')", '5d41402abc4b2a76b9719d911017c592'],
    ["$hash('hello', 'SHA-1')", 'aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d'],
    ["$hash('abc', 'SHA-256')", 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ["$length($hash('abc', 'SHA-384'))", 96],
    ["$length($hash('abc', 'SHA-512'))", 128],
    ['$random(42)', 0.7275636800328681],
    ['$random(42)', 0.7275636800328681],
    ['$parse(\'[1, {"a": null}]\')', [1, { a: null }]],
    ["$pad('x', 3, '-')", 'x--'],
    ["$pad('x', -3, '#*')", '#*x'],
    ['$contains($uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)', true],
    ['($r := $random(); $r >= 0 and $r < 1)', true],
  ])('%s gives %j', async (expression, output) => {
    expect((await evaluate(expression)).output).toEqual(output);
  });

  test.each([
    '$partition([1], 0)',
    '$range(1, 2, 0)',
    "$hash('a', 'CRC')",
    "$parse('{')",
    '$parse(1)',
    "$range('a', 1, 1)",
  ])('%s fails the state', async (expression) => {
    expect(await evaluate(expression)).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
  });

  test('draw the same from one run to the next', async () => {
    const [first, second] = [
      await evaluate('[$random(), $uuid(), $shuffle([1..9])]'),
      await evaluate('[$random(), $uuid(), $shuffle([1..9])]'),
    ];
    expect(first.output).toEqual(second.output);
  });
});
