import { expect, test } from 'vitest';
import { readOptions } from '../../../local/chaos/options.ts';

test('tells 500 journeys from seed 1 unless told otherwise', () => {
  expect(readOptions([])).toEqual({ runs: 500, seed: 1, to: 'chaos-1.json', asFound: false });
});

test('tells as many as asked, from the seed asked for', () => {
  expect(readOptions(['--runs', '20', '--seed', '7'])).toEqual({
    runs: 20,
    seed: 7,
    to: 'chaos-7.json',
    asFound: false,
  });
});

test('leaves a scenario as it was found where that is asked for', () => {
  expect(readOptions(['--as-found'])?.asFound).toBe(true);
});

test('only explains itself where help is asked for', () => {
  expect(readOptions(['--help'])).toBeUndefined();
});

test.each([
  ['--runs', '0'],
  ['--runs', '-5'],
  ['--runs', 'many'],
  ['--runs', '1.5'],
  ['--runs', '10000000000'],
  ['--seed', 'x'],
])('refuses %s %j with one line', (name, value) => {
  expect(() => readOptions([`${name}=${value}`])).toThrow(/^--(runs|seed): found .*; allowed: /);
});

test('refuses an option that it does not know', () => {
  expect(() => readOptions(['--fast'])).toThrow(/^options: .*--fast.*; one of --runs/);
});
