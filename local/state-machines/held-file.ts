import { DatabaseSync } from 'node:sqlite';
import { storageTrouble } from '../../functions/stores/storage-trouble.ts';

/** Waiting for another program blocks this one, so it stays short. */
const LOCK_WAIT_MS = 250;

/** Another process runs the executions of a file: two would do everything twice. */
export class ExecutionsInUse extends Error {
  override readonly name = 'ExecutionsInUse';
  constructor(path: string, options?: ErrorOptions) {
    super(`Another process runs the executions in ${path}`, options);
  }
}

/** Holds a file against other processes until it is closed; the system lets go when this process dies, however it dies. */
const hold = (path: string): DatabaseSync | undefined => {
  if (path === ':memory:') return undefined;
  const lock = new DatabaseSync(`${path}-lock`);
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (cause) {
    lock.close();
    if (storageTrouble(cause) !== 'locked') throw cause;
    throw new ExecutionsInUse(path, { cause });
  }
};

/** A file of executions, opened and held against other processes. */
export type HeldFile = { readonly database: DatabaseSync; close(): void };

/** Opens a SQLite file and holds it. Throws ExecutionsInUse while another process has it. */
export const holdFile = (path: string): HeldFile => {
  const database = new DatabaseSync(path, { timeout: LOCK_WAIT_MS });
  try {
    // What is no database shows here, before anything is written beside it.
    database.exec('PRAGMA schema_version');
    const lock = hold(path);
    return {
      database,
      close() {
        database.close();
        lock?.close();
      },
    };
  } catch (cause) {
    database.close();
    throw cause;
  }
};
