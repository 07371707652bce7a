import { html } from 'hono/html';
import * as z from 'zod';
import type { NoteReleaseView } from '../../functions/contracts/api/notes.ts';
import { OPERATIONS } from '../../functions/contracts/api/operations.ts';
import { parseInput } from '../../functions/domain/problems.ts';
import { choice, EMPTY, type Filled, line, refusals } from '../../functions/handlers/app/forms/fields.ts';
import type { Html } from '../../functions/handlers/app/html.ts';
import { nameOf, type Reader } from '../rehearsal/phrases.ts';
import type { Ask } from './asking.ts';
import { journeyLink, type Names, readNames } from './journey-link.ts';
import { rows } from './layout.ts';

type Release = z.infer<typeof NoteReleaseView>;

/** What a patient has signed so that others may read notes, as far as its reader may see it. */
export type ReleasesShown = {
  readonly journeyId: string;
  readonly releases: readonly Release[];
  readonly names: Names;
};

export const readReleases = async (ask: Ask, journeyId: string): Promise<ReleasesShown> => ({
  journeyId,
  releases: (await ask(OPERATIONS['list-note-releases'], { params: { journeyId } })).answer.items,
  names: await readNames(ask, [journeyId]),
});

const between = { author: z.string(), to: z.string(), signedOn: z.string() };
const Form = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('record'), ...between, expiresOn: z.string() }),
  z.strictObject({ act: z.literal('revoke'), ...between }),
]);

/** Records what the patient has signed, or that it was taken back. */
export const takeRelease = async (ask: Ask, journeyId: string, texts: Record<string, string>): Promise<void> => {
  const form = parseInput(Form, texts, 'form');
  const { author, to, signedOn } = form;
  const params = { journeyId };
  if (form.act === 'revoke') {
    await ask(OPERATIONS['revoke-note-release'], { params, body: { author, to, signedOn } });
    return;
  }
  const expiresOn = form.expiresOn === '' ? null : form.expiresOn;
  await ask(OPERATIONS['record-note-release'], { params, body: { author, to, signedOn, expiresOn } });
};

const revocation = ({ author, to, signedOn }: Release, reader: Reader): Html => html`
  <form method="post" class="side">
    <input type="hidden" name="author" value="${author}" />
    <input type="hidden" name="to" value="${to}" />
    <input type="hidden" name="signedOn" value="${signedOn}" />
    <button name="act" value="revoke">
      The patient took it back: ${nameOf(to, reader)} no longer reads ${nameOf(author, reader)}
    </button>
  </form>
`;

const releaseLine = (release: Release, mayRevoke: boolean, reader: Reader): Html => {
  const { author, to, signedOn, expiresOn, revokedOn, recordedBy, revokedBy } = release;
  const until = expiresOn === null ? 'until it is taken back' : `until ${expiresOn}`;
  return html`
    <p>
      ${nameOf(to, reader)} may read what ${nameOf(author, reader)} wrote: signed ${signedOn}, ${until}
      <span class="quiet">recorded by ${nameOf(recordedBy.id, reader)}</span>
      ${
        revokedOn === null
          ? ''
          : html`<br /><strong>Taken back ${revokedOn}</strong>${revokedBy === null ? '' : html`<span class="quiet">, recorded by ${nameOf(revokedBy.id, reader)}</span>`}`
      }
    </p>
    ${mayRevoke && revokedOn === null ? revocation(release, reader) : ''}
  `;
};

const recording = (filled: Filled, { clinic: { practitioners } }: Reader): Html => html`
  ${refusals(filled)}
  <form method="post">
    <fieldset>
      <legend>The patient has signed that somebody may read notes</legend>
      ${choice(filled, {
        name: 'author',
        label: 'Whose notes',
        options: practitioners.filter(({ roles }) => roles.includes('therapist')).map(({ id, name }) => [id, name]),
      })}
      ${choice(filled, { name: 'to', label: 'Who may read them', options: practitioners.map(({ id, name }) => [id, name]) })}
      ${line(filled, { name: 'signedOn', label: 'Signed on', type: 'date', needed: true })}
      ${line(filled, { name: 'expiresOn', label: 'The last day; without it, until it is taken back', type: 'date' })}
      <button name="act" value="record">Record it</button>
    </fieldset>
  </form>
`;

/** Who may read whose notes, with a form to record what the patient has signed and to take it back, for who may. */
export const releasesPage = (
  { journeyId, releases, names }: ReleasesShown,
  may: (operation: string) => boolean,
  reader: Reader,
  filled: Filled = EMPTY,
): Html => html`
  <p>
    What the patient of ${journeyLink(journeyId, names)} has signed, so that somebody beside the author may read
    <a href="/journeys/${journeyId}/notes">notes</a>. Nobody records it for themselves.
  </p>
  ${may('record-note-release') ? recording(filled, reader) : ''}
  <h2>Signed so far</h2>
  ${rows(
    releases.map((each) => releaseLine(each, may('revoke-note-release'), reader)),
    'Nothing that concerns you.',
  )}
`;
