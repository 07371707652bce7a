import * as z from 'zod';
import { localDate } from '../../domain/clinic/time.ts';
import { NoteRelease, NoteVersion } from '../../domain/notes/note.ts';
import { appointmentId } from './appointments.ts';
import { ofJourney } from './journeys.ts';
import { reads, writes } from './operation.ts';
import { everyOne, journeyId, named, none, numbered, page, paging, text } from './values.ts';

/** The most characters of one note; a hundred of them still fit into one answer of Lambda (6 MB). */
const LONGEST = 10_000;

/** One version of a note; the one with the highest version of its number is what it says now. */
export const NoteVersionView = NoteVersion.omit({ journeyId: true, patientId: true }).meta({ id: 'NoteVersion' });
export type NoteVersionView = z.infer<typeof NoteVersionView>;
/** That a patient lets one other person read one author's notes. */
export const NoteReleaseView = NoteRelease.omit({ journeyId: true, patientId: true, scope: true }).meta({
  id: 'NoteRelease',
});

const between = { author: named, to: named, signedOn: localDate };

/** What is kept apart from the record, in a table of its own; served by a function of its own. */
export const noteOperations = {
  'list-notes': reads({
    path: '/v1/journeys/{journeyId}/notes',
    summary:
      'The psychotherapy notes of a journey that the reader wrote, or may read because the patient authorized it; the newest first, every version of each.',
    params: ofJourney,
    query: z.strictObject({ ...paging }),
    answer: page(NoteVersionView),
  }),
  'write-note': writes({
    path: '/v1/journeys/{journeyId}/notes',
    summary: 'Writes a psychotherapy note about a session that the writer holds; the same key again is the same note.',
    params: ofJourney,
    query: none,
    body: z.strictObject({ appointmentId, text: text(LONGEST) }),
    answer: NoteVersionView,
    repeating: 'by-key',
    ifMatch: false,
  }),
  'correct-note': writes({
    path: '/v1/journeys/{journeyId}/notes/{number}/corrections',
    summary:
      'Appends the next version of one of the writer’s own notes, and the earlier ones stay; the ETag of a note is its version.',
    params: z.strictObject({ journeyId, number: numbered }),
    query: none,
    body: z.strictObject({ text: text(LONGEST) }),
    answer: NoteVersionView,
    repeating: 'by-key',
    ifMatch: true,
  }),
  'list-note-releases': reads({
    path: '/v1/journeys/{journeyId}/notes/releases',
    summary:
      'What the patient has signed so that others may read psychotherapy notes, as far as it concerns the reader.',
    params: ofJourney,
    query: none,
    answer: everyOne(NoteReleaseView),
  }),
  'record-note-release': writes({
    path: '/v1/journeys/{journeyId}/notes/releases',
    summary:
      'Records that the patient has signed that one person may read one author’s psychotherapy notes; nobody records it for themselves.',
    params: ofJourney,
    query: none,
    body: z.strictObject({ ...between, expiresOn: localDate.nullable().default(null) }),
    answer: NoteReleaseView,
    repeating: 'by-itself',
    ifMatch: false,
  }),
  'revoke-note-release': writes({
    path: '/v1/journeys/{journeyId}/notes/releases/revocations',
    summary: 'Records that the patient has taken an authorization back: from today on it no longer holds.',
    params: ofJourney,
    query: none,
    body: z.strictObject(between),
    answer: NoteReleaseView,
    repeating: 'by-itself',
    ifMatch: false,
  }),
} as const;
