import type { Index, Key, Query, Row } from './table.ts';
import { InvalidRequest } from './table-invalid-request.ts';
import { checkKeyText, LIMITS } from './table-request.ts';

/** Rows of one page when the query does not say, and at most. */
export const MAX_PAGE = 1000;

/** A place in the order of a query: the sort key there, and for an index (where sort keys may repeat) the row's own key. */
export type Position = { readonly sk: string; readonly row?: Key };

/** A query after its checks: which sort keys, from where on, and how many rows. `undefined` where nothing can match. */
export type Range = {
  readonly prefix?: string;
  readonly from?: string;
  readonly to?: string;
  readonly after?: Position;
  readonly limit: number;
};

const byBytes = (left: string, right: string): number => Buffer.compare(Buffer.from(left), Buffer.from(right));

/** The opaque cursor that goes on after a row. It holds no partition, so that it cannot lead into another one. */
export const cursorAfter = (row: Row, index: Index | undefined): string => {
  const place = index === undefined ? [row.sk] : [index, row[index]?.sk, row.pk, row.sk];
  return Buffer.from(JSON.stringify(place)).toString('base64url');
};

const parseCursor = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
};

const readCursor = (cursor: string, index: Index | undefined): Position => {
  const place = parseCursor(cursor);
  if (Array.isArray(place) && place.every((part) => typeof part === 'string' && part !== '')) {
    if (index === undefined && place.length === 1) return { sk: place[0] };
    if (place.length === 4 && place[0] === index) return { sk: place[1], row: { pk: place[2], sk: place[3] } };
  }
  throw new InvalidRequest('The cursor belongs to no such query');
};

const holds = ({ prefix, from, to }: Omit<Range, 'limit'>, sk: string): boolean =>
  (prefix === undefined || sk.startsWith(prefix)) &&
  (from === undefined || byBytes(from, sk) <= 0) &&
  (to === undefined || byBytes(sk, to) <= 0);

const bounds = ({ prefix, from, to }: Query): Omit<Range, 'limit' | 'after'> => {
  for (const text of [prefix, from, to]) {
    if (text !== undefined && text !== '') checkKeyText('A bound of a query', text, LIMITS.sk);
  }
  if (prefix !== undefined && (from !== undefined || to !== undefined)) {
    throw new InvalidRequest('A query has a prefix or a range, not both');
  }
  // Every sort key begins with nothing and comes after nothing; DynamoDB takes no empty bound.
  return {
    ...(prefix && { prefix }),
    ...(from && { from }),
    ...(to !== undefined && { to }),
  };
};

/** Checks a query and says which rows it is about; `undefined` when no row can be. */
export const rangeOf = (query: Query): Range | undefined => {
  checkKeyText('A partition key', query.pk, LIMITS.pk);
  const { limit = MAX_PAGE, cursor, index } = query;
  if (!(Number.isInteger(limit) && limit > 0)) throw new InvalidRequest(`A limit of ${limit} rows`);
  const range = bounds(query);
  const after = cursor === undefined ? undefined : readCursor(cursor, index);
  if (after !== undefined && !holds(range, after.sk)) throw new InvalidRequest('The cursor lies outside the query');
  if (range.to === '' || (range.from !== undefined && range.to !== undefined && byBytes(range.from, range.to) > 0)) {
    return undefined;
  }
  return { ...range, ...(after && { after }), limit: Math.min(limit, MAX_PAGE) };
};
