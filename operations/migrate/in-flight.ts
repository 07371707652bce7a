import { PHASES } from '../../functions/domain/names.ts';
import { InputRefused } from '../../functions/domain/problems.ts';
import { journeys } from '../../functions/stores/journey-rows.ts';
import type { Table } from '../../functions/stores/table.ts';

/** A journey that has not ended, and its version. */
export type InFlight = { readonly id: string; readonly version: number };

/** Every journey of a program that has not ended, in order of their ids. The index may lag a moment behind; each is read itself. */
export const journeysInFlight = async (table: Table, program: string): Promise<InFlight[]> => {
  const found = new Map<string, InFlight>();
  for (const phase of [...PHASES, 'new']) {
    let cursor: string | undefined;
    do {
      const page = await table.query({
        index: 'by1',
        pk: `journeys#${phase}`,
        ...(cursor !== undefined && { cursor }),
      });
      for (const row of page.rows) {
        const journey = journeys.read(row);
        if (journey.program.id === program) found.set(journey.id, { id: journey.id, version: journey.program.version });
      }
      cursor = page.cursor;
    } while (cursor !== undefined);
  }
  return [...found.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
};

/** The named journeys; throws InputRefused for each that is none, or one of another program. */
export const journeysNamed = async (table: Table, program: string, ids: readonly string[]): Promise<InFlight[]> => {
  const found: InFlight[] = [];
  const problems: string[] = [];
  for (const id of ids) {
    const row = await table.get(journeys.key(id));
    const journey = row && journeys.read(row);
    if (journey === undefined) problems.push(`options.journey: there is no journey "${id}"`);
    else if (journey.program.id !== program)
      problems.push(`options.journey: ${id} is a journey of ${journey.program.id}, not of ${program}`);
    else found.push({ id, version: journey.program.version });
  }
  if (problems.length > 0) throw new InputRefused(problems);
  return found;
};
