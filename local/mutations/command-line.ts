import { join } from 'node:path';
import { InputRefused } from '../../functions/domain/problems.ts';
import { telling } from '../command-line/telling.ts';
import { children } from './children.ts';
import { copiesOf } from './copies.ts';
import type { Guard } from './guard.ts';
import { GUARDS } from './guards.ts';
import { noticeOf, type Told, wrongWithout } from './notice.ts';
import { readOptions, USAGE } from './options.ts';
import { guardTable } from './page.ts';
import { misplaced, switchOff } from './switch-off.ts';

type Surroundings = {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
};

const PROJECT = join(import.meta.dirname, '../..');

/** The journeys that are told to every copy. */
const TOLD: Told = { runs: 150, seed: 20260301 };

/** Longer than this no copy may take: milliseconds. */
const LONGEST = 600_000;

const AT_ONCE = 2;

const refuseMisplaced = async (guards: readonly Guard[]): Promise<void> => {
  const problems = (await Promise.all(guards.map((guard) => misplaced(PROJECT, guard)))).flat();
  if (problems.length > 0) throw new InputRefused(problems);
};

/** Does something with each of a list, so many at once, in order. */
const each = async <T>(list: readonly T[], act: (item: T) => Promise<void>): Promise<void> => {
  const left = list.values();
  const worker = async () => {
    for (const item of left) await act(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
};

const run = async (guards: readonly Guard[], { stdout, stderr }: Surroundings): Promise<0 | 1> => {
  const copies = await copiesOf(PROJECT);
  const { run: start, stop } = children(LONGEST);
  const breakOff = () => {
    stop();
    copies.remove();
    process.exit(130);
  };
  process.once('SIGINT', breakOff).once('SIGTERM', breakOff);
  try {
    const begun = performance.now();
    const wrong = await wrongWithout(start, await copies.make('all-on'), guards, TOLD);
    if (wrong.length > 0) {
      for (const problem of wrong) stderr.write(`with every guard on: ${problem}\n`);
      return 1;
    }
    let missed = 0;
    await each(guards, async (guard) => {
      const copy = await copies.make(guard.id);
      await switchOff(copy, guard);
      const { noticed, said } = await noticeOf(start, copy, guard, TOLD);
      if (!noticed) missed += 1;
      stdout.write(`${guard.id}  invariant ${guard.invariant}  ${noticed ? 'noticed by' : 'NOT NOTICED:'} ${said}\n`);
    });
    const seconds = ((performance.now() - begun) / 1000).toFixed(0);
    stdout.write(`${guards.length - missed} of ${guards.length} guards noticed, in ${seconds} s\n`);
    return missed === 0 ? 0 : 1;
  } finally {
    process.off('SIGINT', breakOff).off('SIGTERM', breakOff);
    stop();
    copies.remove();
  }
};

/** Switches each guard off in a copy of the project; the exit status: 0 each was noticed, 1 one was not, 2 wrong input or a piece that is not there. */
export const mutationsCommand = (args: string[], around: Surroundings): Promise<0 | 1 | 2> =>
  telling(around, async () => {
    const options = readOptions(args, GUARDS);
    if (options === undefined) {
      around.stdout.write(USAGE);
      return 0;
    }
    if (options.table) {
      around.stdout.write(`${guardTable(options.guards)}\n`);
      return 0;
    }
    await refuseMisplaced(options.guards);
    return run(options.guards, around);
  });
