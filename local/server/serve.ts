import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve as listen } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { problem } from '../../functions/contracts/api/problem.ts';
import { api } from '../../functions/handlers/app/api.ts';
import { clientKey } from '../../functions/handlers/app/client-key.ts';
import { cursorsUnder } from '../../functions/handlers/app/cursors.ts';
import type { ApiDeps } from '../../functions/handlers/app/deps.ts';
import { noteRoutes } from '../../functions/handlers/app/notes.ts';
import { newLinkId } from '../../functions/runtime/clock.ts';
import { log } from '../../functions/runtime/logger.ts';
import { clinicTimetable } from '../../functions/stores/clinic-timetable.ts';
import type { DeskPorts } from '../../functions/stores/journey/desk.ts';
import type { JourneyStore } from '../../functions/stores/journey-store.ts';
import { limits } from '../../functions/stores/limits.ts';
import { readingStore } from '../../functions/stores/reading-store.ts';
import { STORAGE_TROUBLES, storageTrouble } from '../../functions/stores/storage-trouble.ts';
import type { Table } from '../../functions/stores/table.ts';
import { therapyNotes } from '../../functions/stores/therapy-notes.ts';
import type { Delivered } from '../clinic/kept-mailbox.ts';
import type { Pace } from '../clinic/pace.ts';
import { pages } from '../pages/pages.ts';
import { clockPages } from './clock.ts';
import { localIssuer } from './issuer.ts';
import { signInPages } from './sign-in.ts';
import { waitingFor } from './waiting.ts';

/** A clinic that can be served: its acts, what they and the reads stand on, and what keeps its clock going. */
export type Served = {
  readonly journeys: JourneyStore;
  readonly ports: DeskPorts;
  /** Psychotherapy notes, apart from everything else. */
  readonly notes: Table;
  readonly pace: Pace;
  readonly sent: (limit: number) => readonly Delivered[];
  onEvent(listener: () => void): void;
};

export const HOST = '127.0.0.1';
/** Where a clinic is found on this machine. */
export const addressAt = (port: number): string => `http://${HOST}:${port}`;

/** At most so many requests at a time wait for what others bring about. */
const WAIT_FOR_ALL = 4;

const ISSUER = 'urn:throughline:one-machine';

/** Only names of this machine are served: a page on the web may point a name of its own here. */
const isOurs = (host: string | undefined): boolean => /^(127\.0\.0\.1|localhost)(:\d+)?$/i.test(host ?? '');

/** Where a request came from; nothing, where the application is asked without a network. */
const addressOf = (context: Context): string | undefined => {
  const { incoming }: { incoming?: IncomingMessage } = context.env ?? {};
  return incoming?.socket.remoteAddress;
};

/** The API and the sign-in for trying out, as one application over a clinic; with `virtual` its clock as well. */
export const application = async (clinic: Served, { virtual }: { readonly virtual: boolean }): Promise<Hono> => {
  const { journeys, ports, pace } = clinic;
  const issuer = await localIssuer(ISSUER);
  const app = new Hono();
  // Whoever asks sees everything that was due by now, and what follows from a change is there for who asks next. Where many ask
  // at once a change is answered as soon as it is written, as on AWS, and what follows is worked off between the requests.
  const caughtUp = waitingFor(pace.catchUp, WAIT_FOR_ALL);
  app.use(async (context, next) => {
    if (!isOurs(context.req.header('Host'))) return context.text('Ask for 127.0.0.1 or localhost.', 421);
    await caughtUp();
    await next();
    if (context.req.method !== 'GET' && context.req.method !== 'HEAD') await caughtUp();
    return undefined;
  });
  // A browser asks for it beside every page.
  app.get('/favicon.ico', (context) => context.body(null, 204));
  app.route('/', signInPages(issuer, ports.library.clinic()));
  if (virtual) app.route('/', clockPages(pace, { now: ports.now, onEvent: clinic.onEvent }));
  const deps: ApiDeps = {
    journeys,
    reading: readingStore(ports),
    library: ports.library,
    timetable: clinicTimetable(ports),
    now: ports.now,
    tokens: issuer.tokens,
    cursors: cursorsUnder(randomBytes(32)),
    limits: limits({ ...ports, key: randomBytes(32) }),
    clientOf: (context) => clientKey(addressOf(context)),
    newId: newLinkId,
  };
  const served = api(deps, noteRoutes({ ...deps, notes: therapyNotes({ ...ports, table: clinic.notes }) }));
  app.route(
    '/',
    pages({
      api: served,
      clinic: ports.library.clinic(),
      library: ports.library,
      now: ports.now,
      sent: clinic.sent,
      speed: virtual ? pace.speed : undefined,
    }),
  );
  app.route('/', served);
  // What lies beside the API reads the file too.
  app.onError((error, context) => {
    if (error instanceof HTTPException) return error.getResponse();
    const trouble = storageTrouble(error);
    log('error', 'failed', { name: context.req.routePath, error: error.name });
    const told =
      trouble === undefined ? problem('defect') : problem('unavailable', { detail: STORAGE_TROUBLES[trouble] });
    return context.json(told, trouble === undefined ? 500 : 503, { 'Content-Type': 'application/problem+json' });
  });
  app.notFound((context) => context.json(problem('not-found'), 404, { 'Content-Type': 'application/problem+json' }));
  return app;
};

/** Serves a clinic on this machine alone; port 0 takes any that is free. Rejects with the error of the port. */
export const serve = async (
  clinic: Served,
  { port, virtual = false }: { readonly port: number; readonly virtual?: boolean },
): Promise<{ readonly url: string; close(): Promise<void> }> => {
  const app = await application(clinic, { virtual });
  return new Promise((resolve, reject) => {
    const server = listen({ fetch: app.fetch, hostname: HOST, port }, ({ port: taken }: AddressInfo) =>
      resolve({
        url: addressAt(taken),
        close: () =>
          new Promise<void>((done) => {
            server.close(() => done());
            // A browser keeps its connections open.
            if ('closeIdleConnections' in server) server.closeIdleConnections();
          }),
      }),
    );
    server.on('error', reject);
  });
};
