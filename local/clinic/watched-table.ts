import type { Key, Row, RowDraft, Table } from '../../functions/stores/table.ts';

type Watch = {
  /** Rows that a committed write put, in order: what the table's stream shows on AWS. */
  onPut(rows: readonly RowDraft[]): void;
};

/** What was read and written, in the units that DynamoDB bills on demand: 4 KB read, 1 KB written, twice for a transaction. */
export type TableUsage = { reads: number; writes: number };

const KILOBYTE = 1024;
const sizeOf = (row: Key & { readonly body?: unknown }): number =>
  JSON.stringify(row.body ?? {}).length + row.pk.length + row.sk.length;
const readUnits = (rows: readonly Row[]): number =>
  Math.max(1, Math.ceil(rows.reduce((sum, row) => sum + sizeOf(row), 0) / (4 * KILOBYTE)));
const writeUnits = (row: RowDraft): number => 2 * Math.max(1, Math.ceil(sizeOf(row) / KILOBYTE));

/** The table with its stream, and with a count of what AWS would bill. */
export const watchedTable = (
  table: Table,
  watch: Watch,
  { counted }: { counted: boolean },
): Table & { usage: TableUsage } => {
  const usage = { reads: 0, writes: 0 };
  return {
    usage,
    async get(key) {
      const row = await table.get(key);
      if (counted) usage.reads += readUnits(row === undefined ? [] : [row]);
      return row;
    },
    async query(query) {
      const page = await table.query(query);
      if (counted) usage.reads += readUnits(page.rows);
      return page;
    },
    async write(operations) {
      const version = await table.write(operations);
      const rows = operations.flatMap((operation) => (operation.do === 'put' ? [operation.row] : []));
      if (counted)
        usage.writes += rows.reduce((sum, row) => sum + writeUnits(row), 0) + 2 * (operations.length - rows.length);
      watch.onPut(rows);
      return version;
    },
  };
};
