import type { Cycle } from '../../domain/journey/cycle.ts';
import { orderRefusal } from '../../domain/tasks/order.ts';
import { plus } from '../../domain/time/instants.ts';
import { cycles } from '../journey-rows.ts';
import { changeAppointment, followAppointment } from './appointment-acts.ts';
import { bookPair } from './booking.ts';
import { planCheckIns } from './check-ins.ts';
import { watchWindow, windowFrom } from './debts.ts';
import { noteBilling } from './desk.ts';
import { startDetached } from './detached.ts';
import { planEducation } from './education.ts';
import { AnswerRefused, type Effect, type Effects } from './effect.ts';
import { askGate } from './gate-acts.ts';
import { appointmentNamed, cycleOf, fitIntegration, giveIntegrationBack, instant, part, unbookPair } from './pair.ts';
import { openSafetyEvent } from './safety.ts';
import { sceneFor } from './scene.ts';

const bookAsked: Effect = async (desk, task, { data }) => {
  const held = desk.journey.holds.map(({ reason }) => reason);
  if (held.length > 0) throw new AnswerRefused(`the journey is held: ${held.join(', ')}`);
  const cycle = await cycleOf(desk, task);
  const booked = await bookPair(desk, cycle, {
    dosingStartsAt: instant(part(data, 'dosing')),
    integrationStartsAt: instant(part(data, 'integration')),
  });
  if ('refused' in booked) throw new AnswerRefused(booked.refused);
};

const ordered: Effect = async (desk, task, { data, reason }) => {
  const refusal = orderRefusal(desk.program, data.dose, reason);
  if (refusal !== undefined) throw new AnswerRefused(refusal);
  desk.put(cycles, { ...(await cycleOf(desk, task)), orderedAt: desk.now });
};

const checkedIn: Effect = async (desk, task, { data }) => {
  const cycle = await cycleOf(desk, task);
  desk.put(cycles, { ...cycle, check: { ...data }, checkedInAt: desk.now });
  const dosing = await appointmentNamed(desk, cycle.dosingAppointmentId);
  if (dosing !== undefined && dosing.state !== 'checked-in')
    changeAppointment(desk, dosing, 'checked-in', 'checked-in');
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
    noteBilling(desk, 'medication');
    noteBilling(desk, 'dosing');
    const dosing = await appointmentNamed(desk, cycle.dosingAppointmentId);
    if (dosing !== undefined) changeAppointment(desk, dosing, 'ended', 'ended');
    if (!(await fitIntegration(desk, ended, endedAt))) await giveIntegrationBack(desk, ended);
    const integration = await appointmentNamed(desk, (await cycleOf(desk, task)).integrationAppointmentId);
    // The reminders of the hours after the dose count from its recorded end, which is known only now.
    if (integration !== undefined) followAppointment(desk, integration, 'window-fixed');
    await watchWindow(desk, ended);
    await planCheckIns(desk, ended, endedAt);
    if (cycle.number === 1) await planEducation(desk, 'dose.ended', endedAt);
    if (desk.program.dosing.drug === 'esketamine')
      await startDetached(desk, { kind: 'rems-form', cycle: cycle.number });
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

/** What the answers around one dose bring about, from its booking to the evening after. */
export const doseEffects: Effects = {
  'book-pair': { booked: bookAsked },
  'dose-order': {
    ordered,
  },
  'dosing-day-check': { proceed: checkedIn, 'cancel-today': cancelToday },
  'record-dose': { given: recorded('given'), partial: recorded('partial'), aborted: recorded('aborted') },
  discharge: { discharged: discharged(false), 'left-against-advice': discharged(true) },
  'home-safe': { 'need-help': needsHelp },
  'next-day-check-in': { concern: needsHelp },
};
