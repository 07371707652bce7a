import { DatabaseSync } from 'node:sqlite';
import { executionArn } from './arns.ts';
import type { ExecutionSummary } from './execution.ts';

/** How an execution stands that is saved in a file, whether or not another process runs it; MISSING where the file has none of that name. */
export const savedStatus = (path: string, machine: string, name: string): ExecutionSummary['status'] | 'MISSING' => {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const has = database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'executions'").get();
    const found = has && database.prepare('SELECT body FROM executions WHERE arn = ?').get(executionArn(machine, name));
    if (!found) return 'MISSING';
    const { status }: Pick<ExecutionSummary, 'status'> = JSON.parse(String(found.body));
    return status;
  } finally {
    database.close();
  }
};
