import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { run } from './run-command.ts';

const SCRIPTS = join(import.meta.dirname, 'emulator');
/** Kept between runs: making it takes longer than a deployment. */
const PYTHON_HOME = join(import.meta.dirname, '../../node_modules/.cache/throughline-emulator');

/** An AWS emulator that runs, with what a shell needs to speak to it. */
export type Emulator = {
  readonly url: string;
  readonly environment: {
    readonly AWS_REGION: string;
    readonly AWS_ACCESS_KEY_ID: string;
    readonly AWS_SECRET_ACCESS_KEY: string;
  };
  /** Lines of its log that say this. */
  logged(text: string): readonly string[];
  /** Ends it with all that it started. */
  stop(): Promise<void>;
};

/** The Python that is there, if it is new enough; undefined where it is missing. */
export const findPython = (): string | undefined =>
  ['python3', 'python'].find((name) => {
    const { status, stdout } = spawnSync(name, ['-c', 'import sys, venv; print(sys.version_info >= (3, 10))'], {
      encoding: 'utf8',
    });
    return status === 0 && stdout.trim() === 'True';
  });

const own = join(PYTHON_HOME, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

/** Makes the emulator's own Python environment, unless that of these requirements is there already. */
export const makeEnvironment = async (python: string): Promise<void> => {
  const requirements = join(SCRIPTS, 'requirements.txt');
  const made = join(PYTHON_HOME, 'requirements.txt');
  if (existsSync(made) && readFileSync(made, 'utf8') === readFileSync(requirements, 'utf8')) return;
  rmSync(PYTHON_HOME, { recursive: true, force: true });
  await run(python, ['-m', 'venv', PYTHON_HOME]);
  await run(own, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
  await run(own, ['-c', `import shutil; shutil.copy(${JSON.stringify(requirements)}, ${JSON.stringify(made)})`]);
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

const PATIENCE = { start: 30_000, stop: 15_000 };

const runs = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode === null && signalCode === null;

const answers = async (url: string, process: ChildProcess): Promise<void> => {
  for (const until = Date.now() + PATIENCE.start; Date.now() < until; await setTimeout(200)) {
    if (!runs(process)) break;
    const health = await fetch(`${url}/_ministack/health`).catch(() => undefined);
    if (health?.ok === true) return;
  }
  throw new Error(`the emulator did not answer at ${url}`);
};

type Options = {
  /** Whether the roles of the functions are enforced. */
  readonly iam: boolean;
  /** Where it keeps its files; it takes the folder with it when it ends, also when this process is gone before. */
  readonly folder: string;
};

/** Starts an emulator of its own on a free port. */
export const startEmulator = async ({ iam, folder }: Options): Promise<Emulator> => {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const child = spawn(own, [join(SCRIPTS, 'start.py'), folder], {
    env: {
      // Functions run on the Node of this process, whatever else is installed.
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      HOME: folder,
      TMPDIR: folder,
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      IOT_MTLS_ENABLED: '0',
      PYTHONDONTWRITEBYTECODE: '1',
      AUTH: String(iam),
    },
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      log += chunk.toString();
    });
  const logged = (text: string) => log.split('\n').filter((line) => line.includes(text));
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (runs(child)) {
      child.kill('SIGTERM');
      await Promise.race([ended, setTimeout(PATIENCE.stop, undefined, { ref: false })]);
      if (runs(child)) child.kill('SIGKILL');
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  try {
    await answers(url, child);
  } catch (error) {
    const said = logged('').slice(-20).join('\n');
    await stop();
    throw new Error(`${String(error)}:\n${said}`, { cause: error });
  }
  const environment = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
  return { url, environment, logged, stop };
};
