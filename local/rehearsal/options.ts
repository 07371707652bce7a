import { parseOptions } from '../command-line/parse-options.ts';

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
  const { program, scenario, json, record, help } = parseOptions(args, OPTIONS);
  return { program, scenario, json, record, help };
};
