import { isStanding } from '../../domain/journey/appointment.ts';
import { REOPENINGS } from '../../domain/names.ts';
import { cycles } from '../journey-rows.ts';
import { appointmentsOf, cancel, changeAppointment } from './appointment-acts.ts';
import { bookEncounter } from './booking.ts';
import { closeDebt, oweFurther } from './debts.ts';
import { noteBilling } from './desk.ts';
import { AnswerRefused, type Effect, type Effects } from './effect.ts';
import { endByPatient } from './ending.ts';
import { countIntegration } from './facts.ts';
import { appointmentNamed, cycleOf, instant, text } from './pair.ts';
import { supersedeWhere } from './signals.ts';

const integrated: Effect = async (desk, task, { by, data }) => {
  const missing = desk.program.integration.template.filter((field) => (text(data[field]) ?? '').trim() === '');
  if (missing.length > 0) throw new AnswerRefused(`the record lacks ${missing.join(', ')}; a text for each`);
  const cycle = await cycleOf(desk, task);
  const appointment = await appointmentNamed(desk, cycle.integrationAppointmentId);
  if (appointment !== undefined) changeAppointment(desk, appointment, 'attended', 'attended');
  const integrationsHeld = cycle.integrationsHeld + 1;
  const held = { ...cycle, integration: { ...data }, integrationsHeld };
  if (cycle.integrationsHeld === 0) countIntegration(desk, cycle, appointment?.startsAt ?? desk.now);
  noteBilling(desk, 'integration');
  if (integrationsHeld < desk.program.integration.perDose) return oweFurther(desk, held);
  desk.put(cycles, held);
  await closeDebt(desk, held, 'settled', by.id, null);
};

const missed =
  (state: 'no-show' | 'cancelled'): Effect =>
  async (desk, task) => {
    const cycle = await cycleOf(desk, task);
    const appointment = await appointmentNamed(desk, cycle.integrationAppointmentId);
    if (appointment === undefined || !isStanding(appointment)) return;
    if (state === 'cancelled') await cancel(desk, appointment);
    else changeAppointment(desk, appointment, 'no-show', 'no-show');
    const unbooked = { ...cycle, integrationAppointmentId: null };
    desk.put(cycles, unbooked);
    const missedBefore = (await appointmentsOf(desk, 'integration')).filter(
      (each) => each.cycle === cycle.number && each.id !== appointment.id && each.state === state,
    ).length;
    // As with every repetition: three more are offered, the fourth miss counts as the patient's no.
    if (missedBefore < REOPENINGS) return;
    const reason = `integration ${state} for the fourth time`;
    await endByPatient(desk, reason);
    await closeDebt(desk, unbooked, 'waived', 'system', reason);
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

/** What the answers to an integration and to its overdue debt bring about. */
export const integrationEffects: Effects = {
  'record-integration': { done: integrated, 'no-show': missed('no-show'), cancelled: missed('cancelled') },
  'integration-overdue': { rebooked, waived },
};
