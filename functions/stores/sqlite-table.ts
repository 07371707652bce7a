import { DatabaseSync, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { COLUMNS, selectFor } from './sqlite-query.ts';
import {
  type Condition,
  type Key,
  type Page,
  type Query,
  type Row,
  type RowDraft,
  type Table,
  TableUnavailable,
  WriteRefused,
} from './table.ts';
import { cursorAfter, rangeOf } from './table-range.ts';
import { type Checked, checkKey, checkOperations } from './table-request.ts';

type Options = {
  /** A file, or `:memory:`. */
  readonly path: string;
  readonly newId: () => string;
};

/** The values of one row in the order of COLUMNS: as arrays, rows are read a quarter faster than as objects. */
type Stored = readonly SQLOutputValue[];

/** Waiting for another process blocks this one, so it stays short. */
const LOCK_WAIT_MS = 250;

/** A page of DynamoDB ends at 1 MB; so that callers follow cursors, it does here too. */
const PAGE_CHARACTERS = 1024 * 1024;

// In WAL, synchronous=NORMAL survives a killed process; only a power cut may lose the last writes.
const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS rows (
    pk TEXT NOT NULL, sk TEXT NOT NULL,
    by1pk TEXT, by1sk TEXT, by2pk TEXT, by2sk TEXT,
    expiresAt INTEGER, version TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (pk, sk)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS by1 ON rows (by1pk, by1sk, pk, sk) WHERE by1pk IS NOT NULL;
  CREATE INDEX IF NOT EXISTS by2 ON rows (by2pk, by2sk, pk, sk) WHERE by2pk IS NOT NULL;
`;

const INSERT = `INSERT INTO rows (version, by1pk, by1sk, by2pk, by2sk, expiresAt, body, pk, sk)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const SET = 'SET version = ?, by1pk = ?, by1sk = ?, by2pk = ?, by2sk = ?, expiresAt = ?, body = ?';
const REPLACE = `SET version = excluded.version, by1pk = excluded.by1pk, by1sk = excluded.by1sk, by2pk = excluded.by2pk,
  by2sk = excluded.by2sk, expiresAt = excluded.expiresAt, body = excluded.body`;
const HERE = 'WHERE pk = ? AND sk = ?';

const unavailable = (cause: unknown): never => {
  throw new TableUnavailable('The SQLite table did not answer', { cause });
};

const open = (path: string): DatabaseSync => {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: LOCK_WAIT_MS });
    database.exec(SCHEMA);
    return database;
  } catch (cause) {
    database?.close();
    return unavailable(cause);
  }
};

/** Each of these changes (or finds) one row exactly when its condition holds. */
const prepareStatements = (database: DatabaseSync) => {
  const prepare = (sql: string): StatementSync => database.prepare(sql);
  return {
    begin: prepare('BEGIN IMMEDIATE'),
    commit: prepare('COMMIT'),
    rollback: prepare('ROLLBACK'),
    get: database.prepare(`SELECT ${COLUMNS} FROM rows ${HERE}`, { returnArrays: true }),
    versionAt: prepare(`SELECT version FROM rows ${HERE}`),
    put: prepare(`${INSERT} ON CONFLICT DO UPDATE ${REPLACE}`),
    insert: prepare(`${INSERT} ON CONFLICT DO NOTHING`),
    update: prepare(`UPDATE rows ${SET} ${HERE}`),
    updateVersion: prepare(`UPDATE rows ${SET} ${HERE} AND version = ?`),
    delete: prepare(`DELETE FROM rows ${HERE}`),
    deleteVersion: prepare(`DELETE FROM rows ${HERE} AND version = ?`),
  };
};

type Statements = ReturnType<typeof prepareStatements>;

const cells = (values: unknown): Stored => (Array.isArray(values) ? values : []);

const place = (pk: SQLOutputValue | undefined, sk: SQLOutputValue | undefined): Key => ({
  pk: String(pk),
  sk: String(sk),
});

const toRow = ([pk, sk, by1pk, by1sk, by2pk, by2sk, expiresAt, version, body]: Stored): Row => ({
  pk: String(pk),
  sk: String(sk),
  ...(by1pk !== null && { by1: place(by1pk, by1sk) }),
  ...(by2pk !== null && { by2: place(by2pk, by2sk) }),
  ...(expiresAt !== null && { expiresAt: Number(expiresAt) }),
  version: String(version),
  body: JSON.parse(String(body)),
});

const holds = (statements: Statements, { pk, sk }: Key, when: Condition): boolean => {
  if (when === 'free') return true;
  const stored = statements.versionAt.get(pk, sk);
  if (when === 'ifAbsent') return stored === undefined;
  return stored !== undefined && (when === 'ifPresent' || stored.version === when.ifVersion);
};

const put = (statements: Statements, row: RowDraft, when: Condition, body: string, version: string): boolean => {
  const { pk, sk, by1, by2, expiresAt = null } = row;
  const values = [version, by1?.pk ?? null, by1?.sk ?? null, by2?.pk ?? null, by2?.sk ?? null, expiresAt, body, pk, sk];
  if (when === 'free') return statements.put.run(...values).changes === 1;
  if (when === 'ifAbsent') return statements.insert.run(...values).changes === 1;
  if (when === 'ifPresent') return statements.update.run(...values).changes === 1;
  return statements.updateVersion.run(...values, when.ifVersion).changes === 1;
};

const remove = (statements: Statements, key: Key, when: Condition): boolean => {
  if (when === 'ifAbsent') return holds(statements, key, when);
  if (when === 'free' || when === 'ifPresent') {
    return statements.delete.run(key.pk, key.sk).changes === 1 || when === 'free';
  }
  return statements.deleteVersion.run(key.pk, key.sk, when.ifVersion).changes === 1;
};

const carryOut = (statements: Statements, { operation, text }: Checked, version: string): boolean => {
  if (operation.do === 'put') return put(statements, operation.row, operation.when, text, version);
  if (operation.do === 'delete') return remove(statements, operation.key, operation.when);
  return holds(statements, operation.key, operation.when);
};

/** One page of what was read: the rows up to 1 MB, and where to go on. */
const pageOf = (stored: readonly Stored[], { index }: Query, limit: number): Page => {
  let characters = 0;
  const size = stored.findIndex((values) => {
    characters += String(values.at(-1)).length;
    return characters > PAGE_CHARACTERS;
  });
  const rows = (size === -1 ? stored : stored.slice(0, Math.max(1, size))).map(toRow);
  const last = rows.at(-1);
  const more = rows.length === limit || rows.length < stored.length;
  return more && last !== undefined ? { rows, cursor: cursorAfter(last, index) } : { rows };
};

/** The table in one SQLite database: a file for one machine, or memory for rehearsals and tests. */
export const sqliteTable = ({ path, newId }: Options): Table & { close(): void } => {
  const database = open(path);
  const statements = prepareStatements(database);
  const selects = new Map<string, StatementSync>();

  const select = (sql: string): StatementSync => {
    const known = selects.get(sql);
    if (known !== undefined) return known;
    const prepared = database.prepare(sql, { returnArrays: true });
    selects.set(sql, prepared);
    return prepared;
  };

  const refusals = (write: readonly Checked[], version: string): readonly Key[] =>
    write.filter((part) => !carryOut(statements, part, version)).map(({ key: { pk, sk } }) => ({ pk, sk }));

  const inTransaction = (write: readonly Checked[], version: string): readonly Key[] => {
    // A single statement is atomic by itself.
    if (write.length === 1) return refusals(write, version);
    statements.begin.run();
    try {
      const refused = refusals(write, version);
      (refused.length === 0 ? statements.commit : statements.rollback).run();
      return refused;
    } catch (cause) {
      if (database.isTransaction) statements.rollback.run();
      throw cause;
    }
  };

  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (cause) {
      return unavailable(cause);
    }
  };

  return {
    async get({ pk, sk }) {
      checkKey({ pk, sk });
      const stored = attempt(() => statements.get.get(pk, sk));
      return stored && toRow(cells(stored));
    },
    async query(query) {
      const range = rangeOf(query);
      if (range === undefined) return { rows: [] };
      const { sql, values } = selectFor(query, range);
      const stored = attempt(() => select(sql).all(...values));
      return pageOf(stored.map(cells), query, range.limit);
    },
    async write(operations) {
      const write = checkOperations(operations);
      const version = newId();
      const refused = attempt(() => inTransaction(write, version));
      if (refused.length > 0) throw new WriteRefused(refused);
      return version;
    },
    close: () => database.close(),
  };
};
