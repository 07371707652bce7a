import type { Key, Row } from './table.ts';

/** Rows of about 1 KB each: enough for what a thousand journeys read again and again. */
const MOST = 24_000;

const nameOf = ({ pk, sk }: Key): string => `${pk}\n${sk}`;

/** The rows that were read last, at most so many: a version is parsed once, however often it is read. */
export const rememberedRows = (most = MOST) => {
  // Two generations: what is read again moves to the young one, and the old one is dropped whole.
  let young = new Map<string, Row>();
  let old = new Map<string, Row>();

  const keep = (name: string, row: Row): void => {
    if (young.size >= most / 2) [young, old] = [new Map(), young];
    young.set(name, row);
  };

  return {
    get(key: Key): Row | undefined {
      const name = nameOf(key);
      const known = young.get(name);
      if (known !== undefined) return known;
      const again = old.get(name);
      if (again !== undefined) keep(name, again);
      return again;
    },
    keep: (row: Row): void => keep(nameOf(row), row),
    forget(key: Key): void {
      const name = nameOf(key);
      young.delete(name);
      old.delete(name);
    },
  };
};
