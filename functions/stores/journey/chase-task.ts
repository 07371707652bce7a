import type { Run } from '../../contracts/run.ts';
import type { Appointment } from '../../domain/journey/appointment.ts';
import { type Ask, isPending, type Task } from '../../domain/journey/task.ts';
import type { Role } from '../../domain/names.ts';
import { offerOf } from '../../domain/partners/offer.ts';
import { isUrgentScreener } from '../../domain/tasks/ask.ts';
import { assigneeOf, calendarOf } from '../../domain/tasks/assignee.ts';
import { type Chase, chase, type Rung, UNTIL_DECIDED } from '../../domain/tasks/chasing.ts';
import { ladderFor, ladderUntilEvening } from '../../domain/tasks/ladder.ts';
import { isAtOnce, usefulToday } from '../../domain/tasks/opening.ts';
import { type Instant, plus, secondsUntil } from '../../domain/time/instants.ts';
import { atLocal, localDate } from '../../domain/time/local.ts';
import type { WorkingCalendar } from '../../domain/time/working-hours.ts';
import { appointments, tasks } from '../journey-rows.ts';
import { transact } from '../transaction.ts';
import { calledAbout } from './called-about.ts';
import { callerBefore } from './callers.ts';
import { type Desk, type DeskPorts, deskFor, holdLine } from './desk.ts';
import { startDetached } from './detached.ts';
import { callInstead } from './ledger.ts';
import { MAIN } from './main-line.ts';
import { closeSilent } from './offers.ts';
import { keepOverdue } from './overdue.ts';
import { openNow, waitSeconds } from './plan-task.ts';
import { openCrisisOfAnswers } from './safety.ts';
import { announceTask } from './task-messages.ts';
import { newestTask } from './waits.ts';

/** Pages repeat every few minutes until somebody acknowledges; other last rungs are reminded daily for a month. */
const LAST_RUNG = { repeatEvery: 'P1D', repeats: 30 };

/** Whoever is paged, and the patient, are asked at any hour, as is whoever comes after somebody on call; the others when they work. */
const calendarFor =
  (desk: Desk, task: Task) =>
  (holder: Role): WorkingCalendar | null => {
    if (holder === 'patient' || task.role === 'on-call' || holder === 'on-call' || isAtOnce(task.ask)) return null;
    const { clinic, journey, now } = desk;
    return calendarOf(
      clinic,
      assigneeOf(holder, { clinic, journey, appointment: undefined, about: task.ask.about, now }),
    );
  };

/** What a task rests on besides itself: the visit that it is due at, and whether another task waits for its answer. */
type Around = { readonly appointment: Appointment | undefined; readonly isWaitedFor: boolean };

/** When the patient of a dose should be home, on the day on which a task was opened. */
const eveningOf = ({ now, program, journey: { zone } }: Desk, { openedAt }: Task): Instant =>
  atLocal(localDate(openedAt ?? now, zone), program.aftercare.homeSafe.latest, zone);

const ladderOf = (desk: Desk, task: Task, { appointment, isWaitedFor }: Around): Chase => {
  const { clinic } = desk;
  const { zone } = clinic;
  const calendar = calendarFor(desk, task);
  if (task.kind === 'acknowledge-safety') {
    const { pages, repeatEvery } = clinic.policy.safety;
    const ladder = pages.slice(1).map(({ after, to }): Rung => {
      if (to === 'on-call') return { after, toRole: 'on-call' };
      return { after, toRole: to === 'backup-provider' ? 'provider' : 'medical-director' };
    });
    return { ladder, from: task.openedAt ?? desk.now, nudgeFirst: false, zone, calendar, repeatEvery, repeats: 10_000 };
  }
  // Nobody is asked at night whether they are home: from the evening's end on a person calls.
  if (task.kind === 'home-safe') {
    const isLate = task.dueAt !== null && desk.now >= task.dueAt;
    return {
      ladder: [],
      from: task.openedAt ?? desk.now,
      nudgeFirst: !isLate,
      zone,
      calendar,
      repeatEvery: 'PT1H',
      repeats: 0,
    };
  }
  // An offer ends when it said it would: the next practice is waiting to be asked. So does the day after a dose.
  if (task.kind === 'partner-offer' || task.kind === 'next-day-check-in') {
    const seconds = task.dueAt === null ? 0 : secondsUntil(desk.now, task.dueAt);
    const until = { nudgeFirst: seconds > 0, repeatEvery: `PT${Math.max(1, seconds)}S`, repeats: 0 };
    return { ladder: [], from: task.dueAt ?? desk.now, zone, calendar: () => null, ...until };
  }
  const own = task.role === 'partner' || task.role === 'patient' ? [] : ladderFor(task, clinic, appointment);
  const ladder = ladderUntilEvening(own, task, eveningOf(desk, task));
  const isEndless = UNTIL_DECIDED.has(task.kind) || isWaitedFor;
  const lastRung = isEndless ? { ...LAST_RUNG, repeats: Number.POSITIVE_INFINITY } : LAST_RUNG;
  const until = usefulToday(task, { ...desk, appointment });
  return { ladder, from: task.dueAt ?? desk.now, nudgeFirst: true, zone, calendar, ...lastRung, until };
};

/** Who has not said that they are home, or how the day after is, is called within the clinic's time, on a day off too. */
const callSoon = (desk: Desk, { kind }: Task): Partial<Ask> => {
  const { leftAgainstAdviceCallWithin, followUpFrom } = desk.clinic.policy.safety;
  if (kind === 'home-safe') return callerBefore(desk, plus(desk.now, leftAgainstAdviceCallWithin));
  return kind === 'next-day-check-in' ? callerBefore(desk, plus(desk.now, followUpFrom)) : {};
};

/** An expired patient task becomes a call; a silent partner's is the handoff's to follow up. */
const afterExpiry = async (desk: Desk, task: Task): Promise<Task> => {
  if (task.kind === 'partner-offer' && task.line !== MAIN) {
    const { partner, isContinuation } = offerOf(task.ask.about);
    desk.note(task.journeyId, { kind: 'handoff', partner, event: 'silent' });
    if (isContinuation) await callInstead(desk, `continuation-${partner}`);
    else {
      await closeSilent(desk, partner);
      await startDetached(desk, { kind: 'place-patient', about: `after-${partner}` });
    }
  }
  if (task.role !== 'patient') return task;
  const about = `${task.id}-1`;
  await startDetached(desk, { kind: 'call-patient', about, ...callSoon(desk, task) });
  return { ...task, callTaskId: `call-patient-${about}-1` };
};

/** Looks at a task that nobody has answered: opens it when its time has come, follows nudges, escalates or gives up as is due. */
export const chaseTask = (ports: DeskPorts, input: { run: Run; askId: string }): Promise<{ seconds: number }> =>
  transact(ports, 'chase-task', async (transaction) => {
    const desk = await deskFor(ports, transaction, input.run.journeyId);
    await holdLine(desk, input.run);
    const task = await newestTask(desk, input.run.journeyId, input.askId);
    if (task === undefined || !isPending(task)) return { seconds: waitSeconds(task, desk.now) };
    if (task.state === 'planned') {
      const opened = desk.now < task.opensAt ? task : await openNow(desk, task);
      return { seconds: waitSeconds(opened, desk.now) };
    }
    const { appointmentId } = task;
    const appointment =
      task.kind === 'dose-order' && appointmentId !== null
        ? await desk.get(appointments, { journeyId: task.journeyId, id: appointmentId })
        : undefined;
    const isWaitedFor = task.kind === 'call-patient' && (await calledAbout(desk, task)) !== undefined;
    const step = chase(task, ladderOf(desk, task, { appointment, isWaitedFor }), desk.now);
    if (step.act === 'wait') return { seconds: waitSeconds(task, desk.now) };
    desk.note(task.journeyId, step.entry);
    const next = step.act === 'expire' ? await afterExpiry(desk, step.task) : step.task;
    desk.put(tasks, next);
    await keepOverdue(desk, next);
    // Whoever leaves the screener after a yes is not waited for (reference 2.2).
    if (step.act === 'nudge' && isUrgentScreener(task.ask)) await openCrisisOfAnswers(desk, 'screener-left', null);
    if (step.act !== 'expire') await announceTask(desk, next, step.act === 'nudge' ? 'nudged' : 'escalated');
    return { seconds: waitSeconds(next, desk.now) };
  });
