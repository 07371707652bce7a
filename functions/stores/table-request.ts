import { type Key, MAX_OPERATIONS, type Operation, type RowDraft } from './table.ts';
import { checkBody, type Looked, weigh } from './table-body.ts';
import { InvalidRequest } from './table-invalid-request.ts';

/** DynamoDB's limits, in bytes: a partition key, a sort key, one item, one transaction. */
export const LIMITS = { pk: 2048, sk: 1024, item: 400 * 1024, transaction: 4 * 1024 * 1024 } as const;

/** Names, version and numbers of a row outside its body and keys. */
const ROW_OVERHEAD = 128;

/** Rejects text that cannot stand in a key: empty, no Unicode, or too long. */
export const checkKeyText = (what: string, text: string, most: number): void => {
  if (text === '') throw new InvalidRequest(`${what} is empty`);
  if (!text.isWellFormed()) throw new InvalidRequest(`${what} is no Unicode`);
  if (text.length * 3 > most && Buffer.byteLength(text) > most) {
    throw new InvalidRequest(`${what} is longer than ${most} bytes`);
  }
};

/** Rejects a key that DynamoDB would not take. */
export const checkKey = ({ pk, sk }: Key): void => {
  checkKeyText('A partition key', pk, LIMITS.pk);
  checkKeyText('A sort key', sk, LIMITS.sk);
};

const keyBytes = (key: Key | undefined): number => (key === undefined ? 0 : Buffer.byteLength(key.pk + key.sk));

const weighRow = (row: RowDraft): number =>
  ROW_OVERHEAD + keyBytes(row) + keyBytes(row.by1) + keyBytes(row.by2) + weigh(row.body);

const checkPlaces = (row: RowDraft): void => {
  checkKey(row);
  if (row.by1 !== undefined) checkKey(row.by1);
  if (row.by2 !== undefined) checkKey(row.by2);
  if (row.expiresAt !== undefined && !(Number.isSafeInteger(row.expiresAt) && row.expiresAt >= 0)) {
    throw new InvalidRequest(`expiresAt is ${row.expiresAt}, not whole Unix seconds`);
  }
};

/** Short JSON cannot reach any limit (a character is at most 3 bytes), so only long bodies are weighed. */
const SHORT = 10_000;

const checkSizes = (rows: readonly RowDraft[]): void => {
  const sizes = rows.map(weighRow);
  const heavy = rows[sizes.findIndex((bytes) => bytes > LIMITS.item)];
  if (heavy !== undefined)
    throw new InvalidRequest(`The row ${heavy.pk} ${heavy.sk} takes more than ${LIMITS.item} bytes`);
  const total = sizes.reduce((sum, bytes) => sum + bytes, 0);
  if (total > LIMITS.transaction) throw new InvalidRequest(`One write takes more than ${LIMITS.transaction} bytes`);
};

const checkDistinct = (checked: readonly Checked[]): void => {
  const seen = new Map<string, Set<string>>();
  for (const { key } of checked) {
    const { pk, sk } = key;
    const places = seen.get(pk);
    if (places === undefined) seen.set(pk, new Set([sk]));
    else if (places.has(sk)) throw new InvalidRequest(`Two operations of one write have the key ${pk} ${sk}`);
    else places.add(sk);
  }
};

/** An operation after its checks, with what was seen of a put's body. */
export type Checked = { readonly operation: Operation; readonly key: Key; readonly body: Looked };

const NO_BODY: Looked = { characters: 0, leavesOut: false };

const check = (operation: Operation): Checked => {
  if (operation.do !== 'put') {
    checkKey(operation.key);
    return { operation, key: operation.key, body: NO_BODY };
  }
  checkPlaces(operation.row);
  return { operation, key: operation.row, body: checkBody(operation.row.body) };
};

/** Rejects a write that is empty, too large, names a key twice, or holds what DynamoDB would not take or give back. */
export const checkOperations = (operations: readonly Operation[]): readonly Checked[] => {
  if (operations.length === 0) throw new InvalidRequest('A write needs an operation');
  if (operations.length > MAX_OPERATIONS) {
    throw new InvalidRequest(`${operations.length} operations in one write; at most ${MAX_OPERATIONS} are possible`);
  }
  const checked = operations.map(check);
  if (checked.some(({ body }) => body.characters > SHORT)) {
    checkSizes(operations.flatMap((operation) => (operation.do === 'put' ? [operation.row] : [])));
  }
  if (checked.length > 1) checkDistinct(checked);
  return checked;
};
