import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { COLUMNS } from './sqlite-query.ts';
import { TableUnavailable } from './table.ts';

/** Waiting for another process blocks this one, so it stays short. */
const LOCK_WAIT_MS = 250;

/** For a new file, before anything is in it: with pages of 8 KB the way to a row of a large clinic is shorter than with the usual 4, and a change writes half as much as with 16. */
export const NEW_FILE = 'PRAGMA page_size = 8192;';

// In WAL, synchronous=NORMAL survives a killed process; only a power cut may lose the last writes. The cache is 32 MB: it holds
// the upper pages of a large clinic's trees, which the usual 2 MB do not. The indexes hold versions, so that a list of rows
// that are at hand needs no row; those of earlier files did not.
const SCHEMA = `
  ${NEW_FILE}
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA cache_size = -32768;
  CREATE TABLE IF NOT EXISTS rows (
    pk TEXT NOT NULL, sk TEXT NOT NULL,
    by1pk TEXT, by1sk TEXT, by2pk TEXT, by2sk TEXT,
    expiresAt INTEGER, version TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (pk, sk)
  ) STRICT, WITHOUT ROWID;
  DROP INDEX IF EXISTS by1;
  DROP INDEX IF EXISTS by2;
  CREATE INDEX IF NOT EXISTS shown1 ON rows (by1pk, by1sk, pk, sk, version) WHERE by1pk IS NOT NULL;
  CREATE INDEX IF NOT EXISTS shown2 ON rows (by2pk, by2sk, pk, sk, version) WHERE by2pk IS NOT NULL;
`;

const INSERT = `INSERT INTO rows (version, by1pk, by1sk, by2pk, by2sk, expiresAt, body, pk, sk)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const SET = 'SET version = ?, by1pk = ?, by1sk = ?, by2pk = ?, by2sk = ?, expiresAt = ?, body = ?';
const REPLACE = `SET version = excluded.version, by1pk = excluded.by1pk, by1sk = excluded.by1sk, by2pk = excluded.by2pk,
  by2sk = excluded.by2sk, expiresAt = excluded.expiresAt, body = excluded.body`;
const HERE = 'WHERE pk = ? AND sk = ?';

/** Throws what went wrong in SQLite as the port's own error. */
export const unavailable = (cause: unknown): never => {
  throw new TableUnavailable('The SQLite table did not answer', { cause });
};

/** Opens the database. */
export const openDatabase = (path: string): DatabaseSync => {
  try {
    return new DatabaseSync(path, { timeout: LOCK_WAIT_MS });
  } catch (cause) {
    return unavailable(cause);
  }
};

/** Creates what the database lacks. */
export const completeDatabase = (database: DatabaseSync): void => {
  try {
    database.exec(SCHEMA);
  } catch (cause) {
    unavailable(cause);
  }
};

/** Every statement that changes or finds one row; each does so exactly when its condition holds. */
export const prepareStatements = (database: DatabaseSync) => {
  const prepare = (sql: string): StatementSync => database.prepare(sql);
  return {
    begin: prepare('BEGIN IMMEDIATE'),
    commit: prepare('COMMIT'),
    rollback: prepare('ROLLBACK'),
    get: database.prepare(`SELECT ${COLUMNS} FROM rows ${HERE}`, { returnArrays: true }),
    versionAt: prepare(`SELECT version FROM rows ${HERE}`),
    dataVersion: database.prepare('PRAGMA data_version', { returnArrays: true }),
    put: prepare(`${INSERT} ON CONFLICT DO UPDATE ${REPLACE}`),
    insert: prepare(`${INSERT} ON CONFLICT DO NOTHING`),
    update: prepare(`UPDATE rows ${SET} ${HERE}`),
    updateVersion: prepare(`UPDATE rows ${SET} ${HERE} AND version = ?`),
    delete: prepare(`DELETE FROM rows ${HERE}`),
    deleteVersion: prepare(`DELETE FROM rows ${HERE} AND version = ?`),
  };
};

/** The prepared statements of one database. */
export type Statements = ReturnType<typeof prepareStatements>;
