import { randomBytes } from 'node:crypto';
import { bundledData } from '../../functions/stores/bundled-library.ts';
import { fillDemo, isNew, PATIENTS } from '../clinic/demo.ts';
import { keptClinic } from '../clinic/kept-clinic.ts';
import { pacing } from '../clinic/pace.ts';
import { telling } from '../command-line/telling.ts';
import { readOptions, USAGE } from './options.ts';
import { addressAt, serve } from './serve.ts';

type Streams = { readonly stdout: { write(text: string): unknown }; readonly stderr: { write(text: string): unknown } };

/** What somebody who starts the clinic can put right themselves. */
const REFUSALS: ReadonlySet<string> = new Set(['ExecutionsInUse', 'DeploymentConfigured']);
const PORT_CODES: ReadonlySet<string> = new Set(['EADDRINUSE', 'EACCES']);

const problemsOf = (error: unknown): readonly string[] | undefined => {
  if (!(error instanceof Error)) return undefined;
  if (REFUSALS.has(error.name)) return [error.message];
  const code = 'code' in error ? String(error.code) : '';
  return PORT_CODES.has(code) ? [`--port: ${code}; another, or 0 for any that is free`] : undefined;
};

/** A secret as AWS would make one up, for as long as this process lives. */
const newSecret = (): string => `whsec_${randomBytes(48).toString('base64')}`;

const run = async (args: string[], { stdout, stderr }: Streams, stopped: Promise<unknown>): Promise<0> => {
  const options = readOptions(args);
  if (options === undefined) {
    stdout.write(USAGE);
    return 0;
  }
  const { data, port, virtual } = options;
  const webhook = options.webhook === undefined ? undefined : { url: options.webhook, secret: newSecret() };
  const library = bundledData();
  // Which port is free is known once it is taken; until then messages hold no links.
  let address = port === 0 ? undefined : addressAt(port);
  if (isNew(data)) {
    stderr.write(`${data} is new: it is being filled with invented patients\n`);
    await fillDemo(data, library, Date.now(), PATIENTS, address);
  }
  const clinic = await keptClinic({ path: data, library, begin: Date.now(), address: () => address, webhook });
  const pace = pacing({
    clock: clinic.clock,
    onFailure: (failure) => stderr.write(`failed: ${failure instanceof Error ? failure.name : 'unknown'}\n`),
  });
  try {
    const server = await serve({ ...clinic, pace }, { port, virtual });
    address = server.url;
    pace.begin();
    stdout.write(`The clinic is at ${server.url}; sign in at ${server.url}/sign-in (for trying out only)\n`);
    if (webhook !== undefined) stdout.write(`Events go to ${webhook.url}, signed under ${webhook.secret}\n`);
    await stopped;
    await server.close();
    await pace.end();
    return 0;
  } finally {
    clinic.close();
  }
};

/** Serves the clinic until `stopped`; gives the exit status, 2 with one line a problem where it cannot begin. */
export const serveCommand = (args: string[], streams: Streams, stopped: Promise<unknown>): Promise<0 | 2> =>
  telling(streams, () => run(args, streams, stopped), problemsOf);
