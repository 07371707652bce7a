import { frozen } from './frozen.ts';
import type { Key, Row, RowDraft } from './table.ts';

/** Characters of JSON that are kept; as objects they take about three times as many bytes. */
const MOST_CHARACTERS = 6_000_000;

const nameOf = ({ pk, sk }: Key): string => `${pk}\n${sk}`;

/** A row, and how many characters of JSON it is. */
export type AtHand = { readonly row: Row; readonly size: number };

/**
 * The rows that were read or written lately, so that those which are asked for again and again need not be read and parsed each
 * time. A version is never used twice: one that is still the row's says that the row is as it was, whoever wrote meanwhile.
 */
export const rowsAtHand = () => {
  const kept = new Map<string, AtHand>();
  let characters = 0;

  const forget = (name: string, known: AtHand): void => {
    kept.delete(name);
    characters -= known.size;
  };

  const keep = (row: Row, size: number): AtHand => {
    const name = nameOf(row);
    const before = kept.get(name);
    if (before !== undefined) forget(name, before);
    frozen(row.body);
    const atHand = { row, size };
    kept.set(name, atHand);
    characters += size;
    for (const [oldest, known] of kept) {
      if (characters <= MOST_CHARACTERS) break;
      forget(oldest, known);
    }
    return atHand;
  };

  return {
    /** Whether some version of the row is at hand. */
    has: (key: Key): boolean => kept.has(nameOf(key)),
    /** The row, if it is at hand in this version. */
    find(key: Key, version: string): AtHand | undefined {
      const name = nameOf(key);
      const known = kept.get(name);
      if (known?.row.version !== version) return undefined;
      // What was asked for last is the last to go.
      kept.delete(name);
      kept.set(name, known);
      return known;
    },
    keep,
    /** Keeps what was written, where it is what a reader would find: checked, and nobody's to change any more. */
    written(draft: RowDraft, version: string, size: number): void {
      if (draft.checkedBy !== undefined && Object.isFrozen(draft.body)) keep({ ...draft, version }, size);
    },
  };
};
