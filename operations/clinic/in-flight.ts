import { PHASES } from '../../functions/domain/names.ts';
import { journeys } from '../../functions/stores/journey-rows.ts';
import { inPhase } from '../../functions/stores/journey-shelves.ts';
import type { Table } from '../../functions/stores/table.ts';

/** A journey that has not ended, and the version of the program that it is on. */
export type InFlight = { readonly id: string; readonly program: { readonly id: string; readonly version: number } };

/** Every journey that has not ended, in order of their ids. The index that shows them may lag a moment behind. */
export const journeysInFlight = async (table: Table): Promise<InFlight[]> => {
  const found = new Map<string, InFlight>();
  const lists = [...PHASES, 'new' as const].flatMap((phase) => [inPhase(phase, true), inPhase(phase, false)]);
  for (const pk of lists) {
    let cursor: string | undefined;
    do {
      const page = await table.query({
        index: 'by1',
        pk,
        ...(cursor !== undefined && { cursor }),
      });
      for (const { id, program } of page.rows.map(journeys.read)) found.set(id, { id, program });
      cursor = page.cursor;
    } while (cursor !== undefined);
  }
  return [...found.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
};
