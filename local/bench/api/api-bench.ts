import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledData } from '../../../functions/stores/bundled-library.ts';
import type { ApiOptions } from '../options.ts';
import { decisionsToTake } from './decisions-to-take.ts';
import { fillLargeClinic } from './large-clinic.ts';
import { listsOf } from './lists.ts';
import { client, type Load, measure } from './load.ts';
import { type ServerProcess, startServer } from './server-process.ts';

const OPEN_TASKS_A_JOURNEY = 5;
const CLIENTS = 20;
/** For each kind of request. */
const SECONDS = 5;

/** So far ahead the clinic's clock stands when it is filled, so that nothing falls due before it is served, or served again. */
const AHEAD_MS = 4 * 3_600_000;

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const cells = (what: string, ...rest: readonly string[]): string =>
  [what.padEnd(46), ...rest.map((each) => each.padStart(11))].join('');
const heading = (clients: number): string =>
  cells(`${clients} clients`, 'requests', 'median ms', 'p99 ms', 'a second', 'cpu ms each');

type Spent = { readonly load: Load; readonly cpuMs: number | undefined };
const lineOf = (what: string, { load, cpuMs }: Spent): string => {
  const { requests, medianMs, p99Ms, perSecond } = load;
  const numbers = [medianMs.toFixed(1), p99Ms.toFixed(1), perSecond.toFixed(0), cpuMs?.toFixed(2) ?? '?'];
  return cells(what, String(requests), ...numbers);
};

/** What a load took, and what the server's process spent on each of its requests: on a busy machine only that says much. */
const spent = async (server: ServerProcess, load: () => Promise<Load>): Promise<Spent> => {
  const before = server.cpuMs();
  const took = await load();
  const after = server.cpuMs();
  return {
    load: took,
    cpuMs: before === undefined || after === undefined ? undefined : (after - before) / took.asked,
  };
};

const bareRoute = async (): Promise<Spent> => {
  const server = await startServer(file('bare-route.ts'), []);
  const bare = client(server.url, CLIENTS);
  try {
    const ask = { method: 'GET', path: '/v1/bare', headers: {} } as const;
    return await spent(server, () => measure(bare, CLIENTS, SECONDS, () => ask));
  } finally {
    bare.close();
    await server.stop();
  }
};

const memoryOf = (server: ServerProcess): string => `${server.peakMegabytes()?.toFixed(0) ?? '?'} MB`;

/** Fills a clinic with copies of journeys that were lived, and says what it holds then. */
const fill = async (path: string, journeys: number): Promise<string> => {
  const began = performance.now();
  const openTasks = journeys * OPEN_TASKS_A_JOURNEY;
  const filled = await fillLargeClinic(path, bundledData(), { journeys, openTasks, now: Date.now() + AHEAD_MS });
  const took = ((performance.now() - began) / 1_000).toFixed(0);
  const gigabytes = (statSync(path).size / 1e9).toFixed(1);
  return `${filled.journeys} journeys, ${filled.openTasks} open tasks, ${filled.rows} rows, ${gigabytes} GB: filled in ${took} s`;
};

/**
 * Fills a clinic, serves it, lets clients ask, and prints a line for each list and for decisions. A file that is named is kept, and
 * served as it is where it is there already.
 */
export const apiBench = async (print: (line: string) => void, { journeys, data }: ApiOptions): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-api-'));
  const path = data ?? join(folder, 'clinic.sqlite');
  try {
    print(existsSync(path) ? `${path} as it is` : await fill(path, journeys));
    const server = await startServer(file('../../serve.ts'), ['--data', path, '--port', '0']);
    print(`ready after ${server.readySeconds.toFixed(1)} s, ${memoryOf(server)}`);
    const api = client(server.url, CLIENTS);
    try {
      print(heading(CLIENTS));
      print(lineOf('a bare route', await bareRoute()));
      for (const { what, next } of await listsOf(api))
        print(lineOf(what, await spent(server, () => measure(api, CLIENTS, SECONDS, next))));
      for (const { what, next, clients, counts } of await decisionsToTake(api, CLIENTS))
        print(lineOf(what, await spent(server, () => measure(api, clients, SECONDS, next, counts))));
      print(`at the most ${memoryOf(server)}`);
    } finally {
      api.close();
      await server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
