import { InputRefused } from '../../functions/domain/problems.ts';
import { parseOptions } from '../command-line/parse-options.ts';

/** How many scenarios are told, and from which seed: the same two tell the same ones. */
export type Options = {
  readonly runs: number;
  readonly seed: number;
  readonly to: string;
  /** The first scenario that goes wrong is left as long as it is: making it small takes many more journeys. */
  readonly asFound: boolean;
};

export const USAGE = `npm run -s chaos -- [--runs N] [--seed S] [--to FILE] [--as-found]

  --runs N   scenarios to rehearse (default: 500)
  --seed S   whole number from which all of them come (default: 1)
  --to FILE  where the scenario of a failure goes (default: chaos-<seed>.json), for rehearse -- --scenario FILE
  --as-found does not make that scenario smaller
`;

const MOST = 2_147_483_647;

const whole = (name: string, text: string | undefined, fallback: number, least: number): number => {
  if (text === undefined) return fallback;
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= MOST) return number;
  throw new InputRefused([
    `--${name}: found ${JSON.stringify(text.slice(0, 40))}; allowed: a whole number from ${least} to ${MOST}`,
  ]);
};

const OPTIONS = {
  runs: { type: 'string' },
  seed: { type: 'string' },
  to: { type: 'string' },
  'as-found': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** Reads the command line, or throws InputRefused with one line; undefined where only help is asked for. */
export const readOptions = (args: string[]): Options | undefined => {
  const { runs, seed, to, 'as-found': asFound, help } = parseOptions(args, OPTIONS);
  if (help) return undefined;
  const from = whole('seed', seed, 1, 0);
  return { runs: whole('runs', runs, 500, 1), seed: from, to: to ?? `chaos-${from}.json`, asFound };
};
