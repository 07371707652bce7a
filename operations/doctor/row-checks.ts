import type { LibraryData } from '../../functions/stores/bundled-library.ts';
import type { Table } from '../../functions/stores/table.ts';
import { journeysInFlight } from '../clinic/in-flight.ts';
import { outbox } from './checks/outbox.ts';
import { type Pinned, pinnedVersions } from './checks/pinned-versions.ts';
import type { Check } from './finding.ts';

const pinned = async (table: Table): Promise<Pinned[]> => {
  const counted = new Map<string, Pinned>();
  for (const { program } of await journeysInFlight(table)) {
    const name = `${program.id} ${program.version}`;
    counted.set(name, { ...program, journeys: (counted.get(name)?.journeys ?? 0) + 1 });
  }
  return [...counted.values()];
};

/** Rows that cannot be read count too, so only their places are looked at. */
const pendingSince = async (table: Table, before: string) => {
  let count = 0;
  let oldest: string | null = null;
  let cursor: string | undefined;
  do {
    const page = await table.query({ index: 'by1', pk: 'outbox', to: before, ...(cursor !== undefined && { cursor }) });
    count += page.rows.length;
    oldest ??= page.rows[0]?.by1?.sk ?? null;
    cursor = page.cursor;
  } while (cursor !== undefined);
  return { count, oldest };
};

/** What the rows of a clinic say, wherever they lie. */
export const rowChecks = (
  table: Table,
  data: LibraryData,
  now: string,
  carried: () => Promise<readonly string[] | undefined>,
): Check[] => [
  pinnedVersions(data, { pinned: () => pinned(table), carried }),
  outbox({ now, pendingSince: (before) => pendingSince(table, before) }),
];
