import type { Row, RowDraft } from '../../functions/stores/table.ts';
import { type PackedTexts, packTexts } from './packed-texts.ts';

/** A row as it is kept: its body as text of its own or packed with others, and as readers have it while they ask for it. */
export type Kept = {
  readonly draft: Omit<RowDraft, 'body'>;
  readonly version: string;
  readonly length: number;
  text: string | undefined;
  packed: { readonly texts: PackedTexts; readonly at: number } | undefined;
  row: Row | undefined;
  /** Something else stands in its place. */
  gone: boolean;
};

/** So many texts are packed together: the more, the smaller they get and the longer one of them takes to read. */
const TOGETHER = { least: 4, most: 24 };

/** A row's body as text. */
export const textOf = ({ text, packed }: Kept): string => text ?? packed?.texts.at(packed.at) ?? '';

const packTogether = (rows: readonly Kept[]): number => {
  if (rows.length < TOGETHER.least) return 0;
  const texts = packTexts(rows.map(textOf));
  for (const [at, kept] of rows.entries()) {
    kept.packed = { texts, at };
    kept.text = undefined;
  }
  return rows.reduce((sum, { length }) => sum + length, 0);
};

/** Packs each row with others of its partition, and says how many characters are loose no more. */
export const packByPartition = (rows: Iterable<Kept>): number => {
  const partitions = Map.groupBy(rows, ({ draft }) => draft.pk);
  let packed = 0;
  for (const own of partitions.values())
    for (let from = 0; from < own.length; from += TOGETHER.most)
      packed += packTogether(own.slice(from, from + TOGETHER.most));
  return packed;
};
