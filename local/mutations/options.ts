import { InputRefused } from '../../functions/domain/problems.ts';
import { parseOptions } from '../command-line/parse-options.ts';
import type { Guard } from './guard.ts';

/** The guards to switch off (without `only` all of them), or only to be printed as a table. */
export type Options = { readonly guards: readonly Guard[]; readonly table: boolean };

export const USAGE = `npm run -s mutations -- [--only ID[,ID...]] [--table]

  --only IDs  these guards only, each as docs/testing.md names it (default: all)
  --table     switches nothing off and prints the table of docs/testing.md
`;

const OPTIONS = {
  only: { type: 'string' },
  table: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** Reads the command line, or throws InputRefused with one line; undefined where only help is asked for. */
export const readOptions = (args: string[], all: readonly Guard[]): Options | undefined => {
  const { only, table, help } = parseOptions(args, OPTIONS);
  if (help) return undefined;
  if (only === undefined) return { guards: all, table };
  const asked = only.split(',');
  const unknown = asked.find((id) => !all.some((guard) => guard.id === id));
  if (unknown !== undefined)
    throw new InputRefused([
      `--only: found ${JSON.stringify(unknown.slice(0, 40))}; allowed: ${all.map(({ id }) => id).join(', ')}`,
    ]);
  return { guards: all.filter(({ id }) => asked.includes(id)), table };
};
