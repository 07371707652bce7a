import type { Appointment } from '../journey/appointment.ts';
import type { Viewer } from '../law/reach.ts';
import { mayRelease } from '../law/release.ts';
import type { LocalDate } from '../time/local.ts';
import type { NoteRelease } from './note.ts';

const DID_NOT_HAPPEN: ReadonlySet<Appointment['state']> = new Set(['cancelled', 'no-show']);

/**
 * Why somebody may not write a note about a session now; undefined where they may. A note is of the mental-health professional's own
 * conversation with the patient (45 CFR 164.501): of the therapist who holds the session, in the clinic or at a partner, once it has begun.
 */
export const noteRefusal = (
  { id, roles }: Pick<Viewer, 'id' | 'roles'>,
  { practitioners, state, startsAt }: Pick<Appointment, 'practitioners' | 'state' | 'startsAt'>,
  now: string,
): string | undefined => {
  if (!roles.includes('therapist') || !practitioners.includes(id))
    return 'a note is written by the therapist who holds the session';
  if (DID_NOT_HAPPEN.has(state)) return `the session is ${state}: nothing was said in it`;
  return startsAt > now ? 'the session has not begun' : undefined;
};

/** The others whose notes somebody may read on a day: those for whom the patient has authorized it, each once, in order. */
export const othersReadBy = (reader: string, releases: readonly NoteRelease[], on: LocalDate): readonly string[] => {
  const authors = new Set(releases.map(({ author }) => author));
  const isReleased = (author: string): boolean => {
    const given = releases.filter((each) => each.author === author && each.to === reader);
    return author !== reader && mayRelease('psychotherapy-note', 'care', given, on);
  };
  return [...authors].filter(isReleased).sort();
};

/** Why an authorization that a patient signed may not be recorded so; undefined where it may. Nobody lets themselves in. */
export const releaseRefusal = (
  by: string,
  { author, to, signedOn, expiresOn }: Pick<NoteRelease, 'author' | 'to' | 'signedOn' | 'expiresOn'>,
  today: LocalDate,
): string | undefined => {
  if (to === by) return 'nobody records an authorization for themselves';
  if (to === author) return 'authors read their own notes without one';
  if (signedOn > today) return `it is signed on ${signedOn}, which is still to come`;
  return expiresOn !== null && expiresOn < signedOn ? 'it ends before it was signed' : undefined;
};

/** Whether an authorization is there for somebody: for those whom it names, who recorded it, and who answers for the clinic's medicine. */
export const seesRelease = (
  { id, roles }: Pick<Viewer, 'id' | 'roles'>,
  { author, to, recordedBy }: NoteRelease,
): boolean => roles.includes('medical-director') || [author, to, recordedBy.id].includes(id);
