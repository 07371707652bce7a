import type { Surroundings } from '../../../local/clinical/command.ts';

/** What a command reads and writes, kept for a test to look at. */
export const around = (stdin = '') => {
  const out: string[] = [];
  const err: string[] = [];
  const streams: Surroundings = {
    stdin: (async function* () {
      // In pieces, as a pipe delivers it.
      for (const piece of stdin.match(/[\s\S]{1,1000}/g) ?? []) yield Buffer.from(piece);
    })(),
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
  };
  return { streams, out: () => out.join(''), err: () => err.join('') };
};
