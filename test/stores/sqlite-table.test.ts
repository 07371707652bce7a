import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sqliteTable } from '../../functions/stores/sqlite-table.ts';
import { type Operation, TableUnavailable } from '../../functions/stores/table.ts';

const write: readonly Operation[] = [
  { do: 'put', row: { pk: 'p', sk: 'a', body: { n: 1 } }, when: 'ifAbsent' },
  { do: 'put', row: { pk: 'p', sk: 'b', body: { n: 2 } }, when: 'ifAbsent' },
];

describe('The table in a SQLite file', () => {
  let folder: string;
  let path: string;
  let given = 0;
  const newId = () => `id-${++given}`;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'table-'));
    path = join(folder, 'table.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is there again after it was closed', async () => {
    const before = sqliteTable({ path, newId });
    const version = await before.write(write);
    before.close();
    const after = sqliteTable({ path, newId });
    expect(await after.get({ pk: 'p', sk: 'a' })).toEqual({ pk: 'p', sk: 'a', body: { n: 1 }, version });
    after.close();
  });

  it('shows one connection at once what another wrote, and lets only one create a row', async () => {
    const [left, right] = [sqliteTable({ path, newId }), sqliteTable({ path, newId })];
    await left.write(write);
    expect((await right.query({ pk: 'p' })).rows).toHaveLength(2);
    await expect(right.write(write)).rejects.toMatchObject({ name: 'WriteRefused' });
    left.close();
    right.close();
  });

  it('shows what it wrote itself over a row that it has at hand, and nothing once it deleted it', async () => {
    const table = sqliteTable({ path, newId });
    const key = { pk: 'own', sk: 'a' };
    const bodies = [{ n: 1 }, { n: 2 }, { n: 3 }].map((body, n) => (n === 1 ? Object.freeze(body) : body));
    for (const body of bodies) {
      await table.write([{ do: 'put', row: { ...key, body, checkedBy: bodies }, when: 'free' }]);
      expect((await table.get(key))?.body).toEqual(body);
    }
    await table.write([{ do: 'delete', key, when: 'free' }]);
    expect(await table.get(key)).toBeUndefined();
    table.close();
  });

  it('shows what another process wrote as soon as it could have heard of it, also of rows that it has at hand', async () => {
    const [left, right] = [sqliteTable({ path, newId }), sqliteTable({ path, newId })];
    const put = (table: typeof left, n: number) =>
      table.write([{ do: 'put', row: { pk: 'other', sk: 'a', by1: { pk: 'i', sk: '1' }, body: { n } }, when: 'free' }]);
    const seen = async () => [
      (await left.get({ pk: 'other', sk: 'a' }))?.body,
      ...(await left.query({ pk: 'other' })).rows.map(({ body }) => body),
      ...(await left.query({ index: 'by1', pk: 'i' })).rows.map(({ body }) => body),
    ];
    await put(left, 1);
    expect(await seen()).toEqual([{ n: 1 }, { n: 1 }, { n: 1 }]);
    await put(right, 2);
    await setImmediate();
    expect(await seen()).toEqual([{ n: 2 }, { n: 2 }, { n: 2 }]);
    await right.write([{ do: 'delete', key: { pk: 'other', sk: 'a' }, when: 'free' }]);
    await setImmediate();
    expect(await seen()).toEqual([undefined]);
    left.close();
    right.close();
  });

  it('shows what its write was refused for, at once', async () => {
    const [left, right] = [sqliteTable({ path, newId }), sqliteTable({ path, newId })];
    const key = { pk: 'other', sk: 'a' };
    const put = (table: typeof left, n: number, version?: string) =>
      table.write([
        { do: 'put', row: { ...key, body: { n } }, when: version === undefined ? 'free' : { ifVersion: version } },
      ]);
    const first = await put(left, 1);
    // Read once it is at hand, and then known to be as it is in the file.
    await left.get(key);
    await left.get(key);
    await put(right, 2);
    await expect(put(left, 3, first)).rejects.toMatchObject({ name: 'WriteRefused' });
    expect((await left.get(key))?.body).toEqual({ n: 2 });
    left.close();
    right.close();
  });

  it('keeps its rows in WAL with an index that holds only rows with a place', () => {
    sqliteTable({ path, newId }).close();
    const file = new DatabaseSync(path);
    expect(file.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    const plan = file
      .prepare('EXPLAIN QUERY PLAN SELECT pk, sk, version FROM rows WHERE by1pk = ? ORDER BY by1sk, pk, sk')
      .all();
    expect(plan.map(({ detail }) => detail)).toEqual([expect.stringContaining('USING COVERING INDEX shown1')]);
    file.close();
  });

  it.each([1, 2])(
    'is unavailable while another holds the lock, to a write of %i, and then works again',
    async (size) => {
      const table = sqliteTable({ path, newId });
      const other = new DatabaseSync(path);
      other.exec('BEGIN IMMEDIATE');
      const failure = await table.write(write.slice(0, size)).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(TableUnavailable);
      expect(failure).toHaveProperty('cause.message', 'database is locked');
      other.exec('ROLLBACK');
      await table.write(write.slice(0, size));
      other.close();
      table.close();
    },
  );

  it('is unavailable when it was closed, and when the file is no database', async () => {
    const table = sqliteTable({ path, newId });
    table.close();
    await expect(table.get({ pk: 'p', sk: 'a' })).rejects.toBeInstanceOf(TableUnavailable);
    await expect(table.write(write)).rejects.toBeInstanceOf(TableUnavailable);
    writeFileSync(join(folder, 'text.db'), 'This is text, and more text than a page has room for.'.repeat(100));
    expect(() => sqliteTable({ path: join(folder, 'text.db'), newId })).toThrow(TableUnavailable);
    expect(() => sqliteTable({ path: join(folder, 'missing', 'table.db'), newId })).toThrow(TableUnavailable);
  });

  it('writes nothing when a write breaks in the middle', async () => {
    const table = sqliteTable({ path, newId });
    const other = new DatabaseSync(path);
    // Stands for a full disk: the second row of the write fails, the first did not.
    other.exec(
      "CREATE TRIGGER full BEFORE INSERT ON rows WHEN new.sk = 'b' BEGIN SELECT RAISE(FAIL, 'disk is full'); END",
    );
    const failure = await table.write(write).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TableUnavailable);
    expect(failure).toHaveProperty('cause.message', 'disk is full');
    expect((await table.query({ pk: 'p' })).rows).toEqual([]);
    other.exec('DROP TRIGGER full');
    await table.write(write);
    expect((await table.query({ pk: 'p' })).rows).toHaveLength(2);
    other.close();
    table.close();
  });
});
