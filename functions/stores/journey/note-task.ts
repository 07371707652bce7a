import type { Entry } from '../../domain/journey/entry.ts';
import type { Task } from '../../domain/journey/task.ts';
import type { Desk } from './desk.ts';

type TaskEvent = Omit<Extract<Entry, { kind: 'task' }>, 'kind' | 'task' | 'id' | 'occurrence' | 'role'>;

/** Tells the timeline what became of a task. */
export const noteTask = (desk: Desk, { journeyId, kind, id, occurrence, role }: Task, what: TaskEvent): void =>
  desk.note(journeyId, { kind: 'task', task: kind, id, occurrence, role, ...what });
