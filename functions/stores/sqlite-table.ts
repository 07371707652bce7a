import type { SQLOutputValue, StatementSync } from 'node:sqlite';
import { type AtHand, rowsAtHand } from './rows-at-hand.ts';
import { openDatabase, prepareStatements, unavailable } from './sqlite-database.ts';
import { selectFor } from './sqlite-query.ts';
import { carryOut } from './sqlite-write.ts';
import { type Key, type Page, type Query, type Row, type Table, WriteRefused } from './table.ts';
import { cursorAfter, rangeOf } from './table-range.ts';
import { type Checked, checkKey, checkOperations } from './table-request.ts';

type Options = {
  /** A file, `:memory:`, or nothing for a temporary file that is gone with the process. */
  readonly path: string;
  readonly newId: () => string;
};

/** The values of one row in the order of COLUMNS: as arrays, rows are read a quarter faster than as objects. */
type Stored = readonly SQLOutputValue[];

/** A page of DynamoDB ends at 1 MB; so that callers follow cursors, it does here too. */
const PAGE_CHARACTERS = 1024 * 1024;

/** Another process took the row away between its place and the row. */
const GONE = { row: undefined, size: 0 } as const;

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

/** The table in one SQLite database: a file for one machine, or memory for rehearsals and tests. */
export const sqliteTable = ({ path, newId }: Options): Table & { close(): void } => {
  const database = openDatabase(path);
  const statements = prepareStatements(database);
  const selects = new Map<string, StatementSync>();

  const atHand = rowsAtHand();

  const read = (key: Key): AtHand | undefined => {
    const stored = statements.get.get(key.pk, key.sk);
    if (stored === undefined) return undefined;
    const values = cells(stored);
    return atHand.keep(toRow(values), String(values.at(-1)).length);
  };
  const rowAt = (key: Key, version: unknown): AtHand | undefined => atHand.find(key, String(version)) ?? read(key);

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
      return attempt(() => {
        // Asking for the version first is worth it only where it may be enough.
        if (!atHand.has({ pk, sk })) return read({ pk, sk })?.row;
        const stored = statements.versionAt.get(pk, sk);
        return stored && rowAt({ pk, sk }, stored.version)?.row;
      });
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
      if (refused.length > 0) throw new WriteRefused(refused);
      for (const { operation, body } of write)
        if (operation.do === 'put' && !body.leavesOut) atHand.written(operation.row, version, body.characters);
      return version;
    },
    close: () => database.close(),
  };
};
