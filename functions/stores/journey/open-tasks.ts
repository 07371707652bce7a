import type { Task } from '../../domain/journey/task.ts';
import { PRACTITIONER_ROLES } from '../../domain/names.ts';
import { tasks } from '../journey-rows.ts';
import type { Table } from '../table.ts';

/** Open tasks of the clinic's people, as far as the index shows them. */
export const openTasks = async ({ table }: { table: Table }): Promise<Task[]> => {
  const found: Task[] = [];
  for (const role of [...PRACTITIONER_ROLES, 'on-call']) {
    let cursor: string | undefined;
    do {
      const page = await table.query({ index: 'by1', pk: `tasks#${role}`, ...(cursor !== undefined && { cursor }) });
      found.push(...page.rows.map((row) => tasks.read(row)));
      cursor = page.cursor;
    } while (cursor !== undefined);
  }
  return found;
};
