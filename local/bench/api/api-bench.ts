import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledData } from '../../../functions/stores/bundled-library.ts';
import { decisionsToTake } from './decisions-to-take.ts';
import { fillLargeClinic } from './large-clinic.ts';
import { listsOf } from './lists.ts';
import { client, type Load, measure } from './load.ts';
import { type ServerProcess, startServer } from './server-process.ts';

/** How large the clinic is, who asks, and how long for each kind of request. */
export type Size = {
  readonly journeys: number;
  readonly openTasks: number;
  readonly clients: number;
  readonly seconds: number;
};
export const LARGE: Size = { journeys: 10_000, openTasks: 50_000, clients: 20, seconds: 5 };

/** So far ahead the clinic's clock stands when it is filled, so that nothing falls due while it waits to be served. */
const AHEAD_MS = 15 * 60_000;

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const lineOf = (what: string, { requests, medianMs, p99Ms, perSecond }: Load): string =>
  [
    what.padEnd(46),
    String(requests).padStart(8),
    medianMs.toFixed(1).padStart(10),
    p99Ms.toFixed(1).padStart(10),
    perSecond.toFixed(0).padStart(10),
  ].join('');

const bareRoute = async ({ clients, seconds }: Size): Promise<Load> => {
  const server = await startServer(file('bare-route.ts'), []);
  const bare = client(server.url, clients);
  try {
    return await measure(bare, clients, seconds, () => ({ method: 'GET', path: '/v1/bare', headers: {} }));
  } finally {
    bare.close();
    await server.stop();
  }
};

const memoryOf = (server: ServerProcess): string => `${server.peakMegabytes()?.toFixed(0) ?? '?'} MB`;

/** Fills a clinic, serves it, lets clients ask, and prints a line for each list and for decisions. */
export const apiBench = async (print: (line: string) => void, size: Size): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-api-'));
  const path = join(folder, 'clinic.sqlite');
  try {
    const began = performance.now();
    const filled = await fillLargeClinic(path, bundledData(), { ...size, now: Date.now() + AHEAD_MS });
    const took = ((performance.now() - began) / 1_000).toFixed(0);
    const gigabytes = (statSync(path).size / 1e9).toFixed(1);
    print(
      `${filled.journeys} journeys, ${filled.openTasks} open tasks, ${filled.rows} rows, ${gigabytes} GB: ${took} s`,
    );
    const server = await startServer(file('../../serve.ts'), ['--data', path, '--port', '0']);
    print(`ready after ${server.readySeconds.toFixed(1)} s, ${memoryOf(server)}`);
    const api = client(server.url, size.clients);
    try {
      print(`${size.clients} clients`.padEnd(46) + '  requests median ms    p99 ms  a second');
      print(lineOf('a bare route', await bareRoute(size)));
      for (const { what, next } of await listsOf(api))
        print(lineOf(what, await measure(api, size.clients, size.seconds, next)));
      for (const { what, next, clients } of await decisionsToTake(api, size.clients))
        print(lineOf(what, await measure(api, clients, size.seconds, next)));
      print(`at the most ${memoryOf(server)}`);
    } finally {
      api.close();
      await server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
