import { parseArgs } from 'node:util';
import { InputRefused } from '../../functions/domain/problems.ts';

/** Where the clinic is served, which file holds it, and whether its clock can be moved. */
export type Options = { readonly port: number; readonly data: string; readonly virtual: boolean };

export const USAGE = `npm run -s serve -- [--port N] [--data FILE] [--virtual]

  --port N     port on 127.0.0.1 (default: 8787; 0 takes any that is free)
  --data FILE  the file that holds the clinic; a new one is filled with invented patients (default: clinic.sqlite)
  --virtual    the clock can be run faster, stopped, or sent to the next event, at /clock
`;

const portOf = (text: string): number => {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (number <= 65_535) return number;
  throw new InputRefused([
    `--port: found ${JSON.stringify(text.slice(0, 40))}; allowed: a whole number from 0 to 65535`,
  ]);
};

/** Reads the command line, or throws InputRefused with one line; undefined where only help is asked for. */
export const readOptions = (args: string[]): Options | undefined => {
  const options = {
    port: { type: 'string', default: '8787' },
    data: { type: 'string', default: 'clinic.sqlite' },
    virtual: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const;
  try {
    const { port, data, virtual, help } = parseArgs({ args, options, strict: true }).values;
    if (data === '') throw new InputRefused(['--data: found ""; allowed: the path of a file']);
    return help ? undefined : { port: portOf(port), data, virtual };
  } catch (cause) {
    if (cause instanceof InputRefused) throw cause;
    const said = (cause instanceof Error ? cause.message : String(cause)).split('. ')[0]?.replaceAll(/\s+/g, ' ');
    throw new InputRefused([`options: ${said}; one of --port, --data, --virtual, --help`], { cause });
  }
};
