import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { bundledData } from '../../functions/stores/bundled-library.ts';
import { type StorageTrouble, storageTrouble } from '../../functions/stores/storage-trouble.ts';
import { checkpointsOf } from '../clinic/checkpoints.ts';
import { fillDemo, isNew, PATIENTS } from '../clinic/demo.ts';
import { keptClinic } from '../clinic/kept-clinic.ts';
import { pacing } from '../clinic/pace.ts';
import { telling } from '../command-line/telling.ts';
import { readOptions, USAGE } from './options.ts';
import { addressAt, HOST, serve } from './serve.ts';

type Streams = { readonly stdout: { write(text: string): unknown }; readonly stderr: { write(text: string): unknown } };

/** What somebody who starts the clinic can put right themselves. */
const REFUSALS: ReadonlySet<string> = new Set(['ExecutionsInUse', 'DeploymentConfigured']);
/** What is wrong with the file, and what to do about it. */
const TROUBLES: Readonly<Record<StorageTrouble, string>> = {
  locked: 'another program has it locked; close that program and start again',
  full: 'the disk is full; make room and start again',
  'read-only': 'it cannot be written to; a file in a folder that you may write to',
  'not-reachable': 'it cannot be opened; a file in a folder that is there and that you may write to',
  'no-database': 'it is no database of a clinic; the path of one, or of a file that is not there yet',
  broken: 'it cannot be read as a database; a copy of it that is whole, or a file that is not there yet',
};
/** The same while the clinic runs: it goes on by itself. */
const MEANWHILE: Readonly<Partial<Record<StorageTrouble, string>>> = {
  locked: 'another program has the file locked; what is due is tried again until it is free',
  full: 'the disk is full; what is due is tried again until there is room',
};
const PORT_CODES: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program has it',
  EACCES: 'you may not take it',
};

const problemsOf = (error: unknown): readonly string[] | undefined => {
  if (!(error instanceof Error)) return undefined;
  if (REFUSALS.has(error.name)) return [error.message];
  const trouble = storageTrouble(error);
  if (trouble !== undefined) return [`--data: ${TROUBLES[trouble]}`];
  const code = 'code' in error ? String(error.code) : '';
  const isOfPort = 'syscall' in error && error.syscall === 'listen';
  return isOfPort && code in PORT_CODES
    ? [`--port: ${PORT_CODES[code]}; another, or 0 for any that is free`]
    : undefined;
};

const failureLine = (failure: unknown): string => {
  const trouble = storageTrouble(failure);
  return (trouble && MEANWHILE[trouble]) ?? (failure instanceof Error ? failure.name : 'unknown');
};

/** The port that will be served, found before anything is written: 0 becomes one that is free. */
const freePort = (port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(port, HOST, () => {
      const at = probe.address();
      probe.close(() => resolve(typeof at === 'object' && at !== null ? at.port : port));
    });
  });

/** A secret as AWS would make one up, for as long as this process lives. */
const newSecret = (): string => `whsec_${randomBytes(48).toString('base64')}`;

const run = async (args: string[], { stdout, stderr }: Streams, stopped: Promise<unknown>): Promise<0> => {
  const options = readOptions(args);
  if (options === undefined) {
    stdout.write(USAGE);
    return 0;
  }
  const { data, virtual } = options;
  const port = await freePort(options.port);
  const address = addressAt(port);
  const webhook = options.webhook === undefined ? undefined : { url: options.webhook, secret: newSecret() };
  const library = bundledData();
  if (isNew(data)) {
    let isStopped = false;
    void stopped.then(() => {
      isStopped = true;
    });
    const onBegin = (): void =>
      void stderr.write(
        `${data} is new: filling it with ${PATIENTS.length} invented patients, which takes some seconds\n`,
      );
    const filling = { address, onBegin, stop: () => isStopped };
    if (!(await fillDemo(data, library, Date.now(), PATIENTS, filling))) return 0;
  }
  const clinic = await keptClinic({
    path: data,
    library,
    begin: Date.now(),
    address: () => address,
    webhook,
    checkpointsElsewhere: true,
  });
  const onFailure = (failure: unknown): void => void stderr.write(`failed: ${failureLine(failure)}\n`);
  const pace = pacing({ clock: clinic.clock, onFailure });
  const checkpoints = checkpointsOf(data, onFailure);
  try {
    const server = await serve({ ...clinic, pace }, { port, virtual });
    pace.begin();
    stdout.write(`The clinic is at ${server.url}/sign-in (for trying out only). Ctrl-C stops it.\n`);
    if (webhook !== undefined) stdout.write(`Events go to ${webhook.url}, signed under ${webhook.secret}\n`);
    await stopped;
    await server.close();
    await pace.end();
    return 0;
  } finally {
    await checkpoints.end();
    clinic.close();
  }
};

/** Serves the clinic until `stopped`; gives the exit status, 2 with one line a problem where it cannot begin. */
export const serveCommand = (args: string[], streams: Streams, stopped: Promise<unknown>): Promise<0 | 2> =>
  telling(streams, () => run(args, streams, stopped), problemsOf);
