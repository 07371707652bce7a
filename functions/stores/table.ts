/** A row's place: its partition and its position in it. */
export type Key = { readonly pk: string; readonly sk: string };

/** JSON as it is stored; `undefined` never reaches a row. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Where a row also stands in one of the two sparse indexes. */
export type IndexKey = { readonly pk: string; readonly sk: string };

/** What a writer gives: a key, up to two index places, the body, and (only where losing the row is harmless) when it may vanish. */
export type RowDraft = Key & {
  readonly by1?: IndexKey;
  readonly by2?: IndexKey;
  /** Unix seconds after which the table may drop the row. */
  readonly expiresAt?: number;
  readonly body: { readonly [key: string]: Json };
  /** The schema that the body has passed; it is not stored, and a table that keeps bodies in memory gives it back. */
  readonly checkedBy?: object;
};

/** A stored row. `version` is the id of the write that put it there, so it never repeats. */
export type Row = RowDraft & { readonly version: string };

/** When an operation may go through; `ifVersion` names the version that was read. */
export type Condition = 'free' | 'ifAbsent' | 'ifPresent' | { readonly ifVersion: string };

/** One part of an atomic write. A `check` holds a row to a condition without writing it. */
export type Operation =
  | { readonly do: 'put'; readonly row: RowDraft; readonly when: Condition }
  | { readonly do: 'delete'; readonly key: Key; readonly when: Condition }
  | { readonly do: 'check'; readonly key: Key; readonly when: Exclude<Condition, 'free'> };

export type Index = 'by1' | 'by2';

/** A range of one partition, in order of the sort key (by UTF-8 bytes); `from` and `to` are inclusive and exclude `prefix`. */
export type Query = {
  readonly index?: Index;
  readonly pk: string;
  readonly prefix?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit?: number;
  readonly cursor?: string;
  readonly descending?: boolean;
};

export type Page = { readonly rows: readonly Row[]; readonly cursor?: string };

/** At most this many operations go into one atomic write (the limit of DynamoDB's TransactWriteItems). */
export const MAX_OPERATIONS = 100;

/**
 * The small port under every store. Base reads are consistent; index reads may lag on AWS, so nothing is decided on them.
 * `write` is all or nothing, returns the id that is now the version of every row it put, and rejects with
 * {@link WriteRefused} when a condition does not hold, {@link TableUnavailable} when the table cannot be reached.
 */
export type Table = {
  get(key: Key): Promise<Row | undefined>;
  query(query: Query): Promise<Page>;
  write(operations: readonly Operation[]): Promise<string>;
};

/** A condition did not hold: somebody else wrote first. Nothing was written. */
export class WriteRefused extends Error {
  override readonly name = 'WriteRefused';
  readonly keys: readonly Key[];
  constructor(keys: readonly Key[]) {
    super(`Write refused by ${keys.map(({ pk, sk }) => `${pk} ${sk}`).join(', ')}`);
    this.keys = keys;
  }
}

/** The table did not answer, or answered with something that is no refusal. Whether the write took effect is unknown. */
export class TableUnavailable extends Error {
  override readonly name = 'TableUnavailable';
}
