import type { Task } from '../../functions/domain/journey/task.ts';
import { TASKS, type TaskKind } from '../../functions/domain/names.ts';

export const JOURNEY = 'j-1';

/** A task as the store holds it, open since an instant. */
export const openTask = (kind: TaskKind, over: Partial<Task> = {}): Task => ({
  journeyId: JOURNEY,
  id: `${kind}-journey-1`,
  number: 1,
  kind,
  subject: 'journey',
  repetition: 1,
  occurrence: 1,
  role: TASKS[kind].role,
  claimedBy: null,
  assignee: null,
  state: 'open',
  line: 'main',
  ask: { kind },
  appointmentId: null,
  revision: null,
  plannedAt: '2026-03-02T17:00:00.000Z',
  opensAt: '2026-03-02T17:00:00.000Z',
  openedAt: '2026-03-02T17:00:00.000Z',
  dueAt: null,
  rung: 0,
  holder: TASKS[kind].role,
  asked: [TASKS[kind].role],
  nudges: 0,
  nextAt: null,
  callTaskId: null,
  answer: null,
  by: null,
  decidedAt: null,
  reason: null,
  data: {},
  takenUp: false,
  ...over,
});
