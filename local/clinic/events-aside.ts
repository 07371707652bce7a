import type { RowDraft, Table } from '../../functions/stores/table.ts';
import { checkOperations } from '../../functions/stores/table-request.ts';
import { memoryTable } from './memory-table.ts';
import { type Spilled, spillFile } from './spill-file.ts';

/** A row as it lies in the file. */
type Line = { readonly row: RowDraft; readonly version: string };

/** Only puts that are free can be kept so. */
class OnlyAdded extends Error {
  override readonly name = 'OnlyAdded';
}

const isLine = (value: unknown): value is Line => typeof value === 'object' && value !== null && 'row' in value;

/** A table of rows that are only ever added and hardly ever read: they lie in a file, and each reading takes them all. */
export const eventsAside = ({ newId }: { readonly newId: () => string }): Table => {
  const file = spillFile();
  const partitions = new Map<string, Spilled[]>();

  const readable = async (pk: string): Promise<Table> => {
    let version = '';
    const table = memoryTable({ newId: () => version });
    for (const spilled of partitions.get(pk) ?? []) {
      const line: unknown = JSON.parse(file.read(spilled));
      if (!isLine(line)) continue;
      version = line.version;
      await table.write([{ do: 'put', row: line.row, when: 'free' }]);
    }
    return table;
  };

  return {
    get: async (key) => (await readable(key.pk)).get(key),
    query: async (query) => (await readable(query.pk)).query(query),
    async write(operations) {
      const version = newId();
      for (const { operation } of checkOperations(operations)) {
        if (operation.do !== 'put' || operation.when !== 'free') throw new OnlyAdded();
        const { row } = operation;
        const spilled = file.add(JSON.stringify({ version, row }));
        const known = partitions.get(row.pk);
        if (known === undefined) partitions.set(row.pk, [spilled]);
        else known.push(spilled);
      }
      return version;
    },
  };
};
