import type { Json, Key, Operation, Query, Row, RowDraft, Table } from '../../functions/stores/table.ts';

/** Gives the table of a contract when a test runs. */
export type OpenTable = () => Table;

/** Ids that never repeat and say in which order they were given. */
export const counterIds = (): (() => string) => {
  let given = 0;
  return () => {
    given += 1;
    return `write-${given}`;
  };
};

const partitions = counterIds();

/** A partition that no other test uses, so that tests may share a table. */
export const partition = (): string => `partition-of-${partitions()}`;

export const body = (text: string): { readonly [key: string]: Json } => ({ text });

export const put = (row: RowDraft, when: Operation['when'] = 'free'): Operation => ({ do: 'put', row, when });

/** Puts rows of one partition in as few writes as possible. */
export const fill = async (table: Table, rows: readonly RowDraft[]): Promise<void> => {
  for (let start = 0; start < rows.length; start += 100) {
    await table.write(rows.slice(start, start + 100).map((row) => put(row)));
  }
};

/** Follows a query's cursors to the end. */
export const everyPage = async (table: Table, query: Query): Promise<readonly (readonly Row[])[]> => {
  const pages: (readonly Row[])[] = [];
  let cursor: string | undefined;
  do {
    const page = await table.query({ ...query, ...(cursor !== undefined && { cursor }) });
    pages.push(page.rows);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return pages;
};

export const everyRow = async (table: Table, query: Query): Promise<readonly Row[]> =>
  (await everyPage(table, query)).flat();

export const sortKeys = async (table: Table, query: Query): Promise<readonly string[]> =>
  (await everyRow(table, query)).map(({ sk }) => sk);

export const keyOf = ({ pk, sk }: Key): Key => ({ pk, sk });
