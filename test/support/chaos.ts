import fc from 'fast-check';
import { expect } from 'vitest';
import { judge } from '../../local/chaos/judge.ts';
import { scenarios } from '../../local/chaos/scenarios.ts';
import { programIds } from '../../local/programs/program-files.ts';

/** `npm test` tells 500 random journeys, in four files, so that every core has its share; `npm run chaos -- --runs N --seed S` tells more. */
const RUNS = 125;

/** Tells one file's share of the random journeys, and shows the smallest that goes wrong. */
export const tellRandomJourneys = (seed: number): Promise<void> =>
  fc.assert(
    fc.asyncProperty(scenarios(programIds()), async (scenario) => {
      expect(await judge(scenario)).toEqual([]);
    }),
    { numRuns: RUNS, seed },
  );
