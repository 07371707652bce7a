/** What keeps a SQLite file from being read or written; a person has to put it right. */
export type StorageTrouble = 'locked' | 'full' | 'read-only' | 'not-reachable' | 'no-database' | 'broken';

/** What whoever asked can be told of it. */
export const STORAGE_TROUBLES: Readonly<Record<StorageTrouble, string>> = {
  locked: 'another program has the clinic’s file locked; it goes on as soon as that lets go',
  full: 'the disk is full; it goes on as soon as there is room',
  'read-only': 'the clinic’s file cannot be written to',
  'not-reachable': 'the clinic’s file cannot be opened',
  'no-database': 'the clinic’s file is no database',
  broken: 'the clinic’s file cannot be read',
};

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
