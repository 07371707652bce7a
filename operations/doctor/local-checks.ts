import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { systemClock } from '../../functions/runtime/clock.ts';
import { bundledData } from '../../functions/stores/bundled-library.ts';
import { sqliteTable } from '../../functions/stores/sqlite-table.ts';
import type { Table } from '../../functions/stores/table.ts';
import { contacts } from './checks/contacts.ts';
import { dataFile } from './checks/data-file.ts';
import { licences } from './checks/licences.ts';
import { port } from './checks/port.ts';
import { programs } from './checks/programs.ts';
import type { Check } from './finding.ts';
import { rowChecks } from './row-checks.ts';

/** The file is opened for each look and closed again: a clinic may be running on it. */
const openedForEach = (path: string): Table => {
  const over = async <T>(act: (table: Table) => Promise<T>): Promise<T> => {
    const table = sqliteTable({ path, newId: randomUUID });
    try {
      return await act(table);
    } finally {
      table.close();
    }
  };
  return {
    get: (key) => over((table) => table.get(key)),
    query: (query) => over((table) => table.query(query)),
    write: (operations) => over((table) => table.write(operations)),
  };
};

/** All questions to the clinic on this machine. */
export const localChecks = ({
  data: file,
  port: number,
}: {
  readonly data: string;
  readonly port: number;
}): Check[] => {
  const data = bundledData();
  const now = systemClock();
  return [
    programs(data),
    contacts(data.clinic),
    licences(data.clinic, now),
    dataFile(file),
    ...(existsSync(file) ? rowChecks(openedForEach(file), data, now, async () => undefined) : []),
    port(number),
  ];
};
