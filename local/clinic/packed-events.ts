import type { Key, RowDraft, Table } from '../../functions/stores/table.ts';
import { checkOperations } from '../../functions/stores/table-request.ts';
import { memoryTable } from './memory-table.ts';
import { type PackedTexts, packTexts } from './packed-texts.ts';

/** A row as one line; JSON keeps every line on one line. */
type Line = { readonly row: RowDraft; readonly version: string };

type Partition = { readonly packed: PackedTexts[]; open: string[] };

/** So many lines are packed together: about 20 KB, which become 3. */
const TOGETHER = 48;

/** Only puts that are free can be kept so. */
class OnlyAdded extends Error {
  override readonly name = 'OnlyAdded';
}

const isLine = (value: unknown): value is Line => typeof value === 'object' && value !== null && 'row' in value;

const linesOf = ({ packed, open }: Partition): Line[] =>
  [...packed.flatMap((texts) => Array.from({ length: TOGETHER }, (_, at) => texts.at(at))), ...open]
    .map((line): unknown => JSON.parse(line))
    .filter(isLine);

/** A table of rows that are only ever added and hardly ever read, packed: a tenth of the memory, at the cost of every reading. */
export const packedEvents = ({ newId }: { readonly newId: () => string }): Table => {
  const partitions = new Map<string, Partition>();

  const unpacked = async (pk: string): Promise<Table> => {
    let version = '';
    const table = memoryTable({ newId: () => version });
    for (const line of linesOf(partitions.get(pk) ?? { packed: [], open: [] })) {
      version = line.version;
      await table.write([{ do: 'put', row: line.row, when: 'free' }]);
    }
    return table;
  };

  const add = ({ pk }: Key, text: string): void => {
    const partition = partitions.get(pk) ?? { packed: [], open: [] };
    partitions.set(pk, partition);
    partition.open.push(text);
    if (partition.open.length < TOGETHER) return;
    partition.packed.push(packTexts(partition.open));
    partition.open = [];
  };

  return {
    get: async (key) => (await unpacked(key.pk)).get(key),
    query: async (query) => (await unpacked(query.pk)).query(query),
    async write(operations) {
      const version = newId();
      for (const { operation, text } of checkOperations(operations)) {
        if (operation.do !== 'put' || operation.when !== 'free') throw new OnlyAdded();
        const { body: _, ...draft } = operation.row;
        const open = JSON.stringify({ version, row: draft });
        add(draft, `${open.slice(0, -2)},"body":${text}}}`);
      }
      return version;
    },
  };
};
