import { weighBody } from './table-body.ts';
import { InvalidRequest } from './table-invalid-request.ts';
import { type Key, MAX_OPERATIONS, type Operation, type RowDraft } from './table.ts';

/** DynamoDB's limits, in bytes: a partition key, a sort key, one item, one transaction. */
export const LIMITS = { pk: 2048, sk: 1024, item: 400 * 1024, transaction: 4 * 1024 * 1024 } as const;

/** Names, versions and numbers of a row outside its body and keys. */
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

const weighRow = (row: RowDraft, exact: boolean): number => {
  const { key, by1, by2 } = { key: row, by1: row.by1, by2: row.by2 };
  let bytes = ROW_OVERHEAD + weighBody(row.body, exact);
  for (const place of [key, by1, by2]) {
    if (place !== undefined)
      bytes += exact ? Buffer.byteLength(place.pk + place.sk) : 3 * (place.pk.length + place.sk.length);
  }
  return bytes;
};

const checkRow = (row: RowDraft): number => {
  checkKey(row);
  if (row.by1 !== undefined) checkKey(row.by1);
  if (row.by2 !== undefined) checkKey(row.by2);
  if (row.expiresAt !== undefined && !(Number.isSafeInteger(row.expiresAt) && row.expiresAt >= 0)) {
    throw new InvalidRequest(`expiresAt is ${row.expiresAt}, not whole Unix seconds`);
  }
  // Counting bytes exactly is slow, and needed only near a limit.
  const atMost = weighRow(row, false);
  if (atMost <= LIMITS.transaction / MAX_OPERATIONS) return atMost;
  const bytes = weighRow(row, true);
  if (bytes > LIMITS.item) throw new InvalidRequest(`Row ${row.pk} ${row.sk} takes ${bytes} bytes of ${LIMITS.item}`);
  return bytes;
};

const checkDistinct = (keys: readonly Key[]): void => {
  const seen = new Set<string>();
  for (const { pk, sk } of keys) {
    // The length keeps two keys apart whose parts only join to the same text.
    const key = `${pk.length} ${pk}${sk}`;
    if (seen.has(key)) throw new InvalidRequest(`Two operations of one write have the key ${pk} ${sk}`);
    seen.add(key);
  }
};

/** The key that an operation is about. */
export const keyOf = (operation: Operation): Key => (operation.do === 'put' ? operation.row : operation.key);

/** Rejects a write that is empty, too large, names a key twice, or holds what DynamoDB would not take or give back. */
export const checkOperations = (operations: readonly Operation[]): void => {
  if (operations.length === 0) throw new InvalidRequest('A write needs an operation');
  if (operations.length > MAX_OPERATIONS) {
    throw new InvalidRequest(`${operations.length} operations in one write; at most ${MAX_OPERATIONS} are possible`);
  }
  let bytes = 0;
  for (const operation of operations) {
    if (operation.do === 'put') bytes += checkRow(operation.row);
    else checkKey(operation.key);
  }
  if (bytes > LIMITS.transaction)
    throw new InvalidRequest(`One write of ${bytes} bytes; at most ${LIMITS.transaction} are possible`);
  if (operations.length > 1) checkDistinct(operations.map(keyOf));
};
