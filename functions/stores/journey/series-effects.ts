import { assignedTherapist, encounterNeeds } from '../../domain/appointments/needs.ts';
import { reviewIntegration } from '../../domain/booking/integration-slot.ts';
import { isStanding } from '../../domain/journey/appointment.ts';
import type { Cycle } from '../../domain/journey/cycle.ts';
import { clinicianEnding } from '../../domain/journey/endings.ts';
import { extendedSeries } from '../../domain/series/what-next.ts';
import { plus, readInstant } from '../../domain/time/instants.ts';
import { appointments, cycles } from '../journey-rows.ts';
import { cancel, changeAppointment, followAppointment, move } from './appointment-acts.ts';
import { bookEncounter, bookPair } from './booking.ts';
import { closeDebt, watchWindow, windowFrom } from './debts.ts';
import { type Desk, noteBilling } from './desk.ts';
import { startDetached } from './detached.ts';
import { readDiaries } from './diaries.ts';
import { AnswerRefused, type Effect, type Effects, type Given } from './effect.ts';
import { askGate } from './gate-acts.ts';
import { cyclesOf } from './intake-effects.ts';
import { openSafetyEvent } from './safety.ts';
import { sceneFor } from './scene.ts';
import { supersedeWhere } from './signals.ts';

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const instant = (value: unknown): string | undefined => {
  const given = text(value);
  return given === undefined ? undefined : readInstant(given);
};
const part = (data: Given['data'], name: string): unknown => {
  const value = data[name];
  return typeof value === 'object' && value !== null && 'startsAt' in value ? value.startsAt : undefined;
};

const cycleOf = async (desk: Desk, task: { journeyId: string; ask: { cycle?: number } }): Promise<Cycle> =>
  desk.need(cycles, { journeyId: task.journeyId, number: task.ask.cycle ?? 0 });

const appointmentNamed = async (desk: Desk, id: string | null) =>
  id === null ? undefined : desk.get(appointments, { journeyId: desk.journey.id, id });

const bookAsked: Effect = async (desk, task, { data }) => {
  const cycle = await cycleOf(desk, task);
  const booked = await bookPair(desk, cycle, {
    dosingStartsAt: instant(part(data, 'dosing')),
    integrationStartsAt: instant(part(data, 'integration')),
  });
  if ('refused' in booked) throw new AnswerRefused(booked.refused);
};

const checkedIn: Effect = async (desk, task, { data }) => {
  const cycle = await cycleOf(desk, task);
  desk.put(cycles, { ...cycle, check: { ...data }, checkedInAt: desk.now });
  const dosing = await appointmentNamed(desk, cycle.dosingAppointmentId);
  if (dosing !== undefined && dosing.state !== 'checked-in')
    changeAppointment(desk, dosing, 'checked-in', 'checked-in');
};

/** Takes today's pair back without a debt: both appointments go, and the cycle is to be booked again. */
export const unbookPair = async (desk: Desk, cycle: Cycle): Promise<Cycle> => {
  for (const id of [cycle.dosingAppointmentId, cycle.integrationAppointmentId]) {
    const appointment = await appointmentNamed(desk, id);
    if (appointment !== undefined && isStanding(appointment)) await cancel(desk, appointment);
  }
  const unbooked: Cycle = {
    ...cycle,
    dosingAppointmentId: null,
    integrationAppointmentId: null,
    orderedAt: null,
    check: null,
    checkedInAt: null,
  };
  desk.put(cycles, unbooked);
  // An override was given for that day's readings; another day is judged anew.
  const ofTheDay = ({ gate, scope }: { gate: string; scope: string }) =>
    scope === `c${cycle.number}` && (gate === 'dosing-day' || gate === 'pre-dose');
  desk.keep({ overrides: desk.journey.overrides.filter((each) => !ofTheDay(each)) });
  return unbooked;
};

const cancelToday: Effect = async (desk, task) => {
  await unbookPair(desk, await cycleOf(desk, task));
};

const recorded =
  (result: 'given' | 'partial' | 'aborted'): Effect =>
  async (desk, task, { data }) => {
    const cycle = await cycleOf(desk, task);
    const endedAt = instant(data.endedAt) ?? desk.now;
    const startedAt = instant(data.startedAt) ?? cycle.startedAt ?? desk.now;
    const window = windowFrom(desk, endedAt);
    const ended: Cycle = { ...cycle, startedAt, endedAt, result, debt: cycle.debt && { ...cycle.debt, window } };
    desk.put(cycles, ended);
    const { route } = desk.program.dosing;
    desk.note(task.journeyId, {
      kind: 'dose',
      cycle: cycle.number,
      event: result === 'aborted' ? 'aborted' : 'ended',
      route,
    });
    noteBilling(desk, 'dosing');
    const dosing = await appointmentNamed(desk, cycle.dosingAppointmentId);
    if (dosing !== undefined) changeAppointment(desk, dosing, 'ended', 'ended');
    if (!(await fitIntegration(desk, ended, endedAt))) await giveIntegrationBack(desk, ended);
    const integration = await appointmentNamed(desk, (await cycleOf(desk, task)).integrationAppointmentId);
    // The reminders of the hours after the dose count from its recorded end, which is known only now.
    if (integration !== undefined) followAppointment(desk, integration, 'window-fixed');
    await watchWindow(desk, ended);
  };

/** Keeps the integration inside the window of a dose's end: it stays, or moves to the first free time; false where there is none. */
export const fitIntegration = async (desk: Desk, cycle: Cycle, endedAt: string): Promise<boolean> => {
  const booked = await appointmentNamed(desk, cycle.integrationAppointmentId);
  const therapist = assignedTherapist(desk.clinic, desk.journey);
  if (therapist === undefined || booked === undefined || !isStanding(booked)) return false;
  const needs = encounterNeeds('integration', desk.program, desk.clinic, desk.journey);
  const ignoring = [`${booked.journeyId}/${booked.id}`];
  const diaries = await readDiaries(
    desk,
    [therapist.id, ...(needs.rooms ?? []).map(({ id }) => id)],
    desk.now,
    ignoring,
  );
  const review = reviewIntegration({
    ...diaries,
    therapist,
    duration: desk.program.integration.duration,
    window: desk.program.integration.window,
    grid: 'PT15M',
    ...(needs.rooms && { rooms: needs.rooms }),
    recordedEnd: endedAt,
    bookedAt: booked.startsAt,
    now: desk.now,
  });
  if (review.kind === 'moves') await move(desk, booked, review.slot);
  return review.kind !== 'none';
};

/** An integration that no longer fits any free time is given back, so that a person books the next one. */
const giveIntegrationBack = async (desk: Desk, cycle: Cycle): Promise<void> => {
  const booked = await appointmentNamed(desk, cycle.integrationAppointmentId);
  if (booked !== undefined && isStanding(booked)) await cancel(desk, booked);
  desk.put(cycles, { ...(await desk.need(cycles, cycle)), integrationAppointmentId: null });
};

const discharged =
  (againstAdvice: boolean): Effect =>
  async (desk, task, { data }) => {
    const cycle = await cycleOf(desk, task);
    const gate = await askGate(desk, 'discharge', await sceneFor(desk, cycle.number, { ...data }));
    if (gate.result !== 'pass' && !againstAdvice) {
      const open = gate.checks.filter(({ result }) => result === 'hold' || result === 'block').map(({ id }) => id);
      throw new AnswerRefused(`not fit for discharge: ${open.join(', ')}`);
    }
    desk.put(cycles, { ...cycle, dischargedAt: desk.now, againstAdvice });
    const dosing = await appointmentNamed(desk, cycle.dosingAppointmentId);
    if (dosing !== undefined) changeAppointment(desk, dosing, 'attended', 'attended');
    if (againstAdvice) {
      const opensAt = plus(desk.now, desk.clinic.policy.safety.leftAgainstAdviceCallWithin);
      await startDetached(desk, { kind: 'call-patient', about: `left-c${cycle.number}`, opensAt });
    }
  };

const needsHelp: Effect = async (desk, task, { by }) => {
  await openSafetyEvent(desk, { type: 'adverse-event', severity: null, source: task.kind, by: by.id });
};

const integrated: Effect = async (desk, task, { by, data }) => {
  const cycle = await cycleOf(desk, task);
  const appointment = await appointmentNamed(desk, cycle.integrationAppointmentId);
  if (appointment !== undefined) changeAppointment(desk, appointment, 'attended', 'attended');
  desk.put(cycles, { ...cycle, integration: { ...data } });
  noteBilling(desk, 'integration');
  await closeDebt(desk, await cycleOf(desk, task), 'settled', by.id, null);
};

const missed =
  (state: 'no-show' | 'cancelled'): Effect =>
  async (desk, task) => {
    const cycle = await cycleOf(desk, task);
    const appointment = await appointmentNamed(desk, cycle.integrationAppointmentId);
    if (appointment === undefined || !isStanding(appointment)) return;
    if (state === 'cancelled') await cancel(desk, appointment);
    else changeAppointment(desk, appointment, 'no-show', 'no-show');
    desk.put(cycles, { ...cycle, integrationAppointmentId: null });
  };

const rebooked: Effect = async (desk, task, { data }) => {
  const cycle = await cycleOf(desk, task);
  const standing = await appointmentNamed(desk, cycle.integrationAppointmentId);
  if (standing !== undefined && isStanding(standing)) return;
  const booked = await bookEncounter(desk, 'integration', { startsAt: instant(data.startsAt), cycle: cycle.number });
  if ('refused' in booked) throw new AnswerRefused(booked.refused);
  desk.put(cycles, { ...cycle, integrationAppointmentId: booked.booked.id });
  await supersedeWhere(
    desk,
    'integration-rebooked',
    ({ kind, ask }) => kind === 'book-appointment' && ask.cycle === cycle.number && ask.about === 'integration',
  );
};

const waived: Effect = async (desk, task, { by, reason }) => {
  const cycle = await cycleOf(desk, task);
  const standing = await appointmentNamed(desk, cycle.integrationAppointmentId);
  if (standing !== undefined && isStanding(standing)) await cancel(desk, standing);
  await closeDebt(desk, await cycleOf(desk, task), 'waived', by.id, reason);
};

const reviewed = async (desk: Desk, task: Parameters<Effect>[1]): Promise<Cycle> => {
  const cycle = { ...(await cycleOf(desk, task)), reviewed: true };
  desk.put(cycles, cycle);
  return cycle;
};

const stopSeries: Effect = async (desk, task) => {
  await reviewed(desk, task);
  const begun = (await cyclesOf(desk)).filter(({ startedAt }) => startedAt !== null).length;
  desk.keep({ dosesPlanned: begun });
};

const extend: Effect = async (desk, task, { data }) => {
  const doses = extendedSeries(desk.program.series, desk.journey, typeof data.doses === 'number' ? data.doses : 1);
  if (typeof doses === 'string') throw new AnswerRefused(doses);
  await reviewed(desk, task);
  desk.keep({ dosesPlanned: doses });
};

/** What the answers around a dose and its integration bring about. */
export const seriesEffects: Effects = {
  'book-pair': { booked: bookAsked },
  'dose-order': {
    ordered: async (desk, task) => desk.put(cycles, { ...(await cycleOf(desk, task)), orderedAt: desk.now }),
  },
  'dosing-day-check': { proceed: checkedIn, 'cancel-today': cancelToday },
  'record-dose': { given: recorded('given'), partial: recorded('partial'), aborted: recorded('aborted') },
  discharge: { discharged: discharged(false), 'left-against-advice': discharged(true) },
  'home-safe': { 'need-help': needsHelp },
  'next-day-check-in': { concern: needsHelp },
  'record-integration': { done: integrated, 'no-show': missed('no-show'), cancelled: missed('cancelled') },
  'integration-overdue': { rebooked, waived },
  'next-step': {
    continue: async (desk, task) => void (await reviewed(desk, task)),
    'change-plan': async (desk, task) => void (await reviewed(desk, task)),
    stop: stopSeries,
    extend,
  },
  'response-review': {
    stop: async (desk, task, { reason }) => {
      await reviewed(desk, task);
      if (desk.journey.ending === null)
        desk.keep({ ending: clinicianEnding(await cyclesOf(desk), reason ?? 'response-review: stop', desk.now) });
    },
  },
  'gate-review': {
    overridden: async (desk, task, { by, reason }) => {
      const [gate = '', scope = ''] = (task.ask.about ?? '').split(':');
      // What was let pass at check-in stands five minutes later, right before the drug, for the same readings.
      const gates = gate === 'dosing-day' ? ['dosing-day', 'pre-dose'] : [gate];
      const checks = task.ask.checks ?? [];
      const given = gates.flatMap((each) =>
        checks.map((check) => ({ gate: each, scope, check, role: task.role, by: by.id, reason: reason ?? '' })),
      );
      desk.keep({ overrides: [...desk.journey.overrides, ...given] });
    },
  },
};
