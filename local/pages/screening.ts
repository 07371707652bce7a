import { html } from 'hono/html';
import type * as z from 'zod';
import type { RecordView, ScreeningView } from '../../functions/contracts/api/journeys.ts';
import { recordWords, spelled } from '../../functions/handlers/app/forms/record-words.ts';
import type { Html } from '../../functions/handlers/app/html.ts';
import { momentOf, type Reader } from '../rehearsal/phrases.ts';
import { rows } from './layout.ts';
import { answersLines, shownValue } from './recorded.ts';

type Screening = z.infer<typeof ScreeningView>;

const ruleLine =
  (reader: Reader) =>
  ({ rule, reason, outcome, why, source, inputs }: Screening['fired'][number]): Html =>
    html`
    <strong>${spelled(reason)}</strong>: ${spelled(outcome)} <span class="quiet">(${rule})</span><br />
    ${why}<br />
    <span class="quiet">
      ${Object.entries(inputs)
        .map(([fact, value]) => `${recordWords(fact)}: ${shownValue(value, reader)}`)
        .join('; ')}${source.length === 0 ? '' : ` – sources: ${source.join(', ')}`}
    </span>
  `;

/** What the rules said, with what they looked at and where they come from, so that a clinician can judge for themselves. */
const findings = ({ at, disposition, rulesetVersion, fired }: Screening, reader: Reader): Html => html`
  <h3>What the screening found</h3>
  <p>${spelled(disposition)}, on ${momentOf(at, reader)} <span class="quiet">(${rulesetVersion})</span></p>
  ${rows(fired.map(ruleLine(reader)), 'No rule fired.')}
`;

/** The last screening, and every answer that the reader may see, also those that no rule called out. */
export const screeningPart = ({ facts, screenings }: RecordView, reader: Reader): Html => {
  const last = screenings.at(-1);
  return html`
    ${last === undefined ? '' : findings(last, reader)}
    <details>
      <summary>Every answer of the screening</summary>
      ${answersLines(facts, reader)}
    </details>
  `;
};
