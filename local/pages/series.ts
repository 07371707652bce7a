import { html } from 'hono/html';
import type * as z from 'zod';
import type { CycleView } from '../../functions/contracts/api/care.ts';
import type { Html } from '../../functions/handlers/app/html.ts';
import { dayOf, momentOf, type Reader } from '../rehearsal/phrases.ts';

type Cycle = z.infer<typeof CycleView>;

/** How a step of the series looks: done, going on or to come, or late. */
type Step = { readonly look: 'done' | 'due' | 'late' | 'ahead'; readonly words: string };

const RESULT_WORDS = { given: 'given', partial: 'given in part', aborted: 'broken off' } as const;

const doseOf = ({ startedAt, endedAt, result, checkedInAt, orderedAt }: Cycle, { zone }: Reader): Step => {
  if (endedAt !== null && result !== null)
    return { look: 'done', words: `${RESULT_WORDS[result]} ${dayOf(endedAt, zone)}` };
  if (startedAt !== null) return { look: 'due', words: 'under way' };
  if (checkedInAt !== null) return { look: 'due', words: 'checked in' };
  return { look: 'ahead', words: orderedAt === null ? 'to come' : 'ordered' };
};

const integrationOf = ({ debt }: Cycle, reader: Reader): Step => {
  if (debt === null) return { look: 'ahead', words: 'to come' };
  if (debt.state === 'settled') return { look: 'done', words: 'done' };
  if (debt.state === 'waived') return { look: 'done', words: 'waived' };
  const by = debt.window === null ? '' : momentOf(debt.window.closes, reader);
  if (debt.state === 'overdue') return { look: 'late', words: by === '' ? 'overdue' : `overdue since ${by}` };
  return { look: 'due', words: by === '' ? 'due after the dose' : `due by ${by}` };
};

const MARKS = { done: '✓', due: '●', late: '!', ahead: '○' } as const;

const step = (name: string, { look, words }: Step): Html =>
  html`<span class="step ${look}"><span aria-hidden="true">${MARKS[look]}</span> ${name}: ${words}</span>`;

/** The doses of a series in order, each with the integration that it owes, and those that are planned. */
export const seriesDrawing = (cycles: readonly Cycle[], planned: number | null, reader: Reader): Html => {
  const ahead = Math.max(0, (planned ?? 0) - cycles.length);
  if (cycles.length + ahead === 0) return html``;
  const next = Math.max(0, ...cycles.map(({ number }) => number)) + 1;
  const none: Step = { look: 'ahead', words: 'planned' };
  return html`<h2 id="series">Doses and integrations</h2>
    <ol class="series" aria-labelledby="series">
      ${cycles.map(
        (cycle) =>
          html`<li>${step(`Dose ${cycle.number}`, doseOf(cycle, reader))}${step('Integration', integrationOf(cycle, reader))}</li>`,
      )}
      ${Array.from({ length: ahead }, (_, index) => html`<li>${step(`Dose ${next + index}`, none)}${step('Integration', none)}</li>`)}
    </ol>`;
};
