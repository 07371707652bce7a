/** What keeps a SQLite file from being read or written; a person has to put it right. */
export type StorageTrouble = 'locked' | 'full' | 'read-only' | 'not-reachable' | 'no-database' | 'broken';

/** SQLite's primary result codes (sqlite.org/rescode.html). */
const BY_CODE: ReadonlyMap<number, StorageTrouble> = new Map([
  [5, 'locked'],
  [6, 'locked'],
  [8, 'read-only'],
  [10, 'broken'],
  [11, 'broken'],
  [13, 'full'],
  [14, 'not-reachable'],
  [26, 'no-database'],
]);

/** The trouble that an error, or what caused it, tells of; undefined where it is none of the file's. */
export const storageTrouble = (error: unknown): StorageTrouble | undefined => {
  if (!(error instanceof Error)) return undefined;
  // An extended code has the primary one in its lowest byte.
  const code = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : -1;
  return BY_CODE.get(code) ?? storageTrouble(error.cause);
};
