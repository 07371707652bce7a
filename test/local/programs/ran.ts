import { programsCommand } from '../../../local/programs/command-line.ts';

/** What the programs command gives back for a call. */
export const ran = (...args: string[]) => ranOn('', ...args);

/** The same with something on standard input. */
export const ranOn = async (stdin: string, ...args: string[]) => {
  const out: string[] = [];
  const err: string[] = [];
  async function* input() {
    yield stdin;
  }
  const status = await programsCommand(args, {
    stdin: input(),
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    env: {},
  });
  return { status, out: out.join(''), err: err.join('') };
};
