import { expect, test } from 'vitest';
import { DEFAULT_SIZES, readApiOptions, readSizes } from '../../../local/bench/options.ts';

test('runs 1, 10, 100 and 1,000 journeys unless told otherwise', () => {
  expect(readSizes([])).toEqual(DEFAULT_SIZES);
});

test('runs what is asked for once each, the fewest first, so that the peak of memory is that of the line', () => {
  expect(readSizes(['--journeys', '10,1,10'])).toEqual([1, 10]);
});

test.each(['0', '-1', 'ten', '1,', '1.5', '10001', ''])('refuses %j with one line', (journeys) => {
  expect(() => readSizes([`--journeys=${journeys}`])).toThrow(/^--journeys: found .*; allowed: /);
});

test('refuses an option that it does not know', () => {
  expect(() => readSizes(['--fast'])).toThrow(/^--journeys: found .*--fast/);
});

test('measures the API on 10,000 journeys in a file that goes again, unless told otherwise', () => {
  expect(readApiOptions([])).toEqual({ journeys: 10_000 });
  expect(readApiOptions(['--journeys', '500', '--data', 'large.sqlite'])).toEqual({
    journeys: 500,
    data: 'large.sqlite',
  });
  expect(() => readApiOptions(['--journeys', 'many'])).toThrow(/^--journeys: found "many"; allowed: /);
  expect(() => readApiOptions(['--data='])).toThrow(/^--data: found ""; allowed: /);
});
