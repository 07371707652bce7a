import { html } from 'hono/html';
import { OPERATIONS } from '../../functions/contracts/api/operations.ts';
import type { Html } from '../../functions/handlers/app/html.ts';
import type { Ask } from './asking.ts';

/** First names of patients by journey, as far as the reader may see them. */
export type Names = ReadonlyMap<string, string>;

/** So many names are asked for at once. */
const AT_ONCE = 100;

/** Reads the names that a page shows beside its journeys, each once. */
export const readNames = async (ask: Ask, journeyIds: Iterable<string>): Promise<Names> => {
  const wanted = [...new Set(journeyIds)];
  const names = new Map<string, string>();
  for (let from = 0; from < wanted.length; from += AT_ONCE) {
    const journeys = wanted.slice(from, from + AT_ONCE).join(',');
    const { answer } = await ask(OPERATIONS['list-names'], { query: { journeys } });
    for (const { journeyId, firstName } of answer.items) names.set(journeyId, firstName);
  }
  return names;
};

/** Leads to a journey by the patient's first name, with the id that tells two of one name apart; by the id alone where there is no name to see. */
export const journeyLink = (journeyId: string, names: Names): Html => {
  const name = names.get(journeyId);
  return name === undefined
    ? html`<a href="/journeys/${journeyId}">${journeyId}</a>`
    : html`<a href="/journeys/${journeyId}">${name}</a> <span class="quiet">${journeyId}</span>`;
};
