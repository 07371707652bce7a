import { isOverdueUnowned, isPageUnanswered } from '../../domain/tasks/watching.ts';
import type { DeskPorts } from './desk.ts';
import { openTasks } from './open-tasks.ts';

/** How the whole clinic stands, as far as the indexes show it. */
export type Watched = {
  readonly overdueTasks: number;
  readonly unacknowledgedPages: number;
  /** Seconds; 0 while the outbox is empty. */
  readonly oldestOutboxItem: number;
};

/** Looks at what nobody may look at: overdue tasks without an owner, pages without an answer, an outbox that stands still. */
export const watchClinic = async (ports: DeskPorts, _: object): Promise<Watched> => {
  const { table, library } = ports;
  const clinic = library.clinic();
  const now = ports.now();
  const open = await openTasks(ports);
  const { rows } = await table.query({ index: 'by1', pk: 'outbox', limit: 1 });
  const oldest = rows[0]?.by1?.sk;
  return {
    overdueTasks: open.filter((task) => isOverdueUnowned(task, now)).length,
    unacknowledgedPages: open.filter((task) => isPageUnanswered(task, clinic, now)).length,
    oldestOutboxItem: oldest === undefined ? 0 : Math.max(0, Math.floor((Date.parse(now) - Date.parse(oldest)) / 1000)),
  };
};
