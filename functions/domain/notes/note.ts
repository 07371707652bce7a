import * as z from 'zod';
import { ROLES } from '../names.ts';

/**
 * One version of a therapist's own note about what was said in a session (45 CFR 164.501; reference 6.5). It is never changed: a
 * correction is the next version, and the earlier ones stay.
 */
export const NoteVersion = z.strictObject({
  journeyId: z.string(),
  patientId: z.string(),
  /** The therapist who wrote it, and who alone may correct it. */
  author: z.string(),
  /** Of the note among the author's notes of this journey. */
  number: z.int().min(1),
  version: z.int().min(1),
  /** The session that it is about. */
  appointmentId: z.string(),
  at: z.string(),
  text: z.string(),
});
export type NoteVersion = z.infer<typeof NoteVersion>;

const by = z.strictObject({ role: z.enum(ROLES), id: z.string() });

/** What a patient has signed so that one other person may read one author's notes (45 CFR 164.508(a)(2)); days are local dates. */
export const NoteRelease = z.strictObject({
  journeyId: z.string(),
  patientId: z.string(),
  scope: z.literal('psychotherapy-notes'),
  author: z.string(),
  /** Who may read them. */
  to: z.string(),
  signedOn: z.string(),
  /** The last day on which it holds; null: until it is taken back. */
  expiresOn: z.string().nullable(),
  /** The day on which it was taken back, from which it no longer holds. */
  revokedOn: z.string().nullable(),
  recordedAt: z.string(),
  recordedBy: by,
  revokedBy: by.nullable(),
});
export type NoteRelease = z.infer<typeof NoteRelease>;
