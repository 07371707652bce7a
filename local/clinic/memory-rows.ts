import { frozen } from '../../functions/stores/frozen.ts';
import type { Index, Key, Row, RowDraft } from '../../functions/stores/table.ts';
import { type Kept, textOf } from './kept-row.ts';
import { memoryIndex } from './memory-index.ts';

import { placeOf } from './sorted-names.ts';
import { spillFile } from './spill-file.ts';

type Partition = { readonly names: string[]; readonly rows: Map<string, Kept> };

/** So many rows of about 1 KB stay as they were last written or read: enough for what a thousand journeys do at one time of a day. */
const AT_HAND = 10_000;

/** With so many characters, those that nobody asks for are put into a file. */
const LOOSE = 24_000_000;

/** Rows in partitions, in order, and by index; of many, what has long not been asked for lies in a file. */
export const memoryRows = () => {
  const partitions = new Map<string, Partition>();
  const indexes = { by1: memoryIndex<Kept>(), by2: memoryIndex<Kept>() };
  let atHand: Kept[] = [];
  let idle = new Set<Kept>();
  let loose = 0;
  const file = spillFile();

  const show = (kept: Kept): void => {
    if (kept.draft.by1 !== undefined) indexes.by1.add(kept.draft.by1.pk, kept);
    if (kept.draft.by2 !== undefined) indexes.by2.add(kept.draft.by2.pk, kept);
  };
  const replace = (kept: Kept): void => {
    kept.gone = true;
    if (typeof kept.text === 'string') loose -= kept.length;
    if (kept.draft.by1 !== undefined) indexes.by1.remove(kept.draft.by1.pk, kept);
    if (kept.draft.by2 !== undefined) indexes.by2.remove(kept.draft.by2.pk, kept);
  };

  const partitionOf = (pk: string): Partition => {
    const known = partitions.get(pk);
    if (known !== undefined) return known;
    const fresh: Partition = { names: [], rows: new Map() };
    partitions.set(pk, fresh);
    return fresh;
  };

  const spill = (kept: Kept): void => {
    if (typeof kept.text !== 'string') return;
    kept.text = file.add(kept.text);
    loose -= kept.length;
  };

  /** Puts away what was at hand. Of what was put away before and not asked for since, much goes into the file. */
  const putAway = (): void => {
    const still = [...idle].filter(({ gone, row, text }) => !gone && row === undefined && typeof text === 'string');
    const full = loose > LOOSE;
    if (full) still.forEach(spill);
    idle = new Set(full ? atHand : [...still, ...atHand]);
    for (const kept of atHand) kept.row = undefined;
    atHand = [];
  };

  const takeToHand = (kept: Kept): void => {
    if (atHand.length >= AT_HAND) putAway();
    atHand.push(kept);
  };

  return {
    at: ({ pk, sk }: Key): Kept | undefined => partitions.get(pk)?.rows.get(sk),
    names: (pk: string): readonly string[] => partitions.get(pk)?.names ?? [],
    indexed: (index: Index, pk: string): readonly Kept[] => indexes[index].all(pk),
    /** The row as readers get it, frozen: the same one until it is written again or has long not been asked for. */
    read(kept: Kept): Row {
      if (kept.row !== undefined) return kept.row;
      takeToHand(kept);
      const row = frozen<Row>({ ...kept.draft, version: kept.version, body: JSON.parse(textOf(kept, file)) });
      kept.row = row;
      return row;
    },
    put({ pk, sk, by1, by2, expiresAt }: RowDraft, text: string, version: string): void {
      const { names, rows } = partitionOf(pk);
      const before = rows.get(sk);
      if (before === undefined) names.splice(placeOf(names, sk), 0, sk);
      else replace(before);
      // The partition's own text: equal keys of many rows would each take their place.
      const draft = {
        pk: before?.draft.pk ?? rows.values().next().value?.draft.pk ?? pk,
        sk,
        ...(by1 && { by1 }),
        ...(by2 && { by2 }),
        ...(expiresAt !== undefined && { expiresAt }),
      };
      const { length } = text;
      const kept: Kept = { draft, version, length, text, row: undefined, gone: false };
      rows.set(sk, kept);
      show(kept);
      loose += length;
      takeToHand(kept);
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
