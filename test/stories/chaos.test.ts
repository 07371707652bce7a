import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judge } from '../../local/chaos/judge.ts';
import { scenarios } from '../../local/chaos/scenarios.ts';
import { programIds } from '../../local/programs/program-files.ts';

/** More of them: `npm run chaos -- --runs N --seed S`. */
const RUNS = 80;

test('whatever patients, staff, partners and telephones do, a journey ends in one outcome, and every invariant holds', async () => {
  await fc.assert(
    fc.asyncProperty(scenarios(programIds()), async (scenario) => {
      expect(await judge(scenario)).toEqual([]);
    }),
    { numRuns: RUNS, seed: 20260302 },
  );
}, 300_000);

test('a scenario that goes wrong is told why', async () => {
  const problems = await judge({ program: 'northwest-iv', until: 'P1D' });
  expect(problems.join('\n')).toMatch(/no outcome was reached/);
});
