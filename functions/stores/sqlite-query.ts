import type { Query } from './table.ts';
import type { Range } from './table-range.ts';

const LAST_CODE_POINT = 0x10ffff;
const BEFORE_SURROGATES = 0xd7ff;
const AFTER_SURROGATES = 0xe000;

/** The first text after all that begin with this prefix; `undefined` when there is none. Code points sort as UTF-8 does. */
export const endOfPrefix = (prefix: string): string | undefined => {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  while (points.at(-1) === LAST_CODE_POINT) points.pop();
  const last = points.pop();
  if (last === undefined) return undefined;
  const next = last === BEFORE_SURROGATES ? AFTER_SURROGATES : last + 1;
  return String.fromCodePoint(...points, next);
};

/** What is read of a row, in this order. */
export const COLUMNS = 'pk, sk, by1pk, by1sk, by2pk, by2sk, expiresAt, version, body';
/** What is read of the rows of a range before their bodies are: those that are at hand need not be read again. */
const PLACES = 'pk, sk, version';

/** The statement of a query and what it binds; few shapes of statement exist, so each is prepared once. */
export const selectFor = (
  query: Query,
  range: Range,
): { readonly sql: string; readonly values: (string | number)[] } => {
  const index = query.index ?? '';
  const sk = `${index}sk`;
  const onward = query.descending === true ? '<' : '>';
  let where = `${index}pk = ?`;
  const values: (string | number)[] = [query.pk];
  const narrow = (condition: string, ...bound: string[]): void => {
    where += ` AND ${condition}`;
    values.push(...bound);
  };
  const { from = range.prefix, to, after } = range;
  if (after?.row !== undefined) narrow(`(${sk}, pk, sk) ${onward} (?, ?, ?)`, after.sk, after.row.pk, after.row.sk);
  else if (after !== undefined) narrow(`sk ${onward} ?`, after.sk);
  // A cursor going up is already past the lower bound, one going down past the upper.
  if (from !== undefined && (after === undefined || onward === '<')) narrow(`${sk} >= ?`, from);
  if (to !== undefined && (after === undefined || onward === '>')) narrow(`${sk} <= ?`, to);
  const end = range.prefix === undefined ? undefined : endOfPrefix(range.prefix);
  if (end !== undefined) narrow(`${sk} < ?`, end);
  const way = query.descending === true ? ' DESC' : '';
  const order = query.index === undefined ? `sk${way}` : `${sk}${way}, pk${way}, sk${way}`;
  values.push(range.limit);
  return { sql: `SELECT ${PLACES} FROM rows WHERE ${where} ORDER BY ${order} LIMIT ?`, values };
};
