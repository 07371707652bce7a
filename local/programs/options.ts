import { parseArgs } from 'node:util';
import { InputRefused, shown } from '../../functions/domain/problems.ts';

export const USAGE = `npm run -s programs -- check [FILE...]
npm run -s programs -- keep ID
npm run -s programs -- schema [--check]

  check [FILE...]    says for each program file what it promises, or what is wrong with it
                     (default: all of programs/; - reads standard input)
  keep ID            keeps the present version in programs/earlier for the journeys that are pinned to it, and makes
                     programs/ID.json the next one
  schema             writes programs/program.schema.json, by which editors help with program files
  schema --check     only says whether it is current
`;

/** What the command line asks for. */
export type Options =
  | { readonly command: 'help' }
  | { readonly command: 'check'; readonly files: readonly string[] }
  | { readonly command: 'keep'; readonly id: string }
  | { readonly command: 'schema'; readonly onlyCheck: boolean };

const OPTIONS = { check: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } as const;

const refuse = (what: string, cause?: unknown): never => {
  throw new InputRefused([`options: ${what}`], { cause });
};

const parse = (args: string[]) => {
  try {
    return parseArgs({ args, options: OPTIONS, strict: true, allowPositionals: true });
  } catch (cause) {
    const said = (cause instanceof Error ? cause.message : String(cause)).split('. ')[0]?.replaceAll(/\s+/g, ' ');
    return refuse(`${said}; one of --check, --help`, cause);
  }
};

/** Reads the command line, or throws InputRefused with one line. */
export const readOptions = (args: string[]): Options => {
  const { values, positionals } = parse(args);
  const [command, ...files] = positionals;
  if (values.help) return { command: 'help' };
  if (command === 'check' && !values.check) return { command, files };
  if (command === 'keep' && !values.check && files[0] !== undefined && files.length === 1)
    return { command, id: files[0] };
  if (command === 'schema' && files.length === 0) return { command, onlyCheck: values.check };
  if (command === 'check') return refuse('--check goes with schema; allowed: check [FILE...]');
  if (command === 'keep') return refuse(`found ${files.length} ids; allowed: keep ID`);
  if (command === 'schema') return refuse(`found ${shown(files[0])}; allowed: schema [--check]`);
  return refuse(
    command === undefined
      ? 'no command; one of check, keep, schema'
      : `unknown command ${shown(command)}; one of check, keep, schema`,
  );
};
