import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { ExecutionSummary, HistoryEvent } from './execution.ts';
import type { ExecutionStore, SavedChange, SavedExecution } from './execution-store.ts';
import { holdFile } from './held-file.ts';
import { completeExecutions, originOf, placeInIndexes } from './sqlite-schema.ts';
import { sqliteSleeping } from './sqlite-sleeping.ts';

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
  begun: database.prepare(
    `INSERT OR REPLACE INTO executions (parent, definition, startedAt, arn, running, told, input, body)
      VALUES (?, ?, ?, ?, 1, 1, ?, ?)`,
  ),
  went: database.prepare('UPDATE executions SET body = ? WHERE arn = ?'),
  ended: database.prepare('UPDATE executions SET running = 0, told = 0, body = ? WHERE arn = ?'),
  told: database.prepare('UPDATE executions SET told = 1 WHERE arn = ?'),
  running: database.prepare(
    'SELECT rowid, arn, body, input FROM executions INDEXED BY runningByStart WHERE running = 1',
  ),
  runningOne: database.prepare('SELECT rowid, arn, body, input FROM executions WHERE arn = ? AND running = 1'),
  untold: database.prepare('SELECT body, input FROM executions WHERE told = 0 AND running = 0 ORDER BY rowid'),
  one: database.prepare('SELECT body, input FROM executions WHERE arn = ?'),
  all: database.prepare('SELECT body, input FROM executions ORDER BY rowid'),
  // Where only the body is another, SQLite need not write any index.
  changeLine: database.prepare(
    'UPDATE lines SET body = ? WHERE due = ? AND waitOrder = ? AND token IS ? AND arn = ? AND place = ?',
  ),
  putLine: database.prepare(
    'INSERT OR REPLACE INTO lines (body, due, waitOrder, token, arn, place) VALUES (?, ?, ?, ?, ?, ?)',
  ),
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
  completeExecutions(database);
  const sql = prepare(database);
  const sleeping = sqliteSleeping(database);

  const write = ({ now, tokens, executions, events, emptied, lines }: SavedChange) => {
    sql.stand.run(now, tokens);
    for (const { saved, input, isNew } of executions) {
      const arn = saved.executionArn;
      const body = JSON.stringify(saved);
      if (isNew) sql.forgetEvents.run(arn);
      if (isNew) sql.begun.run(...originOf(saved), arn, JSON.stringify(input), body);
      else if (saved.status === 'RUNNING') sql.went.run(body, arn);
      if (saved.status !== 'RUNNING') sql.ended.run(body, arn);
    }
    for (const { arn, events: added } of events)
      for (const event of added) sql.putEvent.run(arn, event.id, JSON.stringify(event));
    for (const { arn, place } of emptied) {
      if (place === '') sql.emptyAll.run(arn);
      else sql.emptyBelow.run(arn, place, place);
    }
    for (const { arn, place, line } of lines) {
      const values = [JSON.stringify(line), ...placeInIndexes(line), arn, place];
      if (sql.changeLine.run(...values).changes === 0) sql.putLine.run(...values);
    }
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
