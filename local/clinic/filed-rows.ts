import type { Row, RowDraft } from '../../functions/stores/table.ts';
import { spillFile } from './spill-file.ts';

/** A row as it lies in the file. */
type Line = { readonly row: RowDraft; readonly version: string };

const isLine = (value: unknown): value is Line => typeof value === 'object' && value !== null && 'row' in value;

/** Rows that are only ever added and hardly ever read: they lie in a file, and each reading takes all of a partition. */
export const filedRows = () => {
  const file = spillFile();
  /** Where the rows of a partition lie: place and length of each in turn. */
  const partitions = new Map<string, number[]>();

  return {
    add(row: RowDraft, version: string): void {
      const { at, bytes } = file.add(JSON.stringify({ row, version }));
      const known = partitions.get(row.pk);
      if (known === undefined) partitions.set(row.pk, [at, bytes]);
      else known.push(at, bytes);
    },
    all(pk: string): Row[] {
      const places = partitions.get(pk) ?? [];
      const rows: Row[] = [];
      for (let index = 0; index < places.length; index += 2) {
        const line: unknown = JSON.parse(file.read({ at: places[index] ?? 0, bytes: places[index + 1] ?? 0 }));
        if (isLine(line)) rows.push({ ...line.row, version: line.version });
      }
      return rows;
    },
  };
};
