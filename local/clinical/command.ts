import { telling } from '../command-line/telling.ts';
import { type Allowed, parseJson, readJsonFile, readText } from '../rehearsal/read-json.ts';

/** What a command has around it. */
export type Surroundings = {
  readonly stdin: AsyncIterable<Buffer | string>;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
};

/** Reads JSON from a file, or from standard input where the file is `-`; throws InputRefused with one line. */
export const readJson = async (
  file: string,
  root: string,
  { stdin }: Surroundings,
  allowed: Allowed,
): Promise<unknown> =>
  file === '-' ? parseJson(await readText(stdin, root, allowed), root, allowed) : readJsonFile(file, root, allowed);

/** Prints what a question is answered with as JSON; returns the exit status: 0, or 2 with one line a problem and no answer. */
export const answerAsJson = (ask: () => Promise<unknown>, around: Surroundings): Promise<0 | 2> =>
  telling(around, async () => {
    const answer = await ask();
    around.stdout.write(typeof answer === 'string' ? answer : `${JSON.stringify(answer, null, 2)}\n`);
    return 0;
  });
