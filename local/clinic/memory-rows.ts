import type { Index, Key, Row, RowDraft } from '../../functions/stores/table.ts';
import type { Looked } from '../../functions/stores/table-body.ts';
import { type Kept, keptOf, rowInFile } from './kept-row.ts';
import { memoryIndex } from './memory-index.ts';
import { placeOf } from './sorted-names.ts';
import { spillFile } from './spill-file.ts';

type Partition = { readonly pk: string; readonly names: string[]; readonly rows: Map<string, Kept> };

/** So many characters of bodies stay in memory: what a thousand journeys ask for again and again, several times over. */
const IN_MEMORY = 32_000_000;

/** Rows in partitions, in order, and by index; of many, what has long not been asked for lies in a file. */
export const memoryRows = () => {
  const partitions = new Map<string, Partition>();
  const indexes = { by1: memoryIndex<Kept>(), by2: memoryIndex<Kept>() };
  /** What is in memory, the oldest first; what is gone is passed over. */
  let queue: Kept[] = [];
  let inMemory = 0;
  let waiting = 0;
  const file = spillFile();

  const forget = (kept: Kept): void => {
    kept.row = undefined;
    inMemory -= kept.characters;
    waiting -= 1;
  };

  const show = (kept: Kept): void => {
    if (kept.by1 !== undefined) indexes.by1.add(kept.by1.pk, kept);
    if (kept.by2 !== undefined) indexes.by2.add(kept.by2.pk, kept);
  };
  const replace = (kept: Kept): void => {
    if (kept.row !== undefined) forget(kept);
    if (kept.by1 !== undefined) indexes.by1.remove(kept.by1.pk, kept);
    if (kept.by2 !== undefined) indexes.by2.remove(kept.by2.pk, kept);
  };

  const partitionOf = (pk: string): Partition => {
    const known = partitions.get(pk);
    if (known !== undefined) return known;
    const fresh: Partition = { pk, names: [], rows: new Map() };
    partitions.set(pk, fresh);
    return fresh;
  };

  const spill = (kept: Kept): void => {
    if (kept.at < 0) Object.assign(kept, file.add(JSON.stringify(kept.row?.body)));
    forget(kept);
  };

  /** Puts a quarter into the file; what was asked for since the last time is spared once. */
  const makeRoom = (): void => {
    const spared: Kept[] = [];
    let passed = 0;
    while (inMemory > (IN_MEMORY * 3) / 4 && passed < queue.length) {
      const kept = queue[passed];
      passed += 1;
      if (kept?.row === undefined) continue;
      if (kept.used) {
        kept.used = false;
        spared.push(kept);
      } else spill(kept);
    }
    queue = [...queue.slice(passed), ...spared];
  };

  const keepInMemory = (kept: Kept): void => {
    queue.push(kept);
    inMemory += kept.characters;
    waiting += 1;
    if (inMemory > IN_MEMORY) makeRoom();
    else if (queue.length > 1_000 && queue.length > 2 * waiting) queue = queue.filter(({ row }) => row !== undefined);
  };

  return {
    at: ({ pk, sk }: Key): Kept | undefined => partitions.get(pk)?.rows.get(sk),
    names: (pk: string): readonly string[] => partitions.get(pk)?.names ?? [],
    indexed: (index: Index, pk: string): readonly Kept[] => indexes[index].all(pk),
    /** The row as readers get it: the same one until it is written again or has long not been asked for. */
    read(kept: Kept): Row {
      kept.used = true;
      if (kept.row !== undefined) return kept.row;
      const row = rowInFile(kept, file);
      kept.row = row;
      keepInMemory(kept);
      return row;
    },
    put(row: RowDraft, looked: Looked, version: string): void {
      const { sk } = row;
      const { pk, names, rows } = partitionOf(row.pk);
      const before = rows.get(sk);
      if (before === undefined) names.splice(placeOf(names, sk), 0, sk);
      else replace(before);
      const kept = keptOf(row, pk, looked, version);
      rows.set(sk, kept);
      show(kept);
      keepInMemory(kept);
    },
    remove({ pk, sk }: Key): void {
      const partition = partitions.get(pk);
      const kept = partition?.rows.get(sk);
      if (partition === undefined || kept === undefined) return;
      replace(kept);
      partition.rows.delete(sk);
      partition.names.splice(placeOf(partition.names, sk), 1);
      if (partition.names.length === 0) partitions.delete(pk);
    },
  };
};
