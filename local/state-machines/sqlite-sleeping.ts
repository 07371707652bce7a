import type { DatabaseSync } from 'node:sqlite';
import type { Sleeping } from './execution-store.ts';

/** No line stops to wait later; a number of its own, so that all lines stand in one index. */
const NEVER = Number.MAX_SAFE_INTEGER;

const DUE = `min(ifnull(body ->> '$.wait.pending.at', ${NEVER}), ifnull(body ->> '$.wait.pending.timeoutAt', ${NEVER}),
  ifnull(body ->> '$.wait.heartbeat.at', ${NEVER}))`;
const ORDER = "body ->> '$.wait.order'";
const TOKEN = "body ->> '$.wait.token'";
// A line that has a state to enter, an answer to go on with, or a call that was not answered goes on by itself.
const READY = `(body ->> 'next' IS NOT NULL OR body -> '$.wait.pending.answer' IS NOT NULL
  OR (body ->> '$.wait.pending.kind' = 'task' AND NOT body ->> '$.wait.pending.submitted'))`;
const [PARENT, DEFINITION, STARTED] = ["body ->> 'parent'", "body ->> 'definition'", "body ->> 'startedAt'"];

/** Where what wakes an execution is found, so that no start reads them all. */
const INDEXES = `
  CREATE INDEX IF NOT EXISTS dueLines ON lines (${DUE}, ${ORDER}, arn);
  CREATE INDEX IF NOT EXISTS lineOrder ON lines (${ORDER});
  CREATE INDEX IF NOT EXISTS lineTokens ON lines (${TOKEN}, arn) WHERE ${TOKEN} IS NOT NULL;
  CREATE INDEX IF NOT EXISTS readyLines ON lines (arn) WHERE ${READY};
  CREATE INDEX IF NOT EXISTS runningChildren ON executions (${PARENT}, arn) WHERE running = 1;
  CREATE INDEX IF NOT EXISTS runningByAge ON executions (${DEFINITION}, ${STARTED}, arn) WHERE running = 1;
`;

/** What is known of executions that lie in a SQLite file and wait, each found through an index. */
export const sqliteSleeping = (database: DatabaseSync): Sleeping => {
  database.exec(INDEXES);
  const sql = {
    waits: database.prepare(`SELECT max(${ORDER}) AS most FROM lines`),
    ready: database.prepare(`SELECT arn FROM lines INDEXED BY readyLines WHERE ${READY}`),
    within: database.prepare(`SELECT arn FROM lines WHERE ${DUE} > ? AND ${DUE} <= ? ORDER BY ${DUE}, ${ORDER}`),
    after: database.prepare(
      `SELECT arn, ${DUE} AS at FROM lines WHERE ${DUE} > ? AND ${DUE} < ${NEVER} ORDER BY ${DUE}`,
    ),
    token: database.prepare(`SELECT arn FROM lines WHERE ${TOKEN} = ?`),
    parent: database.prepare(`SELECT ${PARENT} AS parent FROM executions WHERE arn = ? AND running = 1`),
    children: database.prepare(`SELECT arn FROM executions WHERE running = 1 AND ${PARENT} = ?`),
    // The plus takes the column's type away: compared as text, the index would not serve.
    runs: database.prepare(
      `SELECT id FROM definitions WHERE EXISTS (
        SELECT 1 FROM executions INDEXED BY runningByAge WHERE running = 1 AND ${DEFINITION} = +definitions.id)`,
    ),
    startedWithin: database.prepare(
      `SELECT arn FROM executions WHERE running = 1 AND ${DEFINITION} = ? AND ${STARTED} > ? AND ${STARTED} <= ? ORDER BY ${STARTED}`,
    ),
    startedAfter: database.prepare(
      `SELECT arn, ${STARTED} AS startedAt FROM executions WHERE running = 1 AND ${DEFINITION} = ? AND ${STARTED} > ? ORDER BY ${STARTED}`,
    ),
  };
  const arns = (rows: readonly Record<string, unknown>[]): string[] => rows.map(({ arn }) => String(arn));

  /** The one of its family that nobody started who still runs; undefined where it does not run itself. */
  const headOf = (arn: string): string | undefined => {
    const found = sql.parent.get(arn);
    if (found === undefined) return undefined;
    return (found.parent === null ? undefined : headOf(String(found.parent))) ?? arn;
  };
  const withChildren = (arn: string): string[] => [arn, ...arns(sql.children.all(arn)).flatMap(withChildren)];

  return {
    waits: () => Number(sql.waits.get()?.most ?? 0),
    ready: () => arns(sql.ready.all()),
    dueWithin: (after, until) => arns(sql.within.all(after, until)),
    *dueAfter(instant) {
      for (const { arn, at } of sql.after.iterate(instant)) yield { arn: String(arn), at: Number(at) };
    },
    holderOf(token) {
      const found = sql.token.get(token);
      return found && String(found.arn);
    },
    family(arn) {
      const head = headOf(arn);
      return head === undefined ? [] : withChildren(head);
    },
    definitionsInUse: () => sql.runs.all().map(({ id }) => String(id)),
    startedWithin: (definition, after, until) => arns(sql.startedWithin.all(definition, after, until)),
    *startedAfter(definition, instant) {
      for (const { arn, startedAt } of sql.startedAfter.iterate(definition, instant))
        yield { arn: String(arn), startedAt: String(startedAt) };
    },
  };
};
