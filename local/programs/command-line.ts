import { InputRefused } from '../../functions/domain/problems.ts';
import { programOf, readClinic } from '../rehearsal/library.ts';
import { parseJson, readJsonFile, readText } from '../rehearsal/read-json.ts';
import { paint, wantsColour } from '../rehearsal/style.ts';
import { keepVersion } from './keep.ts';
import { readOptions, USAGE } from './options.ts';
import { printProgram } from './print.ts';
import { programFiles } from './program-files.ts';
import { writeSchema } from './schema.ts';

/** What the command line has around it. */
export type Surroundings = {
  readonly stdin: AsyncIterable<Buffer | string>;
  readonly stdout: { write(text: string): unknown; isTTY?: boolean };
  readonly stderr: { write(text: string): unknown };
  readonly env: NodeJS.ProcessEnv;
};

const tell = (stderr: Surroundings['stderr'], problems: readonly string[], before = ''): void => {
  for (const problem of problems) stderr.write(`${before}${problem.replaceAll(/\s*\n\s*/g, ' ')}\n`);
};

/** Says of each file what it promises, or what is wrong with it; with several files each problem names its own. */
const check = async (asked: readonly string[], { stdin, stdout, stderr, env }: Surroundings): Promise<0 | 2> => {
  const readProgram = async (file: string): Promise<unknown> =>
    file === '-' ? parseJson(await readText(stdin, 'program'), 'program') : readJsonFile(file, 'program');
  const files = asked.length === 0 ? programFiles() : asked;
  const clinic = await readClinic(undefined, 'clinic');
  const style = paint(wantsColour(stdout, env));
  let status: 0 | 2 = 0;
  let between = '';
  for (const file of files) {
    try {
      const program = programOf(await readProgram(file));
      stdout.write(`${between}${printProgram(program, clinic, style)}`);
      between = '\n\n';
    } catch (error) {
      if (!(error instanceof InputRefused)) throw error;
      tell(stderr, error.problems, files.length === 1 ? '' : `${file}: `);
      status = 2;
    }
  }
  return status;
};

/** Does what the command line asks; returns the exit status: 0 well, 1 the schema is not current, 2 wrong input. */
export const programsCommand = async (args: string[], around: Surroundings): Promise<0 | 1 | 2> => {
  try {
    const options = readOptions(args);
    if (options.command === 'check') return await check(options.files, around);
    if (options.command === 'keep') {
      around.stdout.write(await keepVersion(options.id));
      return 0;
    }
    if (options.command === 'schema') return await writeSchema(options, around);
    around.stdout.write(USAGE);
    return 0;
  } catch (error) {
    if (!(error instanceof InputRefused)) throw error;
    tell(around.stderr, error.problems);
    return 2;
  }
};
