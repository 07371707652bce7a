import type { TaskSummary, TaskView } from '../../contracts/api/tasks.ts';
import type { Task } from '../../domain/journey/task.ts';
import { answerSeen } from '../../domain/law/answer-seen.ts';
import { ANSWERS } from '../../domain/law/entry-seen.ts';
import type { Viewer } from '../../domain/law/reach.ts';
import { TASKS } from '../../domain/names.ts';
import { isOverdue } from '../../domain/tasks/overdue.ts';

/** A task as everybody sees it who sees the journey. */
export const taskSummary = (task: Task, now: string): TaskSummary => {
  const { journeyId, number, kind, occurrence, role, holder, assignee, claimedBy, state, opensAt, dueAt } = task;
  return {
    journeyId,
    number,
    kind,
    occurrence,
    role,
    holder,
    assignee,
    claimedBy,
    state,
    opensAt,
    dueAt,
    overdue: isOverdue(task, now),
    decidedAt: task.decidedAt,
    appointmentId: task.appointmentId,
    answers: [...TASKS[kind].options],
  };
};

const clinicalOf = ({ ask, answer, by, reason, data }: Task): NonNullable<TaskView['clinical']> => ({
  about: ask.about ?? null,
  cycle: ask.cycle ?? null,
  checks: ask.checks ?? [],
  answer,
  by,
  reason,
  data,
});

/** Who does not see the record sees what they said themselves, and still not which questionnaire it was about. */
const ownWords = (viewer: Viewer, task: Task): TaskView['clinical'] =>
  task.by === viewer.id ? { ...clinicalOf(task), about: null, cycle: null, checks: [] } : null;

/** One task for a reader, by which parts of the record they see. */
export const taskFor = (task: Task, viewer: Viewer, sees: (part: string) => boolean, now: string): TaskView => ({
  ...taskSummary(task, now),
  clinical: sees(ANSWERS) ? { ...clinicalOf(task), data: answerSeen(task, sees) } : ownWords(viewer, task),
});
