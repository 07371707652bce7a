import { InputRefused } from '../../functions/domain/problems.ts';
import { parseOptions } from '../command-line/parse-options.ts';

/** Where the clinic is served, which file holds it, and whether its clock can be moved. */
export type Options = {
  readonly port: number;
  readonly data: string;
  readonly virtual: boolean;
  /** Where another system on this machine is told of events. */
  readonly webhook?: string;
};

export const USAGE = `npm start -- [--port N] [--data FILE] [--virtual] [--webhook URL]

  --port N     port on 127.0.0.1 (default: 8787; 0 takes any that is free)
  --data FILE  the file that holds the clinic; a new one is filled with invented patients (default: clinic.sqlite)
  --virtual    the clock can be run faster, stopped, or sent to the next event, at /clock
  --webhook URL  an address on this machine that is told of each event, signed as on AWS (docs/webhooks.md)
`;

const portOf = (text: string): number => {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (number <= 65_535) return number;
  throw new InputRefused([
    `--port: found ${JSON.stringify(text.slice(0, 40))}; allowed: a whole number from 0 to 65535`,
  ]);
};

const OPTIONS = {
  port: { type: 'string', default: '8787' },
  data: { type: 'string', default: 'clinic.sqlite' },
  virtual: { type: 'boolean', default: false },
  webhook: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

const webhookOf = (text: string): string => {
  if (/^http:\/\/(127\.0\.0\.1|localhost)(:\d{1,5})?(\/[^\s?#]*)?$/.test(text)) return text;
  throw new InputRefused([
    `--webhook: found ${JSON.stringify(text.slice(0, 60))}; allowed: an address of this machine, such as http://127.0.0.1:9000/events`,
  ]);
};

/** Reads the command line, or throws InputRefused with one line; undefined where only help is asked for. */
export const readOptions = (args: string[]): Options | undefined => {
  const { port, data, virtual, webhook, help } = parseOptions(args, OPTIONS);
  if (data === '') throw new InputRefused(['--data: found ""; allowed: the path of a file']);
  if (help) return undefined;
  return { port: portOf(port), data, virtual, ...(webhook !== undefined && { webhook: webhookOf(webhook) }) };
};
