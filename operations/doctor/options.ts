import { InputRefused, shown } from '../../functions/domain/problems.ts';
import { parseOptions } from '../../local/command-line/parse-options.ts';
import { type Deployed, deployedOf } from '../clinic/place.ts';

export const USAGE = `npm run -s doctor -- [--store FILE] [--port PORT]
npm run -s doctor -- --stage STAGE | --settings FILE

  asks a clinic whether everything that its patients need is there; each line says ok, or what to do.
  Without a stage it is the clinic on this machine.

  --stage STAGE     the clinic of deployments/STAGE.json, in the account and region of the shell;
                    with AWS_ENDPOINT_URL on an emulator, which does not know of everything
  --settings FILE   the clinic of another settings file
  --table NAME      its table, where it is not STAGE-journeys; the environment's TABLE does the same
  --store FILE      the file in which the clinic on this machine keeps everything (default: throughline.sqlite)
  --port PORT       where it listens on 127.0.0.1 (default: any that is free)

  Exit status: 0 nothing to do, 1 something to do, 2 wrong input. What is not known is no failure.
`;

const OPTIONS = {
  stage: { type: 'string' },
  settings: { type: 'string' },
  table: { type: 'string' },
  store: { type: 'string' },
  port: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** Whom to ask. */
export type Options = Deployed | { readonly kind: 'local'; readonly data: string; readonly port: number };

const portOf = (text = '0'): number => {
  const number = Number(text);
  if (/^\d{1,5}$/.test(text) && number <= 65_535) return number;
  throw new InputRefused([`options.port: found ${shown(text)}; a number from 0 to 65535`]);
};

/** Reads the command line; undefined where help is asked for. Throws InputRefused with one line a problem. */
export const readOptions = (args: string[], env: NodeJS.ProcessEnv): Options | undefined => {
  const values = parseOptions(args, OPTIONS);
  if (values.help) return undefined;
  const { stage, settings, table, store, port } = values;
  const deployed = stage ?? settings ?? table;
  if (deployed !== undefined && (store ?? port) !== undefined)
    throw new InputRefused([
      'options: --store and --port are of the clinic on this machine, the others of a deployed one',
    ]);
  if (deployed !== undefined) return deployedOf(values, env);
  return { kind: 'local', data: store ?? 'throughline.sqlite', port: portOf(port) };
};
