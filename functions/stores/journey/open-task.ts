import type { Run } from '../../contracts/run.ts';
import type { Appointment } from '../../domain/journey/appointment.ts';
import { type Cycle, isOwed } from '../../domain/journey/cycle.ts';
import { type Ask, isPending, type Task } from '../../domain/journey/task.ts';
import { APPOINTMENT_KINDS, type AppointmentKind } from '../../domain/names.ts';
import { askIdOf, hangsOnAppointment, isAskedFor, isSpent, subjectOf } from '../../domain/tasks/ask.ts';
import { appointments, cycles, heads, safetyEvents } from '../journey-rows.ts';
import { transact } from '../transaction.ts';
import { newestAppointment } from './appointment-acts.ts';
import { countOf, type Desk, type DeskPorts, deskFor, holdLine } from './desk.ts';
import { isDayOver } from './dosing-day-gate.ts';
import { takeOver } from './lost-integration.ts';
import { planTask, waitSeconds } from './plan-task.ts';
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
  return newestAppointment(desk, ask.appointment);
};

/** A provider who found a mild event worse than that has seen it: nobody is paged for it any more. */
const isAcknowledged = async (desk: Desk, { kind, about = '' }: Ask): Promise<boolean> => {
  if (kind !== 'acknowledge-safety') return false;
  const event = await desk.get(safetyEvents, { journeyId: desk.journey.id, id: about });
  return event !== undefined && event.acknowledgedAt === null && event.decidedBy !== null;
};

/** Nobody books an integration that is owed no more. */
const isSettled = ({ kind, about }: Ask, cycle: Cycle | undefined): boolean =>
  kind === 'book-appointment' && about === 'integration' && cycle !== undefined && !isOwed(cycle);

const standsStill = ({ state }: Appointment): boolean => state !== 'cancelled' && state !== 'no-show';

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
    if (!isAskedFor(ask, journey) || isSettled(ask, cycle) || (await isAcknowledged(desk, ask)))
      return result(undefined);
    if (last !== undefined) {
      const { about } = ask;
      const books = ask.kind === 'book-appointment' && isKind(about);
      const newest = books ? await newestAppointment(desk, about, ask.cycle) : undefined;
      if (!isSpent(last, { newest, cycle, prepared: journey.preparedAt !== null })) return result(last);
    }
    if (
      ask.appointment !== undefined &&
      hangsOnAppointment(ask.kind) &&
      (appointment === undefined || !standsStill(appointment))
    )
      return result(undefined);
    if (ask.kind === 'dosing-day-check' && (await isDayOver(desk, appointment?.id ?? null))) return result(undefined);
    await takeOver(desk, ask, run.line);
    return result(await planTask(desk, ask, run.line, (last?.repetition ?? 0) + 1, appointment, cycle));
  });
