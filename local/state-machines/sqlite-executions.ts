import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { NEW_FILE } from '../../functions/stores/sqlite-database.ts';
import type { ExecutionSummary, HistoryEvent } from './execution.ts';
import type { ExecutionStore, SavedChange, SavedExecution } from './execution-store.ts';
import { holdFile } from './held-file.ts';
import { sqliteSleeping } from './sqlite-sleeping.ts';

// In WAL, synchronous=NORMAL survives a killed process; only a power cut may lose the last changes, never a part of one.
// The cache is 16 MB, so that the lines of a hundred thousand executions are found without looking for the way to each.
const SCHEMA = `
  ${NEW_FILE}
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA cache_size = -16384;
  CREATE TABLE IF NOT EXISTS runner (id INTEGER PRIMARY KEY CHECK (id = 0), now INTEGER NOT NULL, tokens INTEGER NOT NULL) STRICT;
  INSERT OR IGNORE INTO runner VALUES (0, 0, 0);
  CREATE TABLE IF NOT EXISTS definitions (id TEXT PRIMARY KEY, name TEXT NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS executions (
    arn TEXT NOT NULL UNIQUE, running INTEGER NOT NULL, told INTEGER NOT NULL, input TEXT NOT NULL, body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS runningExecutions ON executions (running) WHERE running = 1;
  CREATE INDEX IF NOT EXISTS untoldExecutions ON executions (told) WHERE told = 0;
  CREATE TABLE IF NOT EXISTS lines (
    arn TEXT NOT NULL, place TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (arn, place)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS events (
    arn TEXT NOT NULL, id INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (arn, id)
  ) STRICT, WITHOUT ROWID;
`;

const summaryOf = (body: SQLOutputValue | undefined, input: SQLOutputValue | undefined): ExecutionSummary => {
  const { eventCount: _, told: __, definition: ___, ...summary }: SavedExecution = JSON.parse(String(body));
  return { ...summary, input: JSON.parse(String(input)) };
};

const prepare = (database: DatabaseSync) => ({
  begin: database.prepare('BEGIN IMMEDIATE'),
  commit: database.prepare('COMMIT'),
  stand: database.prepare('UPDATE runner SET now = ?, tokens = ? WHERE id = 0'),
  stood: database.prepare('SELECT now, tokens FROM runner WHERE id = 0'),
  keep: database.prepare('INSERT OR IGNORE INTO definitions VALUES (?, ?, ?)'),
  kept: database.prepare('SELECT name, body FROM definitions WHERE id = ?'),
  // A name that was used again after its time takes the place of the old execution.
  begun: database.prepare('INSERT OR REPLACE INTO executions (arn, running, told, input, body) VALUES (?, ?, ?, ?, ?)'),
  went: database.prepare('UPDATE executions SET running = ?, told = ?, body = ? WHERE arn = ?'),
  told: database.prepare('UPDATE executions SET told = 1 WHERE arn = ?'),
  running: database.prepare('SELECT rowid, arn, body, input FROM executions WHERE running = 1 ORDER BY rowid'),
  runningOne: database.prepare('SELECT rowid, arn, body, input FROM executions WHERE arn = ? AND running = 1'),
  untold: database.prepare('SELECT body, input FROM executions WHERE told = 0 AND running = 0 ORDER BY rowid'),
  one: database.prepare('SELECT body, input FROM executions WHERE arn = ?'),
  all: database.prepare('SELECT body, input FROM executions ORDER BY rowid'),
  putLine: database.prepare('INSERT OR REPLACE INTO lines VALUES (?, ?, ?)'),
  // "0" is the character after "/".
  emptyBelow: database.prepare("DELETE FROM lines WHERE arn = ? AND place > ? || '/' AND place < ? || '0'"),
  emptyAll: database.prepare('DELETE FROM lines WHERE arn = ?'),
  lines: database.prepare('SELECT place, body FROM lines WHERE arn = ?'),
  putEvent: database.prepare('INSERT INTO events VALUES (?, ?, ?)'),
  forgetEvents: database.prepare('DELETE FROM events WHERE arn = ?'),
  events: database.prepare('SELECT body FROM events WHERE arn = ? ORDER BY id'),
});

/** Executions in an open database, which may be that of the table too: history and state change together or not at all. */
export const executionsIn = (database: DatabaseSync): ExecutionStore => {
  database.exec(SCHEMA);
  const sql = prepare(database);
  const sleeping = sqliteSleeping(database);

  const write = ({ now, tokens, executions, events, emptied, lines }: SavedChange) => {
    sql.stand.run(now, tokens);
    for (const { saved, input, isNew } of executions) {
      const [running, told] = saved.status === 'RUNNING' ? [1, 1] : [0, 0];
      const arn = saved.executionArn;
      if (isNew) sql.forgetEvents.run(arn);
      if (isNew) sql.begun.run(arn, running, told, JSON.stringify(input), JSON.stringify(saved));
      else sql.went.run(running, told, JSON.stringify(saved), arn);
    }
    for (const { arn, events: added } of events)
      for (const event of added) sql.putEvent.run(arn, event.id, JSON.stringify(event));
    for (const { arn, place } of emptied) {
      if (place === '') sql.emptyAll.run(arn);
      else sql.emptyBelow.run(arn, place, place);
    }
    for (const { arn, place, line } of lines) sql.putLine.run(arn, place, JSON.stringify(line));
  };

  return {
    keepDefinition: (id, name, definition) => void sql.keep.run(id, name, JSON.stringify(definition)),
    definition(id) {
      const found = sql.kept.get(id);
      return found && { name: String(found.name), definition: JSON.parse(String(found.body)) };
    },
    stood() {
      const { now = 0, tokens = 0 } = sql.stood.get() ?? {};
      return { now: Number(now), tokens: Number(tokens) };
    },
    save(change) {
      sql.begin.run();
      try {
        write(change);
        sql.commit.run();
      } catch (cause) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw cause;
      }
    },
    sleeping,
    interrupted(arns) {
      const found = arns === undefined ? sql.running.all() : arns.map((arn) => sql.runningOne.get(arn) ?? {});
      found.sort((a, b) => Number(a.rowid) - Number(b.rowid));
      return found.map(({ arn = '', body, input }) => ({
        saved: JSON.parse(String(body)),
        input: JSON.parse(String(input)),
        lines: new Map(sql.lines.all(arn).map((line) => [String(line.place), JSON.parse(String(line.body))])),
      }));
    },
    untold: () => sql.untold.all().map(({ body, input }) => summaryOf(body, input)),
    tellOf: (arn) => void sql.told.run(arn),
    execution(arn) {
      const found = sql.one.get(arn);
      return found && summaryOf(found.body, found.input);
    },
    executions: () => sql.all.all().map(({ body, input }) => summaryOf(body, input)),
    events: (arn) => sql.events.all(arn).map(({ body }): HistoryEvent => JSON.parse(String(body))),
  };
};

/** Executions in a SQLite file of their own. Throws ExecutionsInUse while another process has it. */
export const sqliteExecutions = (path: string): ExecutionStore & { close(): void } => {
  const file = holdFile(path);
  try {
    return { ...executionsIn(file.database), close: file.close };
  } catch (cause) {
    file.close();
    throw cause;
  }
};
