import { expect, test } from 'vitest';
import { runScreenings, screeningsLine } from '../../../local/bench/screenings.ts';

test('a run of screenings meets every disposition, and its line says how long it took', async () => {
  const run = await runScreenings(1000);
  expect(Object.keys(run.dispositions).toSorted()).toEqual(['crisis', 'eligible', 'ineligible', 'review']);
  expect(Object.values(run.dispositions).reduce((sum, each) => sum + each)).toBe(1000);
  expect(
    screeningsLine({ screenings: 100_000, seconds: 2, cpuSeconds: 1.5, dispositions: { review: 3, crisis: 1 } }),
  ).toBe('100000 screenings in 2.00 s (1.50 s of the processor), 20.0 µs each: 1 crisis, 3 review');
});
