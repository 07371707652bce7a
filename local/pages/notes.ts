import { html } from 'hono/html';
import * as z from 'zod';
import type { AppointmentView } from '../../functions/contracts/api/appointments.ts';
import type { NoteVersionView } from '../../functions/contracts/api/notes.ts';
import { OPERATIONS } from '../../functions/contracts/api/operations.ts';
import type { Viewer } from '../../functions/domain/law/reach.ts';
import { noteRefusal } from '../../functions/domain/notes/authority.ts';
import { parseInput } from '../../functions/domain/problems.ts';
import { area, choice, EMPTY, type Filled, refusals } from '../../functions/handlers/app/forms/fields.ts';
import type { Html } from '../../functions/handlers/app/html.ts';
import { capital, momentOf, nameOf, type Reader } from '../rehearsal/phrases.ts';
import { APPOINTMENT_WORDS } from '../rehearsal/words.ts';
import type { Ask } from './asking.ts';
import { journeyLink, type Names, readNames } from './journey-link.ts';
import { rows } from './layout.ts';

/** Whoever looks at notes. */
type Who = Pick<Viewer, 'id' | 'roles'>;

/** The notes of a journey that somebody may read, and the sessions of which they may write one. */
export type NotesShown = {
  readonly journeyId: string;
  readonly who: Who;
  /** The newest first, every version of each. */
  readonly notes: readonly NoteVersionView[];
  /** Where older ones go on. */
  readonly older: string | null;
  readonly sessions: readonly AppointmentView[];
  /** The own note that is to be corrected. */
  readonly correcting: NoteVersionView | undefined;
  readonly names: Names;
};

type Asked = { readonly journeyId: string; readonly correct: string | undefined; readonly older: string | undefined };

export const readNotes = async (
  ask: Ask,
  who: Who,
  now: string,
  { journeyId, correct, older }: Asked,
): Promise<NotesShown> => {
  const params = { journeyId };
  const query: Record<string, string> = older === undefined ? {} : { cursor: older };
  const { items, next } = (await ask(OPERATIONS['list-notes'], { params, query })).answer;
  const sessions = who.roles.includes('therapist')
    ? (await ask(OPERATIONS['list-appointments-of-journey'], { params })).answer.items
    : [];
  return {
    journeyId,
    who,
    notes: items,
    older: next,
    sessions: sessions.filter((each) => noteRefusal(who, each, now) === undefined).toReversed(),
    correcting: items.find(({ number, author }) => author === who.id && String(number) === correct),
    names: await readNames(ask, [journeyId]),
  };
};

const Form = z.union([
  z.strictObject({ key: z.string(), appointmentId: z.string(), text: z.string() }),
  z.strictObject({ key: z.string(), number: z.string(), version: z.string(), text: z.string() }),
]);

/** Writes or corrects the note that the form holds. */
export const takeNote = async (ask: Ask, journeyId: string, texts: Record<string, string>): Promise<void> => {
  const form = parseInput(Form, texts, 'form');
  const { key } = form;
  // A browser ends lines with both characters.
  const text = form.text.replaceAll('\r\n', '\n');
  if ('number' in form) {
    const { number, version } = form;
    await ask(OPERATIONS['correct-note'], { params: { journeyId, number }, key, version, body: { text } });
  } else {
    const { appointmentId } = form;
    await ask(OPERATIONS['write-note'], { params: { journeyId }, key, body: { appointmentId, text } });
  }
};

const noteLine = (note: NoteVersionView, { journeyId, who }: NotesShown, isLast: boolean, reader: Reader): Html => html`
  <p>
    Note ${note.number}, version ${note.version}
    <span class="quiet">${note.appointmentId}, ${nameOf(note.author, reader)}, ${momentOf(note.at, reader)}</span>
  </p>
  <pre>${note.text}</pre>
  ${
    isLast && note.author === who.id
      ? html`<p><a href="/journeys/${journeyId}/notes?correct=${note.number}">Correct note ${note.number}</a></p>`
      : ''
  }
`;

const sessionWords = (each: AppointmentView, reader: Reader): string =>
  `${capital(APPOINTMENT_WORDS[each.kind])} ${each.occurrence}, ${momentOf(each.startsAt, reader)}`;

const noteForm = (
  { journeyId, sessions, correcting }: NotesShown,
  key: string,
  filled: Filled,
  reader: Reader,
): Html => {
  if (correcting === undefined && sessions.length === 0) return html``;
  const values: Filled['values'] = { ...(correcting !== undefined && { text: correcting.text }), ...filled.values };
  const again = { ...filled, values };
  return html`
    ${refusals(filled)}
    <form method="post" action="/journeys/${journeyId}/notes">
      <input type="hidden" name="key" value="${key}" />
      <fieldset>
        <legend>${correcting === undefined ? 'A new note' : `Correct note ${correcting.number}`}</legend>
        ${
          correcting === undefined
            ? choice(again, {
                name: 'appointmentId',
                label: 'Session',
                options: sessions.map((each) => [each.id, sessionWords(each, reader)]),
              })
            : html`<input type="hidden" name="number" value="${correcting.number}" />
                <input type="hidden" name="version" value="${correcting.version}" />`
        }
        ${area(again, { name: 'text', label: 'What was said, for yourself' })}
        <button>Keep it</button>
      </fieldset>
    </form>
  `;
};

/** The notes that their reader may see, with a form to write or to correct one; `key` is this request's, so that a form sent twice is one note. */
export const notesPage = (shown: NotesShown, key: string, reader: Reader, filled: Filled = EMPTY): Html => {
  const { journeyId, notes, older, names } = shown;
  const isLast = (note: NoteVersionView): boolean =>
    notes.find(({ author, number }) => author === note.author && number === note.number) === note;
  return html`
    <p>Apart from the record of ${journeyLink(journeyId, names)}: read by you, and by whom the patient has authorized in writing. No export holds them.
      <a href="/journeys/${journeyId}/notes/releases">Who may read notes</a></p>
    ${noteForm(shown, key, filled, reader)}
    <h2>Notes, the newest first</h2>
    ${rows(
      notes.map((note) => noteLine(note, shown, isLast(note), reader)),
      'None that you may read.',
    )}
    ${older === null ? '' : html`<p><a href="/journeys/${journeyId}/notes?older=${older}">Older</a></p>`}
  `;
};
