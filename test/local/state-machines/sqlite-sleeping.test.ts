import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { sqliteExecutions } from '../../../local/state-machines/sqlite-executions.ts';
import { sqliteSleeping } from '../../../local/state-machines/sqlite-sleeping.ts';

test('whoever wakes among many executions is found through an index: no start reads them all', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sleeping-'));
  const path = join(folder, 'clinic.sqlite');
  const executions = sqliteExecutions(path);
  const database = new DatabaseSync(path);
  onTestFinished(() => {
    database.close();
    executions.close();
    rmSync(folder, { recursive: true });
  });
  const asked: string[] = [];
  const prepare = database.prepare.bind(database);
  database.prepare = (sql) => {
    asked.push(sql);
    return prepare(sql);
  };
  sqliteSleeping(database);
  const plans = asked.flatMap((sql) =>
    prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...Array.from({ length: sql.split('?').length - 1 }, () => ''))
      .map(({ detail }) => String(detail)),
  );
  expect(plans.length).toBeGreaterThan(asked.length - 1);
  // Few definitions are kept; the highest number of a wait is read off an index, once in a start.
  const walked = plans.filter((plan) => !plan.startsWith('SEARCH'));
  expect(walked.filter((plan) => !/definitions|COVERING INDEX linesByDue|SUBQUERY/.test(plan))).toEqual([]);
});
