import { InputRefused } from '../../functions/domain/problems.ts';
import { journeys } from '../../functions/stores/journey-rows.ts';
import type { Table } from '../../functions/stores/table.ts';
import type { InFlight } from '../clinic/in-flight.ts';

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
    else found.push({ id, program: journey.program });
  }
  if (problems.length > 0) throw new InputRefused(problems);
  return found;
};
