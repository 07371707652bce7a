import type { Program } from '../../functions/domain/program/program.ts';
import { bundledData, keptProgram, libraryOf } from '../../functions/stores/bundled-library.ts';
import type { OpenClinic } from '../../operations/clinic/open-clinic.ts';
import type { World } from '../support/scenes.ts';

/** What a command printed, and with which status it ended. */
export const ran = async <O>(
  command: (
    args: string[],
    open: (place: O) => Promise<OpenClinic>,
    around: {
      stdout: { write(text: string): unknown };
      stderr: { write(text: string): unknown };
      env: NodeJS.ProcessEnv;
    },
  ) => Promise<number>,
  clinic: OpenClinic,
  ...args: string[]
) => {
  const out: string[] = [];
  const err: string[] = [];
  const status = await command(args, async () => clinic, {
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    env: {},
  });
  return { status, out: out.join(''), err: err.join('') };
};

/** Any file serves: the clinic behind it is the test's. */
export const HERE = ['--store', 'package.json'];

/** A world as operators' commands see it, with further versions of its programs. */
export const opened = (world: World, ...further: Program[]): OpenClinic => {
  const data = { ...bundledData(), programs: [...bundledData().programs, ...further.map(keptProgram)] };
  return {
    ports: { ...world.ports(), library: libraryOf(data) },
    data,
    status: async ({ name }) => world.running.get(name) ?? 'MISSING',
    carried: async () => undefined,
    close: () => undefined,
  };
};
