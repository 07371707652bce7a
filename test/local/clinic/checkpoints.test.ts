import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test, vi } from 'vitest';
import { checkpointsOf } from '../../../local/clinic/checkpoints.ts';

const folder = mkdtempSync(join(tmpdir(), 'checkpoints-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A file that nobody copies a log into, with what it holds without its log. */
const written = (name: string) => {
  const path = join(folder, name);
  const database = new DatabaseSync(path);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE kept (n INTEGER) STRICT');
  const add = database.prepare('INSERT INTO kept VALUES (?)');
  const withoutLog = (): number => {
    const alone = new DatabaseSync(`file:${path}?immutable=1`, { readOnly: true });
    const tables = alone.prepare("SELECT 1 FROM sqlite_master WHERE name = 'kept'").all();
    const { n = 0 } = tables.length === 0 ? {} : (alone.prepare('SELECT count(*) AS n FROM kept').get() ?? {});
    alone.close();
    return Number(n);
  };
  return { path, database, add: (n: number) => void add.run(n), withoutLog };
};

test('what is written is copied from the log into the file while the writer goes on', async () => {
  const { path, database, add, withoutLog } = written('a.sqlite');
  add(1);
  expect(withoutLog()).toBe(0);
  const failures: unknown[] = [];
  const checkpoints = checkpointsOf(path, (failure) => failures.push(failure));
  await vi.waitFor(() => expect(withoutLog()).toBe(1), 5_000);
  add(2);
  await vi.waitFor(() => expect(withoutLog()).toBe(2), 5_000);
  await checkpoints.end();
  expect(failures).toEqual([]);
  database.close();
});

test('a file that is no database any more is told of', async () => {
  const path = join(folder, 'text.sqlite');
  writeFileSync(path, 'This is text, and more text than a page has room for.'.repeat(100));
  const failures: unknown[] = [];
  const checkpoints = checkpointsOf(path, (failure) => failures.push(failure));
  await vi.waitFor(() => expect(failures).toMatchObject([{ message: 'file is not a database' }]), 5_000);
  await checkpoints.end();
});
