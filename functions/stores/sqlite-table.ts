import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { type AtHand, rowsAtHand } from './rows-at-hand.ts';
import { completeDatabase, openDatabase, prepareStatements, unavailable } from './sqlite-database.ts';
import { selectFor } from './sqlite-query.ts';
import { carryOut } from './sqlite-write.ts';
import { type Key, type Page, type Query, type Row, type RowDraft, type Table, WriteRefused } from './table.ts';
import { cursorAfter, rangeOf } from './table-range.ts';
import { type Checked, checkKey, checkOperations } from './table-request.ts';

/** The values of one row in the order of COLUMNS: as arrays, rows are read a quarter faster than as objects. */
type Stored = readonly SQLOutputValue[];

/** A page of DynamoDB ends at 1 MB; so that callers follow cursors, it does here too. */
const PAGE_CHARACTERS = 1024 * 1024;

/** Another process took the row away between its place and the row. */
const GONE = { row: undefined, size: 0 } as const;

const isFinal = ({ checkedBy, body }: RowDraft): boolean => checkedBy !== undefined && Object.isFrozen(body);

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

/** The table in an open SQLite database that has no other: what it writes itself it knows without looking. Throws TableUnavailable. */
export const tableIn = (database: DatabaseSync, newId: () => string): Table => {
  completeDatabase(database);
  const statements = prepareStatements(database);
  const selects = new Map<string, StatementSync>();

  const atHand = rowsAtHand();
  /** A number that changes whenever somebody else has written to the file. */
  const lookAtFile = (): number => Number(cells(statements.dataVersion.get())[0]);
  let seen = lookAtFile();
  let looked = false;
  /** Looks once for all rows that are asked for in one go: until the process listens again, nobody can have told it of a later write. */
  const lookOnce = (): number => {
    if (looked) return seen;
    looked = true;
    process.nextTick(() => {
      looked = false;
    });
    seen = lookAtFile();
    return seen;
  };

  const read = (key: Key): AtHand | undefined => {
    const stored = statements.get.get(key.pk, key.sk);
    if (stored === undefined) return undefined;
    const values = cells(stored);
    return atHand.keep(toRow(values), String(values.at(-1)).length, seen);
  };
  const rowAt = (key: Key, version: unknown): AtHand | undefined => {
    const known = atHand.find(key);
    return known?.row.version === version ? known : read(key);
  };
  const rowNow = (key: Key): AtHand | undefined => {
    const known = atHand.find(key);
    if (known === undefined) return read(key);
    if (known.seenAt === lookOnce()) return known;
    if (statements.versionAt.get(key.pk, key.sk)?.version !== known.row.version) return read(key);
    known.seenAt = seen;
    return known;
  };

  /** One page of the places that were found: the rows up to 1 MB, and where to go on. */
  const pageOf = (found: readonly Stored[], { index }: Query, limit: number): Page => {
    const rows: Row[] = [];
    let characters = 0;
    let looked = 0;
    for (const [pk, sk, version] of found) {
      const { row, size } = rowAt(place(pk, sk), version) ?? GONE;
      characters += size;
      if (rows.length > 0 && characters > PAGE_CHARACTERS) break;
      looked += 1;
      if (row !== undefined) rows.push(row);
    }
    const last = rows.at(-1);
    const more = found.length === limit || looked < found.length;
    return more && last !== undefined ? { rows, cursor: cursorAfter(last, index) } : { rows };
  };

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
      return attempt(() => rowNow({ pk, sk })?.row);
    },
    async query(query) {
      const range = rangeOf(query);
      if (range === undefined) return { rows: [] };
      const { sql, values } = selectFor(query, range);
      return attempt(() =>
        pageOf(
          select(sql)
            .all(...values)
            .map(cells),
          query,
          range.limit,
        ),
      );
    },
    async write(operations) {
      const write = checkOperations(operations);
      const version = newId();
      const refused = attempt(() => inTransaction(write, version));
      if (refused.length > 0) {
        // Whoever reads again, to try again, has to see what the write was refused for.
        looked = false;
        throw new WriteRefused(refused);
      }
      for (const { operation, key, body } of write) {
        if (operation.do === 'check') continue;
        // What was checked, and is nobody's to change any more, is what a reader would find.
        if (operation.do === 'put' && !body.leavesOut && isFinal(operation.row))
          atHand.keep({ ...operation.row, version }, body.characters, seen);
        else atHand.forget(key);
      }
      return version;
    },
  };
};

type Options = {
  /** A file, `:memory:`, or nothing for a temporary file that is gone with the process. */
  readonly path: string;
  readonly newId: () => string;
};

/** The table in one SQLite database of its own: a file for one machine, or memory for tests. */
export const sqliteTable = ({ path, newId }: Options): Table & { close(): void } => {
  const database = openDatabase(path);
  try {
    return { ...tableIn(database, newId), close: () => database.close() };
  } catch (cause) {
    database.close();
    throw cause;
  }
};
