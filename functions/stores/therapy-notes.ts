import * as z from 'zod';
import type { Role } from '../domain/names.ts';
import { NoteRelease, NoteVersion } from '../domain/notes/note.ts';
import type { From } from './reading-store.ts';
import { rowKind } from './row-kind.ts';
import { RowMissing, type Transaction, type TransactionPorts, transact, VersionPast } from './transaction.ts';

/** One author's notes of one journey lie together, so that no query for somebody's notes meets another's. */
const shelf = (journeyId: string, author: string): string => `notes#${journeyId}#${author}`;
const padded = (number: number): string => String(number).padStart(6, '0');
type Whose = { readonly journeyId: string; readonly author: string };

/** How many notes an author has written in a journey. */
const books = rowKind({
  schema: z.strictObject({ journeyId: z.string(), author: z.string(), notes: z.int().min(1) }),
  key: ({ journeyId, author }: Whose) => ({ pk: shelf(journeyId, author), sk: 'book' }),
  idOf: (book) => book,
});

const versions = rowKind({
  schema: NoteVersion,
  key: ({ journeyId, author, number, version }: Whose & Pick<NoteVersion, 'number' | 'version'>) => ({
    pk: shelf(journeyId, author),
    sk: `note#${padded(number)}#${padded(version)}`,
  }),
  idOf: (note) => note,
});

/** What was written under a request's key, so that the same request again is the same version. */
const deliveries = rowKind({
  schema: z.strictObject({
    journeyId: z.string(),
    author: z.string(),
    key: z.string(),
    number: z.int().min(1),
    version: z.int().min(1),
  }),
  key: ({ journeyId, author, key }: Whose & { key: string }) => ({ pk: shelf(journeyId, author), sk: `key#${key}` }),
  idOf: (delivery) => delivery,
});

const releasesOf = (journeyId: string): string => `note-releases#${journeyId}`;
const releases = rowKind({
  schema: NoteRelease,
  key: ({ journeyId, author, to, signedOn }: ReleaseId) => ({
    pk: releasesOf(journeyId),
    sk: `release#${author}#${to}#${signedOn}`,
  }),
  idOf: (release) => release,
});
type ReleaseId = Pick<NoteRelease, 'journeyId' | 'author' | 'to' | 'signedOn'>;

type Writing = Whose & { readonly key: string; readonly text: string };
type By = { readonly role: Role; readonly id: string };

/** The version that a key was used for already. */
const delivered = async ({ get, need }: Transaction, writing: Writing): Promise<NoteVersion | undefined> => {
  const known = await get(deliveries, writing);
  return known && need(versions, known);
};

/**
 * Psychotherapy notes and what lets others read them, in a table of their own (ADR 0022). A version is written once and never again,
 * under the condition that nothing stands there; nothing here deletes.
 */
export const therapyNotes = (ports: TransactionPorts) => {
  const { table } = ports;
  const keep = (transaction: Transaction, key: string, note: NoteVersion): NoteVersion => {
    const { journeyId, author, number, version } = note;
    transaction.put(versions, note);
    transaction.put(deliveries, { journeyId, author, key, number, version });
    return note;
  };
  return {
    /** Writes a note, or gives what the same key wrote before. */
    write: (writing: Writing & { readonly patientId: string; readonly appointmentId: string }): Promise<NoteVersion> =>
      transact(ports, 'write-note', async (transaction) => {
        const before = await delivered(transaction, writing);
        if (before !== undefined) return before;
        const { key, text, ...about } = writing;
        const { journeyId, author } = about;
        const number = ((await transaction.get(books, writing))?.notes ?? 0) + 1;
        transaction.put(books, { journeyId, author, notes: number });
        return keep(transaction, key, { ...about, number, version: 1, at: transaction.now, text });
      }),
    /** Appends a version; `seen` is the last one that its author knows, where they say. Rejects with RowMissing where there is no such note, VersionPast where `seen` is no longer the last. */
    correct: (
      writing: Writing & { readonly number: number; readonly seen: string | undefined },
    ): Promise<NoteVersion> =>
      transact(ports, 'correct-note', async (transaction) => {
        const before = await delivered(transaction, writing);
        if (before !== undefined) return before;
        const { journeyId, author, number, key, text, seen } = writing;
        const known = await transaction.list(versions, shelf(journeyId, author), `note#${padded(number)}#`);
        const last = known.at(-1);
        if (last === undefined) throw new RowMissing(versions.key({ journeyId, author, number, version: 1 }));
        if (seen !== undefined && seen !== String(last.version))
          throw new VersionPast('the note was corrected meanwhile');
        return keep(transaction, key, { ...last, version: last.version + 1, at: transaction.now, text });
      }),
    /** Whether somebody has written notes of a journey. */
    hasWritten: async (journeyId: string, author: string): Promise<boolean> =>
      (await table.get(books.key({ journeyId, author }))) !== undefined,
    /** One author's notes, the newest first, every version of each. */
    async of({ journeyId, author }: Whose, { cursor, limit }: From) {
      const page = await table.query({
        pk: shelf(journeyId, author),
        prefix: 'note#',
        descending: true,
        limit,
        ...(cursor !== undefined && { cursor }),
      });
      return { items: page.rows.map((row) => versions.read(row)), cursor: page.cursor };
    },
    /** Everything that a patient signed about notes of a journey. */
    releases: (journeyId: string): Promise<NoteRelease[]> =>
      transact(ports, 'list-note-releases', ({ list }) => list(releases, releasesOf(journeyId), 'release#')),
    /** Records what a patient signed, or gives what was recorded before. */
    release: (given: Omit<NoteRelease, 'scope' | 'recordedAt' | 'revokedOn' | 'revokedBy'>): Promise<NoteRelease> =>
      transact(ports, 'record-note-release', async (transaction) => {
        const before = await transaction.get(releases, given);
        if (before !== undefined) return before;
        const recorded: NoteRelease = {
          ...given,
          scope: 'psychotherapy-notes',
          recordedAt: transaction.now,
          revokedOn: null,
          revokedBy: null,
        };
        transaction.put(releases, recorded);
        return recorded;
      }),
    /** Records that the patient took it back; the first time counts. Rejects with RowMissing where there is none that `isTheirs` takes. */
    revoke: (
      id: ReleaseId,
      taken: { readonly on: string; readonly by: By },
      isTheirs: (release: NoteRelease) => boolean,
    ): Promise<NoteRelease> =>
      transact(ports, 'revoke-note-release', async (transaction) => {
        const before = await transaction.need(releases, id);
        if (!isTheirs(before)) throw new RowMissing(releases.key(id));
        if (before.revokedOn !== null) return before;
        const revoked: NoteRelease = { ...before, revokedOn: taken.on, revokedBy: taken.by };
        transaction.put(releases, revoked);
        return revoked;
      }),
  };
};

export type TherapyNotes = ReturnType<typeof therapyNotes>;
