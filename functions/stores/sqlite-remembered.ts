import type { Key, Row } from './table.ts';

/** Rows of about 1 KB each: enough for what a thousand journeys read again and again. */
const MOST = 24_000;

type Partitions = Map<string, Map<string, Row>>;

/** The rows that were read last, at most so many: a version is read and parsed once, however often it is asked for. */
export const rememberedRows = (most = MOST) => {
  // Two generations: what is asked for again moves to the young one, and the old one is dropped whole.
  let young: Partitions = new Map();
  let old: Partitions = new Map();
  let count = 0;

  const keep = (row: Row): void => {
    if (count >= most / 2) {
      [young, old] = [new Map(), young];
      count = 0;
    }
    count += 1;
    const partition = young.get(row.pk);
    if (partition === undefined) young.set(row.pk, new Map([[row.sk, row]]));
    else partition.set(row.sk, row);
  };

  return {
    keep,
    get({ pk, sk }: Key): Row | undefined {
      const known = young.get(pk)?.get(sk);
      if (known !== undefined) return known;
      const again = old.get(pk)?.get(sk);
      if (again !== undefined) keep(again);
      return again;
    },
    forget({ pk, sk }: Key): void {
      young.get(pk)?.delete(sk);
      old.get(pk)?.delete(sk);
    },
  };
};
