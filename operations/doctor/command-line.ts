import { telling } from '../../local/command-line/telling.ts';
import { type Surroundings, unreachable } from '../clinic/surroundings.ts';
import { ask } from './ask.ts';
import type { Check, Finding } from './finding.ts';
import { type Options, readOptions, USAGE } from './options.ts';

const WORDS: Readonly<Record<Finding['state'], string>> = { ok: 'ok', 'to-do': 'to do', 'not-known': 'not known' };

const lineOf = (name: string, width: number, { state, says }: Finding): string =>
  `${WORDS[state].padEnd(9)}  ${name.padEnd(width)}  ${says.replaceAll(/\s*\n\s*/g, ' ')}`;

/** Asks every check and prints a line for each finding, as soon as it is there and in their order; 1 where there is something to do. */
const examine = async (checks: readonly Check[], { stdout, env }: Surroundings): Promise<0 | 1> => {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const emulated = env.AWS_ENDPOINT_URL !== undefined && env.AWS_ENDPOINT_URL !== '';
  const asked = checks.map((check) => ask(check, { emulated }));
  const all: Finding[] = [];
  for (const [n, { name }] of checks.entries()) {
    const found = (await asked[n]) ?? [];
    for (const finding of found) stdout.write(`${lineOf(name, width, finding)}\n`);
    all.push(...found);
  }
  const count = (state: Finding['state']) => all.filter((each) => each.state === state).length;
  stdout.write(`\n${count('ok')} ok, ${count('to-do')} to do, ${count('not-known')} not known\n`);
  return count('to-do') === 0 ? 0 : 1;
};

/** Asks a clinic whether everything is there; 0 all is well, 1 something is to be done, 2 wrong input. */
export const doctorCommand = (
  args: string[],
  checksOf: (options: Options) => Promise<readonly Check[]>,
  around: Surroundings,
): Promise<0 | 1 | 2> =>
  telling(
    around,
    async () => {
      const options = readOptions(args, around.env);
      if (options === undefined) {
        around.stdout.write(USAGE);
        return 0;
      }
      return examine(await checksOf(options), around);
    },
    unreachable,
  );
