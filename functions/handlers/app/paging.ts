import type { Place } from './cursors.ts';

/** Some rows of one stretch, and the place after them; undefined at its end. */
type Stretch<T> = { readonly items: readonly T[]; readonly cursor: string | undefined };

/** How often the table is asked for one page; a filter that lets little through gives a short page and a place to go on. */
const MOST_READS = 6;

/**
 * One page of a list that lies in several stretches of the table, one after the other. What is not kept leaves no gap in the order,
 * and what is written meanwhile moves nothing: a place is a row's, not a number.
 */
export const pageOf = async <T, R>(
  stretches: number,
  { from, limit }: { readonly from: Place; readonly limit: number },
  read: (stretch: number, from: { cursor: string | undefined; limit: number }) => Promise<Stretch<T>>,
  keep: (item: T, stretch: number) => Promise<R | undefined>,
): Promise<{ items: R[]; next: Place | null }> => {
  const items: R[] = [];
  let { stretch, after } = from;
  for (let reads = 0; stretch < stretches; ) {
    if (items.length >= limit || reads >= MOST_READS) return { items, next: { stretch, after } };
    const found = await read(stretch, { cursor: after ?? undefined, limit: limit - items.length });
    const kept = await Promise.all(found.items.map((item) => keep(item, stretch)));
    for (const item of kept) if (item !== undefined) items.push(item);
    if (found.items.length > 0) reads += 1;
    if (found.cursor === undefined) {
      stretch += 1;
      after = null;
    } else after = found.cursor;
  }
  return { items, next: null };
};
