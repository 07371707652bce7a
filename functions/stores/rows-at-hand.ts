import { frozen } from './frozen.ts';
import type { Key, Row } from './table.ts';

/** Characters of JSON that are kept; as objects they take about three times as many bytes. */
const MOST_CHARACTERS = 24_000_000;

const nameOf = ({ pk, sk }: Key): string => `${pk}\n${sk}`;

/** A row, how many characters of JSON it is, and at which state of the file it was known to be so. */
export type AtHand = { readonly row: Row; readonly size: number; seenAt: number };

/**
 * The rows that were read or written lately, so that those which are asked for again and again need not be read and parsed each
 * time. A row is as it was while nobody else has written to the file, or while it has its version, which is never used twice.
 */
export const rowsAtHand = () => {
  // Two generations: what nobody asked for while the young one filled is forgotten with the old one.
  let [young, old] = [new Map<string, AtHand>(), new Map<string, AtHand>()];
  let characters = 0;

  const add = (name: string, known: AtHand): void => {
    const before = young.get(name);
    young.set(name, known);
    characters += known.size - (before?.size ?? 0);
    if (characters < MOST_CHARACTERS / 2) return;
    [young, old] = [new Map(), young];
    characters = 0;
  };

  return {
    /** The row as it was last seen. */
    find(key: Key): AtHand | undefined {
      const name = nameOf(key);
      const known = young.get(name);
      if (known !== undefined) return known;
      const earlier = old.get(name);
      if (earlier !== undefined) add(name, earlier);
      return earlier;
    },
    keep(row: Row, size: number, seenAt: number): AtHand {
      frozen(row.body);
      const known = { row, size, seenAt };
      add(nameOf(row), known);
      return known;
    },
    forget(key: Key): void {
      const name = nameOf(key);
      characters -= young.get(name)?.size ?? 0;
      young.delete(name);
      old.delete(name);
    },
  };
};
