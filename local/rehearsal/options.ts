import { parseArgs } from 'node:util';
import { InputRefused } from '../../functions/domain/problems.ts';

/** What the command line asks for. */
export type Options = {
  readonly program: string | undefined;
  /** A path, or `-` for standard input. */
  readonly scenario: string | undefined;
  readonly json: boolean;
  readonly record: string | undefined;
  readonly help: boolean;
};

export const USAGE = `npm run -s rehearse -- [--program ID] [--scenario FILE] [--json] [--record FILE]

  --program ID      a program of programs/, or a path to a program file (default: northwest-iv)
  --scenario FILE   a scenario as JSON; - reads standard input
  --json            one JSON object instead of the timeline to read
  --record FILE     also writes every execution's history as JSON lines
`;

const OPTIONS = {
  program: { type: 'string' },
  scenario: { type: 'string' },
  json: { type: 'boolean', default: false },
  record: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** Reads the command line, or throws InputRefused with one line. */
export const readOptions = (args: string[]): Options => {
  try {
    const { program, scenario, json, record, help } = parseArgs({ args, options: OPTIONS, strict: true }).values;
    return { program, scenario, json, record, help };
  } catch (cause) {
    const said = (cause instanceof Error ? cause.message : String(cause)).split('. ')[0]?.replaceAll(/\s+/g, ' ');
    const known = Object.keys(OPTIONS).map((name) => `--${name}`);
    throw new InputRefused([`options: ${said}; one of ${known.join(', ')}`], { cause });
  }
};
