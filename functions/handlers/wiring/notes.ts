import type { Hono } from 'hono';
import { noteOperations } from '../../contracts/api/notes.ts';
import { env } from '../../runtime/env.ts';
import { readingStore } from '../../stores/reading-store.ts';
import { therapyNotes } from '../../stores/therapy-notes.ts';
import { application, signedIn } from '../app/application.ts';
import { cursorsUnder } from '../app/cursors.ts';
import type { Served } from '../app/gateway.ts';
import { noteRoutes } from '../app/notes.ts';
import { journeyPorts } from './journeys.ts';
import { issuedTokens, withSecret } from './served.ts';
import { tableNamed } from './tables.ts';

const applicationWith = (keyFor: (use: string) => Uint8Array): Hono => {
  const ports = journeyPorts();
  const routes = noteRoutes({
    reading: readingStore(ports),
    library: ports.library,
    now: ports.now,
    cursors: cursorsUnder(keyFor('cursors')),
    notes: therapyNotes({ ...ports, table: tableNamed(env('NOTES_TABLE')) }),
  });
  return application(noteOperations, routes, signedIn(issuedTokens()));
};

/** The operations on psychotherapy notes on AWS: over a table of their own, and the clinic's for who may and who looked. */
export const wireNotes = (): Served => withSecret(applicationWith);
