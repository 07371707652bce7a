import type { Key, Operation, RowDraft, Table } from '../../functions/stores/table.ts';
import { type TableUsage, tableUsage } from './table-usage.ts';

type Watch = {
  /** Rows that a committed write put, in order: what the table's stream shows on AWS. */
  onPut(rows: readonly RowDraft[]): void;
  /** A row that a committed write deleted; told before the rows that it put. */
  onDeleted?(key: Key): void;
};

const putBy = (operations: readonly Operation[], watch: Watch): readonly RowDraft[] => {
  const rows: RowDraft[] = [];
  for (const operation of operations) {
    if (operation.do === 'put') rows.push(operation.row);
    else if (operation.do === 'delete') watch.onDeleted?.(operation.key);
  }
  return rows;
};

/** The table with its stream, and with a count of what AWS would bill. */
export const watchedTable = (
  table: Table,
  watch: Watch,
  { counted }: { counted: boolean },
): Table & { usage: TableUsage } => {
  const count = tableUsage();
  const write: Table['write'] = async (operations) => {
    const version = await table.write(operations);
    if (counted) count.wrote(operations);
    watch.onPut(putBy(operations, watch));
    return version;
  };
  if (!counted) return { usage: count.usage, get: table.get, query: table.query, write };
  return {
    usage: count.usage,
    write,
    async get(key) {
      const row = await table.get(key);
      count.read(row === undefined ? [] : [row]);
      return row;
    },
    async query(query) {
      const page = await table.query(query);
      count.read(page.rows);
      return page;
    },
  };
};
