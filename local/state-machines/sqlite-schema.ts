import type { DatabaseSync } from 'node:sqlite';
import { NEW_FILE } from '../../functions/stores/sqlite-database.ts';
import type { SavedExecution, SavedLine } from './execution-store.ts';

/** When a line stops to wait that never does: a number, so that all lines stand in one index. */
export const NEVER = Number.MAX_SAFE_INTEGER;
/** When a line stops to wait that goes on by itself: before every instant. */
export const READY = 0;

// In WAL, synchronous=NORMAL survives a killed process; only a power cut may lose the last changes, never a part of one.
// The cache is 16 MB, so that the lines of a hundred thousand executions are found without looking for the way to each.
const TABLES = `
  ${NEW_FILE}
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA cache_size = -16384;
  CREATE TABLE IF NOT EXISTS runner (id INTEGER PRIMARY KEY CHECK (id = 0), now INTEGER NOT NULL, tokens INTEGER NOT NULL) STRICT;
  INSERT OR IGNORE INTO runner VALUES (0, 0, 0);
  CREATE TABLE IF NOT EXISTS definitions (id TEXT PRIMARY KEY, name TEXT NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS executions (
    arn TEXT NOT NULL UNIQUE, running INTEGER NOT NULL, told INTEGER NOT NULL, input TEXT NOT NULL, body TEXT NOT NULL,
    parent TEXT, definition TEXT, startedAt TEXT
  ) STRICT;
  CREATE TABLE IF NOT EXISTS lines (
    arn TEXT NOT NULL, place TEXT NOT NULL, body TEXT NOT NULL,
    due INTEGER NOT NULL, waitOrder INTEGER NOT NULL, token TEXT, PRIMARY KEY (arn, place)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS events (
    arn TEXT NOT NULL, id INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (arn, id)
  ) STRICT, WITHOUT ROWID;
`;

// What wakes an execution is found here, so that no start reads them all. Each index is a page more that a change writes: none
// holds what a change leaves as it was, and none is for what another one tells too.
const INDEXES = `
  CREATE INDEX IF NOT EXISTS linesByDue ON lines (due, waitOrder, arn);
  CREATE INDEX IF NOT EXISTS linesByToken ON lines (token, arn) WHERE token IS NOT NULL;
  CREATE INDEX IF NOT EXISTS runningByParent ON executions (parent, arn) WHERE running = 1;
  CREATE INDEX IF NOT EXISTS runningByStart ON executions (definition, startedAt, arn) WHERE running = 1;
  CREATE INDEX IF NOT EXISTS endedUntold ON executions (told) WHERE told = 0 AND running = 0;
`;

/** A file of an earlier version: its indexes looked into the bodies, each at every change. */
const EARLIER = `
  DROP INDEX IF EXISTS runningExecutions;
  DROP INDEX IF EXISTS untoldExecutions;
  DROP INDEX IF EXISTS runningChildren;
  DROP INDEX IF EXISTS runningByAge;
  DROP INDEX IF EXISTS dueLines;
  DROP INDEX IF EXISTS lineOrder;
  DROP INDEX IF EXISTS lineTokens;
  DROP INDEX IF EXISTS readyLines;
  ALTER TABLE executions ADD COLUMN parent TEXT;
  ALTER TABLE executions ADD COLUMN definition TEXT;
  ALTER TABLE executions ADD COLUMN startedAt TEXT;
  ALTER TABLE lines ADD COLUMN due INTEGER NOT NULL DEFAULT ${READY};
  ALTER TABLE lines ADD COLUMN waitOrder INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE lines ADD COLUMN token TEXT;
`;

/** Whether a line goes on by itself: it has a state to enter, an answer to go on with, or a call that was not answered. */
const isReady = ({ next, wait }: SavedLine): boolean =>
  next !== undefined ||
  (wait?.pending.kind === 'task' && (wait.pending.answer !== undefined || !wait.pending.submitted));

const dueOf = (line: SavedLine): number => {
  if (isReady(line)) return READY;
  const { pending, heartbeat } = line.wait ?? {};
  const stops = pending?.kind === 'task' ? pending.timeoutAt : pending?.at;
  return Math.min(stops ?? NEVER, heartbeat?.at ?? NEVER);
};

/** What a line is found by: when it stops to wait, in which order it began to, and its token. */
export const placeInIndexes = (line: SavedLine): [due: number, waitOrder: number, token: string | null] => [
  dueOf(line),
  line.wait?.order ?? 0,
  line.wait?.token ?? null,
];

/** What an execution is found by as long as it runs. */
export const originOf = ({
  parent,
  definition,
  startedAt,
}: SavedExecution): [parent: string | null, definition: string, startedAt: string] => [
  parent ?? null,
  definition,
  startedAt,
];

const bringUpToDate = (database: DatabaseSync): void => {
  database.exec(EARLIER);
  const execution = database.prepare(
    'UPDATE executions SET parent = ?, definition = ?, startedAt = ? WHERE arn = ? AND running = 1',
  );
  const line = database.prepare('UPDATE lines SET due = ?, waitOrder = ?, token = ? WHERE arn = ? AND place = ?');
  // No column that is set here is one by which the file is gone through.
  for (const { arn = '', body } of database.prepare('SELECT arn, body FROM executions WHERE running = 1').iterate())
    execution.run(...originOf(JSON.parse(String(body))), arn);
  for (const { arn = '', place = '', body } of database.prepare('SELECT arn, place, body FROM lines').iterate())
    line.run(...placeInIndexes(JSON.parse(String(body))), arn, place);
};

const isEarlier = (database: DatabaseSync): boolean =>
  database
    .prepare('PRAGMA table_info(lines)')
    .all()
    .every(({ name }) => name !== 'due');

/** Creates what a file lacks for executions, and brings one of an earlier version up to date, all of it or nothing. */
export const completeExecutions = (database: DatabaseSync): void => {
  database.exec(TABLES);
  database.exec('BEGIN IMMEDIATE');
  try {
    if (isEarlier(database)) bringUpToDate(database);
    database.exec(INDEXES);
    database.exec('COMMIT');
  } catch (cause) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw cause;
  }
};
