import type { DatabaseSync } from 'node:sqlite';
import type { Sleeping } from './execution-store.ts';
import { NEVER, READY } from './sqlite-schema.ts';

/** What is known of executions that lie in a SQLite file and wait, each found through an index. */
export const sqliteSleeping = (database: DatabaseSync): Sleeping => {
  const sql = {
    waits: database.prepare('SELECT max(waitOrder) AS most FROM lines INDEXED BY linesByDue'),
    ready: database.prepare(`SELECT arn FROM lines WHERE due = ${READY}`),
    within: database.prepare('SELECT arn FROM lines WHERE due > ? AND due <= ? ORDER BY due, waitOrder'),
    after: database.prepare(`SELECT arn, due AS at FROM lines WHERE due > ? AND due < ${NEVER} ORDER BY due`),
    token: database.prepare('SELECT arn FROM lines WHERE token = ?'),
    parent: database.prepare('SELECT parent FROM executions WHERE arn = ? AND running = 1'),
    children: database.prepare('SELECT arn FROM executions WHERE running = 1 AND parent = ?'),
    runs: database.prepare(
      `SELECT id FROM definitions WHERE EXISTS (
        SELECT 1 FROM executions INDEXED BY runningByStart WHERE running = 1 AND definition = definitions.id)`,
    ),
    startedWithin: database.prepare(
      'SELECT arn FROM executions WHERE running = 1 AND definition = ? AND startedAt > ? AND startedAt <= ? ORDER BY startedAt',
    ),
    startedAfter: database.prepare(
      'SELECT arn, startedAt FROM executions WHERE running = 1 AND definition = ? AND startedAt > ? ORDER BY startedAt',
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
