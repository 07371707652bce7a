import type { Key, Row, RowDraft } from '../../functions/stores/table.ts';
import { frozen } from '../../functions/stores/frozen.ts';
import { placeOf } from './sorted-names.ts';

/** A row as it is kept: its body as text, and as it was read last while it is read often. */
export type Kept = {
  readonly draft: Omit<RowDraft, 'body'>;
  readonly version: string;
  readonly text: string;
  row: Row | undefined;
};

type Partition = { readonly names: string[]; readonly rows: Map<string, Kept> };

/** Bodies of about 1 KB that stay unfolded: enough for what a thousand journeys read again and again. */
const UNFOLDED = 12_000;

/** Rows in partitions, in order; and by index, in no order. */
export const memoryRows = () => {
  const partitions = new Map<string, Partition>();
  const indexes = { by1: new Map<string, Set<Kept>>(), by2: new Map<string, Set<Kept>>() };
  let unfolded: Kept[] = [];

  const eachPlace = (kept: Kept, use: (index: Map<string, Set<Kept>>, pk: string) => void): void => {
    if (kept.draft.by1 !== undefined) use(indexes.by1, kept.draft.by1.pk);
    if (kept.draft.by2 !== undefined) use(indexes.by2, kept.draft.by2.pk);
  };
  const show = (kept: Kept): void =>
    eachPlace(kept, (index, pk) => {
      const shown = index.get(pk);
      if (shown === undefined) index.set(pk, new Set([kept]));
      else shown.add(kept);
    });
  const hide = (kept: Kept): void => eachPlace(kept, (index, pk) => void index.get(pk)?.delete(kept));

  const partitionOf = (pk: string): Partition => {
    const known = partitions.get(pk);
    if (known !== undefined) return known;
    const fresh: Partition = { names: [], rows: new Map() };
    partitions.set(pk, fresh);
    return fresh;
  };

  const fold = (): void => {
    for (const kept of unfolded) kept.row = undefined;
    unfolded = [];
  };

  return {
    at: ({ pk, sk }: Key): Kept | undefined => partitions.get(pk)?.rows.get(sk),
    names: (pk: string): readonly string[] => partitions.get(pk)?.names ?? [],
    indexed: (index: 'by1' | 'by2', pk: string): readonly Kept[] => [...(indexes[index].get(pk) ?? [])],
    /** The row as readers get it, frozen: the same one until it is written again or has long not been asked for. */
    unfold(kept: Kept): Row {
      if (kept.row !== undefined) return kept.row;
      if (unfolded.length >= UNFOLDED) fold();
      unfolded.push(kept);
      kept.row = frozen({ ...kept.draft, version: kept.version, body: JSON.parse(kept.text) });
      return kept.row;
    },
    put({ body: _, ...draft }: RowDraft, text: string, version: string): void {
      const { names, rows } = partitionOf(draft.pk);
      const before = rows.get(draft.sk);
      if (before === undefined) names.splice(placeOf(names, draft.sk), 0, draft.sk);
      else hide(before);
      const kept: Kept = { draft, version, text, row: undefined };
      rows.set(draft.sk, kept);
      show(kept);
    },
    remove({ pk, sk }: Key): void {
      const partition = partitions.get(pk);
      const kept = partition?.rows.get(sk);
      if (partition === undefined || kept === undefined) return;
      hide(kept);
      partition.rows.delete(sk);
      partition.names.splice(placeOf(partition.names, sk), 1);
      if (partition.names.length === 0) partitions.delete(pk);
    },
  };
};
