import { programsCommand } from '../../../local/programs/command-line.ts';

/** What the programs command gives back for a call. */
export const ran = async (...args: string[]) => {
  const out: string[] = [];
  const err: string[] = [];
  const status = await programsCommand(args, {
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    env: {},
  });
  return { status, out: out.join(''), err: err.join('') };
};
