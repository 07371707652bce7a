import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Ended } from './children.ts';
import type { Guard, Suite } from './guard.ts';

/** What is told to chaos: the same journeys for every guard. */
export type Told = { readonly runs: number; readonly seed: number };

type Run = (cwd: string, args: readonly string[]) => Promise<Ended>;

const REPORT = 'report.json';
const NODE = ['--no-warnings=ExperimentalWarning'];

const Report = z.object({
  numPassedTests: z.int(),
  testResults: z.array(z.object({ assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })) })),
});

/** What a test of the copy says: how many passed, and the names of those that failed. */
const ofSuite = async (run: Run, copy: string, { file, test }: Suite) => {
  const project = file.startsWith('test/stories/') ? 'stories' : 'unit';
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', project, file, '-t', test];
  const { err } = await run(copy, [...NODE, ...vitest, '--reporter', 'json', '--outputFile', REPORT]);
  const report = await readFile(join(copy, REPORT), 'utf8').catch((cause: unknown) => {
    throw new Error(`${file}: Vitest left no report: ${err.trim()}`, { cause });
  });
  await rm(join(copy, REPORT));
  const { numPassedTests: passed, testResults } = Report.parse(JSON.parse(report));
  const all = testResults.flatMap(({ assertionResults }) => assertionResults);
  return { passed, failed: all.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName) };
};

const chaos = (run: Run, copy: string, { runs, seed }: Told): Promise<Ended> =>
  run(copy, [...NODE, 'local/chaos.ts', '--runs', `${runs}`, '--seed', `${seed}`, '--as-found', '--to', 'found.json']);

/** Whether it was noticed that a guard is off, and what was said; a failure that does not speak of its invariant is no notice. */
export type Notice = { readonly noticed: boolean; readonly said: string };

/** What becomes of a copy in which a guard is off. */
export const noticeOf = async (run: Run, copy: string, guard: Guard, told: Told): Promise<Notice> => {
  const { instead, invariant } = guard;
  if (instead !== undefined) {
    const [first] = (await ofSuite(run, copy, instead)).failed;
    return { noticed: first !== undefined, said: `${instead.file}: ${first ?? 'no test failed'}` };
  }
  const { status, out, err } = await chaos(run, copy, told);
  const lines = err.trim().split('\n');
  const found = status === 1 ? lines.find((line) => line.startsWith(`invariant ${invariant}: `)) : undefined;
  return { noticed: found !== undefined, said: found ?? `chaos: status ${status}, ${lines[0] || out.trim()}` };
};

/** What is wrong with a copy in which every guard is on; nothing may be, or nothing could be noticed. */
export const wrongWithout = async (run: Run, copy: string, guards: readonly Guard[], told: Told): Promise<string[]> => {
  const problems: string[] = [];
  const { status, err } = await chaos(run, copy, told);
  if (status !== 0) problems.push(`chaos: status ${status}: ${err.trim()}`);
  for (const { id, instead } of guards) {
    if (instead === undefined) continue;
    const { passed, failed } = await ofSuite(run, copy, instead);
    if (passed === 0 || failed.length > 0)
      problems.push(`${id}: ${instead.file}: ${passed} passed, ${failed.length} failed`);
  }
  return problems;
};
