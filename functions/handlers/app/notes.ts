import { noteOperations } from '../../contracts/api/notes.ts';
import { RIGHTS } from '../../contracts/api/rights.ts';
import { personOf } from '../../domain/clinic/roster.ts';
import type { Journey } from '../../domain/journey/journey.ts';
import { noteRefusal, othersReadBy, releaseRefusal, seesRelease } from '../../domain/notes/authority.ts';
import type { NoteRelease, NoteVersion } from '../../domain/notes/note.ts';
import { InputRefused } from '../../domain/problems.ts';
import { localDate } from '../../domain/time/local.ts';
import type { TherapyNotes } from '../../stores/therapy-notes.ts';
import { actingAs } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { KeyUsed, NotThere, Refused } from './errors.ts';
import { listing } from './listing.ts';
import { looking } from './looking.ts';
import { pageOf } from './paging.ts';
import { type Asking, type Route, route } from './route.ts';

export type NoteDeps = Pick<ApiDeps, 'reading' | 'library' | 'now' | 'cursors'> & { readonly notes: TherapyNotes };

const noteOf = ({ journeyId: _, patientId: __, ...note }: NoteVersion) => note;
const releaseOf = ({ journeyId: _, patientId: __, scope: ___, ...release }: NoteRelease) => release;

/**
 * Psychotherapy notes: for their author, and for whom the patient authorized. What others wrote is not there for anybody else, nor that
 * they wrote; each request that reads or writes some is written down first.
 */
export const noteRoutes = (deps: NoteDeps) => {
  const { notes, reading, library, now } = deps;
  const look = looking(deps);
  const list = listing(deps);
  const today = (): string => localDate(now(), library.clinic().zone);

  const noteLook = ({ viewer: { id, roles }, operation }: Asking, journeyId: string): Promise<void> =>
    reading.noteRead(journeyId, { by: { id, roles }, operation, parts: ['psychotherapy-notes'] });
  const reach = async ({ viewer }: Asking, journeyId: string): Promise<Journey> => {
    const journey = await look.journey(viewer, journeyId);
    if (journey === undefined) throw new NotThere();
    return journey;
  };
  /** The same key again must ask for the same. */
  const once = (
    note: NoteVersion,
    asked: Partial<NoteVersion>,
  ): { answer: ReturnType<typeof noteOf>; version: string } => {
    if (!Object.entries(asked).every(([field, value]) => Reflect.get(note, field) === value))
      throw new KeyUsed('Idempotency-Key: was given with another note; a new one for each');
    return { answer: noteOf(note), version: String(note.version) };
  };
  const releaseRoles = RIGHTS['record-note-release'];

  return {
    'list-notes': route(noteOperations['list-notes'], async (asked) => {
      const { journeyId } = asked.params;
      const { id } = asked.viewer;
      const own = await notes.hasWritten(journeyId, id);
      // Whoever wrote notes keeps them, also when the patient is no longer theirs.
      if (!own) await reach(asked, journeyId);
      const others = othersReadBy(id, await notes.releases(journeyId), today());
      const authors = [...(own ? [id] : []), ...others];
      if (authors.length > 0) await noteLook(asked, journeyId);
      const answer = await list(asked, asked.query, { journeyId, authors }, (from) =>
        pageOf(
          authors.length,
          from,
          (stretch, place) => notes.of({ journeyId, author: authors[stretch] ?? id }, place),
          async (note) => noteOf(note),
        ),
      );
      return { answer };
    }),

    'write-note': route(noteOperations['write-note'], async (asked) => {
      const { journeyId } = asked.params;
      const { appointmentId, text } = asked.body;
      const { patientId } = await reach(asked, journeyId);
      const session = await reading.appointment(journeyId, appointmentId);
      if (session === undefined)
        throw new InputRefused([`body.appointmentId: there is no such appointment of this journey`]);
      const refusal = noteRefusal(asked.viewer, session.value, now());
      if (refusal !== undefined) throw new Refused(refusal);
      await noteLook(asked, journeyId);
      const author = asked.viewer.id;
      const written = await notes.write({ journeyId, patientId, author, appointmentId, text, key: asked.key });
      return once(written, { appointmentId, text, version: 1 });
    }),

    'correct-note': route(noteOperations['correct-note'], async (asked) => {
      const { journeyId, number } = asked.params;
      const { text } = asked.body;
      const author = asked.viewer.id;
      if (!(await notes.hasWritten(journeyId, author))) throw new NotThere();
      await noteLook(asked, journeyId);
      const corrected = await notes.correct({ journeyId, author, number, text, key: asked.key, seen: asked.version });
      return once(corrected, { number, text });
    }),

    'list-note-releases': route(noteOperations['list-note-releases'], async (asked) => {
      const { journeyId } = asked.params;
      await reach(asked, journeyId);
      const releases = await notes.releases(journeyId);
      return { answer: { items: releases.filter((each) => seesRelease(asked.viewer, each)).map(releaseOf) } };
    }),

    'record-note-release': route(noteOperations['record-note-release'], async (asked) => {
      const { journeyId } = asked.params;
      const { patientId } = await reach(asked, journeyId);
      const recordedBy = actingAs(asked.viewer, releaseRoles, 'to record an authorization');
      const unknown = (['author', 'to'] as const).filter(
        (who) => personOf(library.clinic(), asked.body[who]) === undefined,
      );
      if (unknown.length > 0)
        throw new InputRefused(unknown.map((who) => `body.${who}: found nobody of the clinic or its partners`));
      const refusal = releaseRefusal(recordedBy.id, asked.body, today());
      if (refusal !== undefined) throw new Refused(refusal);
      const recorded = await notes.release({ ...asked.body, journeyId, patientId, recordedBy });
      if (recorded.expiresOn !== asked.body.expiresOn) throw new Refused('it is recorded with another last day');
      return { answer: releaseOf(recorded) };
    }),

    'revoke-note-release': route(noteOperations['revoke-note-release'], async (asked) => {
      const { journeyId } = asked.params;
      await reach(asked, journeyId);
      const by = actingAs(asked.viewer, releaseRoles, 'to take back an authorization');
      const revoked = await notes.revoke({ ...asked.body, journeyId }, { on: today(), by }, (release) =>
        seesRelease(asked.viewer, release),
      );
      return { answer: releaseOf(revoked) };
    }),
  } satisfies Record<keyof typeof noteOperations, Route>;
};
