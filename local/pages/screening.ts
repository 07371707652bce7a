import { html } from 'hono/html';
import type * as z from 'zod';
import type { ScreeningView } from '../../functions/contracts/api/journeys.ts';
import { OPERATIONS } from '../../functions/contracts/api/operations.ts';
import type { TaskKind } from '../../functions/domain/names.ts';
import { spelled } from '../../functions/handlers/app/forms/record-words.ts';
import type { Html } from '../../functions/handlers/app/html.ts';
import { momentOf, type Reader } from '../rehearsal/phrases.ts';
import { type Ask, NotDone } from './asking.ts';
import { rows } from './layout.ts';

type Screening = z.infer<typeof ScreeningView>;

/** Tasks whose answer rests on what the screening found. */
const RESTS_ON_SCREENING: readonly TaskKind[] = ['screening-review', 'medical-clearance', 'psychological-clearance'];

/** The last screening that a task is about; undefined where there is none, or it is not for the reader. */
export const lastScreening = async (
  ask: Ask,
  { kind, journeyId }: { readonly kind: TaskKind; readonly journeyId: string },
): Promise<Screening | undefined> => {
  if (!RESTS_ON_SCREENING.includes(kind)) return undefined;
  try {
    return (await ask(OPERATIONS['get-record'], { params: { journeyId } })).answer.screenings.at(-1);
  } catch (error) {
    if (error instanceof NotDone && error.problem.status === 403) return undefined;
    throw error;
  }
};

const shown = (value: unknown): string => {
  if (value === null) return 'not answered';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return Array.isArray(value) ? value.map((each) => spelled(String(each))).join(', ') : spelled(String(value));
};

const ruleLine = ({ rule, reason, outcome, why, source, inputs }: Screening['fired'][number]): Html => html`
  <strong>${spelled(reason)}</strong>: ${spelled(outcome)} <span class="quiet">(${rule})</span><br />
  ${why}<br />
  <span class="quiet">
    ${Object.entries(inputs)
      .map(([fact, value]) => `${spelled(fact)}: ${shown(value)}`)
      .join('; ')}${source.length === 0 ? '' : ` – sources: ${source.join(', ')}`}
  </span>
`;

/** What the rules said, with what they looked at and where they come from, so that a clinician can judge for themselves. */
export const screeningPart = ({ at, disposition, rulesetVersion, fired }: Screening, reader: Reader): Html => html`
  <h2>What the screening found</h2>
  <p>${spelled(disposition)}, on ${momentOf(at, reader)} <span class="quiet">(${rulesetVersion})</span></p>
  ${rows(fired.map(ruleLine), 'No rule fired.')}
`;
