import { writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { telling } from '../command-line/telling.ts';
import { programIds } from '../programs/program-files.ts';
import { judge } from './judge.ts';
import { readOptions, USAGE } from './options.ts';
import { scenarios } from './scenarios.ts';

type Surroundings = {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
};

const run = async (args: string[], { stdout, stderr }: Surroundings): Promise<0 | 1> => {
  const options = readOptions(args);
  if (options === undefined) {
    stdout.write(USAGE);
    return 0;
  }
  const { runs, seed, to, asFound } = options;
  const begun = performance.now();
  let done = 0;
  const isRight = fc.asyncProperty(scenarios(programIds()), async (scenario) => {
    done += 1;
    return (await judge(scenario)).length === 0;
  });
  const { failed, counterexample } = await fc.check(isRight, { numRuns: runs, seed, endOnFailure: asFound });
  const seconds = (performance.now() - begun) / 1000;
  stdout.write(`${done} journeys in ${seconds.toFixed(1)} s, ${(done / seconds).toFixed(1)} a second\n`);
  const scenario = counterexample?.[0];
  if (!failed || scenario === undefined) return 0;
  await writeFile(to, `${JSON.stringify(scenario, undefined, 2)}\n`);
  for (const problem of await judge(scenario)) stderr.write(`${problem}\n`);
  stderr.write(`the scenario: ${to} (npm run -s rehearse -- --scenario ${to})\n`);
  return 1;
};

/** Rehearses random scenarios until one goes wrong; the exit status: 0 none did, 1 one did and is written down as small as it gets, 2 wrong input. */
export const chaosCommand = (args: string[], around: Surroundings): Promise<0 | 1 | 2> =>
  telling(around, () => run(args, around));
