import { whoFollowsUp } from '../../domain/adverse-events/follow-up-again.ts';
import type { Appointment } from '../../domain/journey/appointment.ts';
import type { Cycle } from '../../domain/journey/cycle.ts';
import { type Ask, isPending, type Task } from '../../domain/journey/task.ts';
import type { Role } from '../../domain/names.ts';
import { subjectOf, taskIdOf } from '../../domain/tasks/ask.ts';
import { dueAt, firstLookAt, type Occasion, opensAt, roleOf } from '../../domain/tasks/opening.ts';
import { laterOf, plus, secondsUntil } from '../../domain/time/instants.ts';
import { appointments, cycles, taskNumbers, tasks } from '../journey-rows.ts';
import { becomeOverdue } from './debts.ts';
import { countUp, type Desk } from './desk.ts';
import { noteTask } from './note-task.ts';
import { askedNow } from './on-call.ts';
import { announceTask } from './task-messages.ts';
import { afterTheLast, planNextWeek, restingUntil } from './weekly-measures.ts';

const occasionFor = (desk: Desk, cycle: Cycle | undefined, appointment: Appointment | undefined): Occasion => ({
  now: desk.now,
  program: desk.program,
  clinic: desk.clinic,
  journey: desk.journey,
  cycle,
  appointment,
});

/** When a task whose time has come has to wait a little longer after all; null when it opens now. */
const notYet = async (desk: Desk, task: Task, cycle: Cycle | undefined): Promise<string | null> => {
  if (task.kind === 'integration-overdue' && cycle !== undefined) return becomeOverdue(desk, cycle);
  return task.kind === 'answer-measure' ? ((await restingUntil(desk)) ?? afterTheLast(desk, task)) : null;
};

/** Makes a planned task open: its number, its due time, its notice to whoever has to answer. */
export const openNow = async (desk: Desk, task: Task): Promise<Task> => {
  const cycle =
    task.ask.cycle === undefined
      ? undefined
      : await desk.get(cycles, { journeyId: task.journeyId, number: task.ask.cycle });
  const later = await notYet(desk, task, cycle);
  if (later !== null) {
    const postponed: Task = { ...task, opensAt: later, nextAt: later };
    desk.put(tasks, postponed);
    return postponed;
  }
  const appointment =
    task.appointmentId === null
      ? undefined
      : await desk.get(appointments, { journeyId: task.journeyId, id: task.appointmentId });
  const due = dueAt(task.ask, task.role, desk.now, occasionFor(desk, cycle, appointment));
  const opened: Task = {
    ...task,
    state: 'open',
    occurrence: await countUp(desk, task.journeyId, `task:${task.kind}`),
    assignee: await askedNow(desk, task.role, task.ask.about, appointment),
    openedAt: desk.now,
    dueAt: due,
    nextAt: firstLookAt(task.kind, desk.now, due),
  };
  desk.put(tasks, opened);
  noteTask(desk, opened, { event: 'opened', dueAt: due });
  await announceTask(desk, opened, 'opened');
  await planNextWeek(desk, opened);
  return opened;
};

/** Plans a repetition of a task, and opens it when its time has come. */
export const planTask = async (
  desk: Desk,
  ask: Ask,
  line: string,
  repetition: number,
  appointment: Appointment | undefined,
  cycle: Cycle | undefined,
): Promise<Task> => {
  const subject = subjectOf(ask, appointment?.id ?? null);
  const usual = roleOf(ask, desk.program);
  const isFirst =
    ask.kind === 'safety-follow-up' && ask.role === undefined && usual === 'therapist' && repetition === 1;
  const role = isFirst ? whoFollowsUp(desk.journey.therapist, desk.clinic, desk.now) : usual;
  const at = opensAt(ask, occasionFor(desk, cycle, appointment));
  const number = await countUp(desk, desk.journey.id, 'tasks');
  const task: Task = {
    journeyId: desk.journey.id,
    number,
    id: taskIdOf({ kind: ask.kind, subject, repetition }),
    kind: ask.kind,
    subject,
    repetition,
    occurrence: 0,
    role,
    assignee: null,
    claimedBy: null,
    state: 'planned',
    line,
    ask,
    appointmentId: appointment?.id ?? null,
    revision: appointment?.revision ?? null,
    plannedAt: desk.now,
    opensAt: at,
    openedAt: null,
    dueAt: null,
    rung: 0,
    holder: role,
    asked: [role],
    nudges: 0,
    nextAt: at,
    callTaskId: null,
    answer: null,
    by: null,
    decidedAt: null,
    reason: null,
    data: {},
    takenUp: false,
  };
  desk.put(taskNumbers, { journeyId: task.journeyId, number, taskId: task.id });
  if (at > desk.now) {
    desk.put(tasks, task);
    return task;
  }
  return openNow(desk, task);
};

/** The same task once more, after an answer that repeats it; of another role where one is named. */
export const reopen = async (desk: Desk, task: Task, role?: Role): Promise<Task> => {
  const cycle =
    task.ask.cycle === undefined
      ? undefined
      : await desk.get(cycles, { journeyId: task.journeyId, number: task.ask.cycle });
  const appointment =
    task.appointmentId === null
      ? undefined
      : await desk.get(appointments, { journeyId: task.journeyId, id: task.appointmentId });
  const ask = role === undefined ? task.ask : { ...task.ask, role };
  return planTask(desk, ask, task.line, task.repetition + 1, appointment, cycle);
};

/** How long to wait before looking at a task again; one whose patient is being called is looked at daily. */
export const waitSeconds = (task: Task | undefined, now: string): number => {
  if (task === undefined || !isPending(task)) return task?.state === 'expired' && task.callTaskId !== null ? 86_400 : 1;
  return secondsUntil(now, laterOf(task.nextAt ?? plus(now, 'PT24H'), now));
};
