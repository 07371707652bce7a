import { isStanding } from '../../domain/journey/appointment.ts';
import type { Cycle, Debt } from '../../domain/journey/cycle.ts';
import { isOwed } from '../../domain/journey/cycle.ts';
import { earlierOf, laterOf, plus } from '../../domain/time/instants.ts';
import { plusLocal } from '../../domain/time/local.ts';
import { appointments, cycles } from '../journey-rows.ts';
import { appointmentsOf } from './appointment-acts.ts';
import type { Desk } from './desk.ts';
import { startDetached } from './detached.ts';
import { countWindow } from './facts.ts';
import { supersedeWhere } from './signals.ts';
import { newestTask } from './waits.ts';

const keepDebt = (desk: Desk, cycle: Cycle, change: Partial<Debt>): void => {
  if (cycle.debt !== null) desk.put(cycles, { ...cycle, debt: { ...cycle.debt, ...change } });
};

/** The debt of a dose from its recorded start, after all doses of the journey so far. */
export const owe = (desk: Pick<Desk, 'now' | 'note'>, cycle: Cycle, doses: readonly Cycle[]): Cycle => {
  const debt: Debt = {
    state: 'owed',
    owedAt: desk.now,
    window: null,
    settledAt: null,
    by: null,
    reason: null,
    earlierOwed: doses.some((each) => each.number < cycle.number && isOwed(each)),
  };
  desk.note(cycle.journeyId, { kind: 'debt', cycle: cycle.number, event: 'owed' });
  return { ...cycle, debt };
};

/** The window that an integration has from the recorded end of its dose. */
export const windowFrom = (desk: Desk, endedAt: string): NonNullable<Debt['window']> => ({
  opens: plusLocal(endedAt, desk.program.integration.window.opens, desk.clinic.zone),
  closes: plusLocal(endedAt, desk.program.integration.window.closes, desk.clinic.zone),
});

/** The window that a dose that is going on will have, by its planned end. */
const planned = (desk: Desk, { startedAt }: Cycle): NonNullable<Debt['window']> | undefined =>
  startedAt === null ? undefined : windowFrom(desk, plus(startedAt, desk.program.dosing.duration));

/** Before which instant an integration of a cycle may not start: the window's opening, or for a further session the gap after the last one. */
export const integrationNotBefore = async (desk: Desk, cycle: Cycle): Promise<string | undefined> => {
  const { further } = desk.program.integration;
  if (cycle.integrationsHeld === 0 || further === undefined) return (cycle.debt?.window ?? planned(desk, cycle))?.opens;
  const held = (await appointmentsOf(desk, 'integration')).filter(
    (each) => each.cycle === cycle.number && each.state === 'attended',
  );
  const last = held.at(-1)?.endsAt;
  return last === undefined ? undefined : plusLocal(last, further.after, desk.clinic.zone);
};

/** One of several sessions was held: the window is met, and the debt stays until the last of them. */
export const oweFurther = async (desk: Desk, cycle: Cycle): Promise<void> => {
  desk.put(cycles, { ...cycle, integrationAppointmentId: null });
  await supersedeWhere(
    desk,
    'integration-held',
    ({ kind, ask }) => kind === 'integration-overdue' && ask.cycle === cycle.number,
  );
};

/** Plans the moment at which an integration that has not started becomes overdue. */
export const watchWindow = (desk: Desk, cycle: Cycle): Promise<void> =>
  startDetached(desk, { kind: 'integration-overdue', cycle: cycle.number });

/** The window has closed: the debt is overdue, unless the integration has begun and its record is not; then the moment to look again. */
export const becomeOverdue = async (desk: Desk, cycle: Cycle): Promise<string | null> => {
  if (cycle.debt?.state !== 'owed') return null;
  const booked =
    cycle.integrationAppointmentId === null
      ? undefined
      : await desk.get(appointments, { journeyId: cycle.journeyId, id: cycle.integrationAppointmentId });
  if (booked !== undefined && isStanding(booked) && booked.startsAt <= desk.now) {
    const record = await newestTask(desk, cycle.journeyId, `record-integration-${booked.id}`);
    const recordedBy = laterOf(plus(booked.endsAt, 'PT1H'), record?.dueAt ?? booked.endsAt);
    if (desk.now < recordedBy) return earlierOf(recordedBy, plus(laterOf(desk.now, booked.endsAt), 'PT1H'));
  }
  countWindow(desk, cycle, 'missed');
  keepDebt(desk, cycle, { state: 'overdue' });
  desk.note(cycle.journeyId, { kind: 'debt', cycle: cycle.number, event: 'overdue' });
  return null;
};

/** Done or waived: the debt is closed, and nobody needs to chase it any more. */
export const closeDebt = async (
  desk: Desk,
  cycle: Cycle,
  event: 'settled' | 'waived',
  by: string,
  reason: string | null,
): Promise<void> => {
  if (!isOwed(cycle)) return;
  if (event === 'waived' && cycle.integrationsHeld === 0) countWindow(desk, cycle, 'waived');
  keepDebt(desk, cycle, { state: event, settledAt: desk.now, by, reason });
  desk.note(cycle.journeyId, {
    kind: 'debt',
    cycle: cycle.number,
    event,
    ...(event === 'waived' && { by, ...(reason !== null && { reason }) }),
  });
  const waived = event === 'waived';
  await supersedeWhere(
    desk,
    `debt-${event}`,
    (task) =>
      task.ask.cycle === cycle.number &&
      (task.kind === 'integration-overdue' ||
        (waived &&
          (task.kind === 'record-integration' ||
            (task.kind === 'book-appointment' && task.ask.about === 'integration')))),
    { gates: true },
  );
};
