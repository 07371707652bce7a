import type { Run } from '../../contracts/run.ts';
import type { Appointment } from '../../domain/journey/appointment.ts';
import type { Cycle } from '../../domain/journey/cycle.ts';
import { type Ask, isPending, type Task } from '../../domain/journey/task.ts';
import { APPOINTMENT_KINDS, type AppointmentKind } from '../../domain/names.ts';
import { askIdOf, hangsOnAppointment, isOwedCare, isSpent, subjectOf, taskIdOf } from '../../domain/tasks/ask.ts';
import { assigneeOf } from '../../domain/tasks/assignee.ts';
import { dueAt, type Occasion, opensAt, roleOf, weeklyAt } from '../../domain/tasks/opening.ts';
import { laterOf, plus, secondsUntil } from '../../domain/time/instants.ts';
import { atLocal, localDate, plusDays } from '../../domain/time/local.ts';
import { appointments, cycles, heads, tasks } from '../journey-rows.ts';
import { transact } from '../transaction.ts';
import { appointmentsOf, standingAppointment } from './appointment-acts.ts';
import { countOf, countUp, type Desk, type DeskPorts, deskFor, holdLine } from './desk.ts';
import { becomeOverdue } from './debts.ts';
import { startDetached } from './detached.ts';
import { announceTask } from './task-messages.ts';
import { newestTask } from './waits.ts';

/** What a state machine needs to wait for an answer; `askId` is null when nobody needs to be asked. */
export type Opened = {
  readonly askId: string | null;
  readonly seconds: number;
  readonly seen: number;
  readonly round: number;
};

const isKind = (text: string | undefined): text is AppointmentKind => APPOINTMENT_KINDS.some((kind) => kind === text);

/** The appointment that a task hangs on: the one named, or the cycle's, or the latest of the named kind. */
const appointmentFor = async (desk: Desk, ask: Ask, cycle: Cycle | undefined): Promise<Appointment | undefined> => {
  if (ask.appointment === undefined) return undefined;
  if (!isKind(ask.appointment)) return desk.get(appointments, { journeyId: desk.journey.id, id: ask.appointment });
  const id =
    ask.appointment === 'dosing'
      ? cycle?.dosingAppointmentId
      : ask.appointment === 'integration'
        ? cycle?.integrationAppointmentId
        : undefined;
  if (id !== undefined) return id === null ? undefined : desk.get(appointments, { journeyId: desk.journey.id, id });
  return standingAppointment(desk, ask.appointment);
};

const standsStill = ({ state }: Appointment): boolean => state !== 'cancelled' && state !== 'no-show';

const occasionFor = (desk: Desk, cycle: Cycle | undefined, appointment: Appointment | undefined): Occasion => ({
  now: desk.now,
  program: desk.program,
  clinic: desk.clinic,
  journey: desk.journey,
  cycle,
  appointment,
});

/** A patient has the day of a dose for themselves: questionnaires come the morning after. */
const restingUntil = async (desk: Desk): Promise<string | null> => {
  const { zone } = desk.journey;
  const today = localDate(desk.now, zone);
  const all = await appointmentsOf(desk, 'dosing');
  const dosing = all.some((each) => standsStill(each) && localDate(each.startsAt, zone) === today);
  return dosing && desk.program.dosing.quiet ? atLocal(plusDays(today, 1), '10:00', zone) : null;
};

/** Makes a planned task open: its number, its due time, its notice to whoever has to answer. */
export const openNow = async (desk: Desk, task: Task): Promise<Task> => {
  const cycle =
    task.ask.cycle === undefined
      ? undefined
      : await desk.get(cycles, { journeyId: task.journeyId, number: task.ask.cycle });
  if (task.kind === 'integration-overdue' && cycle !== undefined) {
    const later = await becomeOverdue(desk, cycle);
    if (later !== null) {
      const postponed: Task = { ...task, opensAt: later, nextAt: later };
      desk.put(tasks, postponed);
      return postponed;
    }
  }
  const quietUntil = task.kind === 'answer-measure' ? await restingUntil(desk) : null;
  if (quietUntil !== null) {
    const postponed: Task = { ...task, opensAt: quietUntil, nextAt: quietUntil };
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
    assignee: assigneeOf(task.role, {
      clinic: desk.clinic,
      journey: desk.journey,
      appointment,
      about: task.ask.about,
      now: desk.now,
    }),
    openedAt: desk.now,
    dueAt: due,
    nextAt: due,
  };
  desk.put(tasks, opened);
  desk.note(task.journeyId, {
    kind: 'task',
    task: task.kind,
    id: task.id,
    occurrence: opened.occurrence,
    role: task.role,
    event: 'opened',
    dueAt: due,
  });
  await announceTask(desk, opened, 'opened');
  await planNextWeek(desk, opened);
  return opened;
};

/**
 * The questionnaires of the series come again after their interval, until the series has ended. The first of them leads:
 * when it opens, it opens those that keep the same interval and plans itself for the next time.
 */
const planNextWeek = async (desk: Desk, { kind, ask }: Task): Promise<void> => {
  const [leader, point, number] = (ask.about ?? '').split(/-(week)-/);
  if (kind !== 'answer-measure' || point !== 'week' || desk.journey.phase !== 'series') return;
  const measures = desk.program.measures.filter(({ at }) => at.includes('series'));
  const every = measures.find(({ id }) => id === leader)?.every;
  if (every === undefined || measures.find((each) => each.every === every)?.id !== leader) return;
  for (const { id } of measures.filter((each) => each.every === every && each.id !== leader))
    await startDetached(desk, { kind, about: `${id}-week-${number}` });
  await startDetached(desk, {
    kind,
    about: `${leader}-week-${Number(number) + 1}`,
    opensAt: weeklyAt(desk.now, every, desk.journey.zone),
  });
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
  const role = roleOf(ask, desk.program);
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
  if (at > desk.now) {
    desk.put(tasks, task);
    return task;
  }
  return openNow(desk, task);
};

/** The same task once more, after an answer that repeats it. */
export const reopen = async (desk: Desk, task: Task): Promise<Task> => {
  const cycle =
    task.ask.cycle === undefined
      ? undefined
      : await desk.get(cycles, { journeyId: task.journeyId, number: task.ask.cycle });
  const appointment =
    task.appointmentId === null
      ? undefined
      : await desk.get(appointments, { journeyId: task.journeyId, id: task.appointmentId });
  return planTask(desk, task.ask, task.line, task.repetition + 1, appointment, cycle);
};

/** How long to wait before looking at a task again; one whose patient is being called is looked at daily. */
export const waitSeconds = (task: Task | undefined, now: string): number => {
  if (task === undefined || !isPending(task)) return task?.state === 'expired' && task.callTaskId !== null ? 86_400 : 1;
  return secondsUntil(now, laterOf(task.nextAt ?? plus(now, 'PT24H'), now));
};

/**
 * Opens what a state machine asks for, or finds it: an ask that is pending is adopted, one that is decided is left as it is
 * (the wait will release itself), one that no longer serves is asked anew.
 */
export const openTask = (ports: DeskPorts, input: { run: Run; ask: Ask; seen: number }): Promise<Opened> =>
  transact(ports, 'open-task', async (transaction) => {
    const { run, ask } = input;
    const desk = await deskFor(ports, transaction, run.journeyId);
    await holdLine(desk, run);
    const head = await desk.need(heads, run.journeyId);
    const result = async (task: Task | undefined): Promise<Opened> => ({
      askId: task === undefined ? null : askIdOf(task),
      seconds: waitSeconds(task, desk.now),
      seen: Math.min(input.seen, head.lastSignal),
      round: await countOf(desk, run.journeyId, 'tasks'),
    });
    const { journey } = desk;
    const cycle =
      ask.cycle === undefined ? undefined : await desk.get(cycles, { journeyId: journey.id, number: ask.cycle });
    const appointment = await appointmentFor(desk, ask, cycle);
    const askId = askIdOf({ kind: ask.kind, subject: subjectOf(ask, appointment?.id ?? null) });
    const last = await newestTask(desk, journey.id, askId);
    if (last !== undefined && (isPending(last) || (last.state === 'expired' && last.callTaskId !== null)))
      return result(last);
    const over = journey.outcome !== null || (journey.ending !== null && !isOwedCare(ask));
    if (over) return result(undefined);
    if (last !== undefined) {
      const standing =
        ask.kind === 'book-appointment' && isKind(ask.about)
          ? [await standingAppointment(desk, ask.about, ask.cycle)]
          : [];
      if (
        !isSpent(
          last,
          standing.flatMap((each) => each ?? []),
          cycle,
        )
      )
        return result(last);
    }
    if (hangsOnAppointment(ask.kind) && (appointment === undefined || !standsStill(appointment)))
      return result(undefined);
    return result(await planTask(desk, ask, run.line, (last?.repetition ?? 0) + 1, appointment, cycle));
  });
