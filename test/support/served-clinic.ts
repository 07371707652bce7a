import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { viewerOf } from '../../functions/contracts/api/viewer.ts';
import type { Role } from '../../functions/domain/names.ts';
import { api } from '../../functions/handlers/app/api.ts';
import { clientKey } from '../../functions/handlers/app/client-key.ts';
import { cursorsUnder } from '../../functions/handlers/app/cursors.ts';
import type { ApiDeps } from '../../functions/handlers/app/deps.ts';
import { noteRoutes } from '../../functions/handlers/app/notes.ts';
import { newLinkId } from '../../functions/runtime/clock.ts';
import { TokenRefused } from '../../functions/runtime/tokens.ts';
import { bundledData } from '../../functions/stores/bundled-library.ts';
import { clinicTimetable } from '../../functions/stores/clinic-timetable.ts';
import { limits } from '../../functions/stores/limits.ts';
import { readingStore } from '../../functions/stores/reading-store.ts';
import { therapyNotes } from '../../functions/stores/therapy-notes.ts';
import { consultOf } from '../../local/clinic/consult.ts';
import { keptClinic } from '../../local/clinic/kept-clinic.ts';
import { answering } from '../../local/rehearsal/answers.ts';
import { readScenario } from '../../local/rehearsal/scenario.ts';

/** Who asks in a test, written `role`, `role:id` or `role:id:practice`. */
export type Who = Role | `${Role}:${string}`;

/** The person who acts in each role where a test names none. */
const USUAL: Readonly<Record<Role, string>> = {
  patient: 'patient-1',
  chaperone: 'chaperone',
  coordinator: 'coordinator-1',
  nurse: 'nurse-1',
  therapist: 'therapist-1',
  provider: 'provider-1',
  'medical-director': 'medical-director-1',
  'on-call': 'provider-2',
  partner: 'therapist-11',
};

/** Asks as a person, in the words of a token that says who it is. */
const tokenOf = (who: Who): string => {
  const [role = '', id = USUAL[role as Role], practice = role === 'partner' ? 'partner-1' : ''] = who.split(':');
  return Buffer.from(JSON.stringify([id, [role, ...(practice === '' ? [] : [`partner.${practice}`])]])).toString(
    'base64url',
  );
};

/** An answer as a test reads it: JSON whose fields it names. */
// biome-ignore lint/suspicious/noExplicitAny: a test reads what was answered, whatever it is.
type Answer = { readonly status: number; readonly headers: Headers; readonly text: string; readonly body: any };

/** A clinic in a file of its own whose API is asked without a network; the clock stands where it was run to. */
export const servedClinic = async ({ address }: { readonly address?: string } = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'served-'));
  const start = (await readScenario({ program: 'northwest-iv' })).start;
  const file = join(folder, 'clinic.sqlite');
  const clinic = await keptClinic({
    path: file,
    library: bundledData(),
    begin: Date.parse(start),
    address: () => address,
  });
  const apiDeps: ApiDeps = {
    journeys: clinic.journeys,
    reading: readingStore(clinic.ports),
    library: clinic.ports.library,
    timetable: clinicTimetable(clinic.ports),
    now: clinic.ports.now,
    cursors: cursorsUnder(new Uint8Array(32)),
    limits: limits({ ...clinic.ports, key: new Uint8Array(32) }),
    clientOf: ({ req }) => clientKey(req.header('X-Test-Address')),
    newId: newLinkId,
    tokens: {
      verify: async (token) => {
        const [id, groups] = JSON.parse(Buffer.from(token, 'base64url').toString());
        if (typeof id !== 'string') throw new TokenRefused('no such token');
        return viewerOf(id, groups);
      },
    },
  };
  const notes = therapyNotes({ ...clinic.ports, table: clinic.notes });
  const app = api(apiDeps, noteRoutes({ ...apiDeps, notes }));
  const settle = (): Promise<unknown> => clinic.clock.run({ until: clinic.clock.millis() });

  const ask = async (
    who: Who | null,
    method: string,
    path: string,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer> => {
    const response = await app.request(path, {
      method,
      headers: {
        ...(who !== null && { Authorization: `Bearer ${tokenOf(who)}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (method === 'POST') await settle();
    const isJson = response.headers.get('Content-Type')?.includes('json') === true;
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
  };

  return {
    clinic,
    /** What its API stands on. */
    apiDeps,
    app,
    file,
    ask,
    settle,
    get: (who: Who, path: string) => ask(who, 'GET', path),
    post: (who: Who, path: string, body: unknown, headers: Record<string, string> = {}) =>
      ask(who, 'POST', path, { body, headers }),
    /** A patient whose people answer in time for so many days; says the journey's id. */
    async patient({
      id = 'patient-1',
      days,
      scenario = {},
      fit = {},
      facts,
    }: {
      id?: string;
      days: number;
      scenario?: Record<string, unknown>;
      fit?: object;
      /** What is known of their health when they ask; the scenario's where it is left out. */
      facts?: object;
    }): Promise<string> {
      const read = await readScenario({ program: 'northwest-iv', start: clinic.clock.now(), ...scenario });
      const request = consultOf(read.patient, read.program, id);
      const people = answering(clinic, read);
      let journeyId = '';
      clinic.onEvent((event) => {
        if (event.journeyId === journeyId) people.hear(event);
      });
      const made: unknown = await clinic.invoke('request-consult')({
        ...request,
        fit: { ...request.fit, ...fit },
        facts: facts ?? request.facts,
      });
      journeyId = typeof made === 'object' && made !== null && 'journeyId' in made ? String(made.journeyId) : '';
      await clinic.clock.run({ until: clinic.clock.millis() + days * 86_400_000 });
      people.leave();
      return journeyId;
    },
    close(): void {
      clinic.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

export type ServedClinic = Awaited<ReturnType<typeof servedClinic>>;
