import type { Command } from '../../contracts/command.ts';
import { appointmentRefusal } from '../../domain/commands/authority.ts';
import { type Appointment, isStanding } from '../../domain/journey/appointment.ts';
import type { Cycle } from '../../domain/journey/cycle.ts';
import { APPOINTMENT_KINDS } from '../../domain/names.ts';
import { NotADuration } from '../../domain/time/durations.ts';
import { plus, readInstant } from '../../domain/time/instants.ts';
import { plusLocal } from '../../domain/time/local.ts';
import { appointments, cycles } from '../journey-rows.ts';
import { appointmentsOf, cancel, changeAppointment, followAppointment, move } from './appointment-acts.ts';
import { findPair, findSlot } from './booking.ts';
import { type CommandAct, CommandRefused } from './command-act.ts';
import { closeDebt } from './debts.ts';
import type { Desk } from './desk.ts';
import { askForAnother } from './lost-integration.ts';
import { unbookPair } from './pair.ts';
import { claimName, rebookPair } from './pair-moves.ts';

/** The appointment that a command names by kind and number (the newest without one), which must still lie ahead. */
const appointmentNamed = async (desk: Desk, { data, by }: Command): Promise<Appointment> => {
  const kind = APPOINTMENT_KINDS.find((each) => each === data.appointment);
  if (kind === undefined)
    throw new CommandRefused(
      `unknown appointment ${JSON.stringify(data.appointment ?? null)}; one of ${APPOINTMENT_KINDS.join(', ')}`,
    );
  const all = await appointmentsOf(desk, kind);
  const named =
    data.occurrence === undefined
      ? all.filter(isStanding).at(-1)
      : all.find(({ occurrence }) => occurrence === data.occurrence);
  if (named === undefined) throw new CommandRefused(`there is no such ${kind}`);
  if (!isStanding(named) || named.state === 'started' || named.state === 'ended')
    throw new CommandRefused(`${named.id} is ${named.state}`);
  if (data.revision !== undefined && data.revision !== named.revision)
    throw new CommandRefused(`${named.id} was changed: its revision is ${named.revision}`);
  const refusal = appointmentRefusal(by, named, desk.clinic);
  if (refusal !== undefined) throw new CommandRefused(refusal);
  return named;
};

const shifted = (from: string, shift: string, zone: string): string | undefined => {
  try {
    return plusLocal(from, shift, zone);
  } catch (error) {
    if (error instanceof NotADuration || error instanceof RangeError) return undefined;
    throw error;
  }
};

/** The time asked for: an instant, a shift of the present one, or none (the next that is feasible). */
const timeAsked = (desk: Desk, appointment: Appointment, { data }: Command): string | undefined => {
  const { startsAt } = data;
  if (startsAt === undefined || startsAt === null) return undefined;
  const at =
    typeof startsAt === 'string'
      ? readInstant(startsAt)
      : typeof startsAt === 'object' && 'shift' in startsAt && typeof startsAt.shift === 'string'
        ? shifted(appointment.startsAt, startsAt.shift, desk.journey.zone)
        : undefined;
  if (at === undefined)
    throw new CommandRefused(
      `startsAt is ${JSON.stringify(startsAt)}; an instant with an offset, or {"shift": duration}`,
    );
  if (at < desk.now) throw new CommandRefused(`${at} is in the past`);
  return at;
};

const cycleOf = (desk: Desk, appointment: Appointment): Promise<Cycle> =>
  desk.need(cycles, { journeyId: appointment.journeyId, number: appointment.cycle ?? 0 });

/** Whoever names no time wants another one: the next after the one that they have. */
const after = ({ startsAt }: Appointment): string => plus(startsAt, 'PT15M');

const moveDose = async (desk: Desk, dosing: Appointment, at: string | undefined): Promise<readonly string[]> => {
  const moved = await rebookPair(desk, dosing, at, at === undefined ? after(dosing) : undefined);
  if ('refused' in moved) throw new CommandRefused(moved.refused);
  return moved.booked;
};

const moveIntegration = async (desk: Desk, appointment: Appointment, at: string | undefined): Promise<void> => {
  const cycle = await cycleOf(desk, appointment);
  const window = cycle.debt?.window;
  const slot = await findSlot(desk, 'integration', {
    startsAt: at,
    ignoring: [claimName(appointment)],
    ...(at === undefined ? { notBefore: after(appointment) } : window && { notBefore: window.opens }),
  });
  if ('refused' in slot) throw new CommandRefused(slot.refused);
  const { startsAt } = slot.booked;
  if (window && cycle.debt?.state === 'owed' && (startsAt < window.opens || startsAt > window.closes))
    throw new CommandRefused(`integration-window (must start from ${window.opens} to ${window.closes})`);
  if (!window) {
    const dosing =
      cycle.dosingAppointmentId === null
        ? undefined
        : await desk.get(appointments, { journeyId: appointment.journeyId, id: cycle.dosingAppointmentId });
    const pair =
      dosing &&
      (await findPair(desk, {
        cycle: cycle.number,
        dosingStartsAt: dosing.startsAt,
        integrationStartsAt: startsAt,
        ignoring: [claimName(dosing), claimName(appointment)],
      }));
    if (pair && 'refused' in pair) throw new CommandRefused(pair.refused);
  }
  await move(desk, appointment, slot.booked);
};

/** Moves an appointment; a dose takes its integration along to the first feasible time or is refused. */
export const reschedule: CommandAct = async (desk, command) => {
  const appointment = await appointmentNamed(desk, command);
  const at = timeAsked(desk, appointment, command);
  if (appointment.kind === 'dosing') return moveDose(desk, appointment, at);
  if (appointment.kind === 'integration') await moveIntegration(desk, appointment, at);
  else {
    const slot = await findSlot(desk, appointment.kind, {
      startsAt: at,
      ignoring: [claimName(appointment)],
      notice: at === undefined,
      ...(at === undefined && { notBefore: after(appointment) }),
    });
    if ('refused' in slot) throw new CommandRefused(slot.refused);
    await move(desk, appointment, slot.booked);
  }
  return [appointment.id];
};

/** Cancels an appointment; a dose and its integration go together, an integration that is owed is to be booked again at once. */
export const cancelAppointment: CommandAct = async (desk, command) => {
  const appointment = await appointmentNamed(desk, command);
  if (appointment.kind === 'dosing') {
    const cycle = await cycleOf(desk, appointment);
    await unbookPair(desk, cycle);
    return [appointment.id, ...(cycle.integrationAppointmentId === null ? [] : [cycle.integrationAppointmentId])];
  }
  if (appointment.kind === 'integration') {
    const cycle = await cycleOf(desk, appointment);
    if (cycle.startedAt === null)
      throw new CommandRefused(`${appointment.id} belongs to a dose that is booked; cancel or move the dose`);
    desk.put(cycles, { ...cycle, integrationAppointmentId: null });
    if (desk.journey.ending === null) await askForAnother(desk, cycle, appointment.id);
    // A patient who is leaving may decline what is still owed to them (rehearsal: Withdrawal).
    if (desk.journey.ending !== null && command.by.role === 'patient')
      await closeDebt(desk, await cycleOf(desk, appointment), 'waived', command.by.id, 'declined by the patient');
  }
  await cancel(desk, appointment);
  return [appointment.id];
};

/** Notes that a patient did not come; what was missed is to be booked again. */
export const markNoShow: CommandAct = async (desk, command) => {
  const appointment = await appointmentNamed(desk, command);
  if (appointment.startsAt > desk.now) throw new CommandRefused(`${appointment.id} has not begun`);
  if (appointment.kind === 'dosing') {
    const cycle = await cycleOf(desk, appointment);
    // Whoever was to fetch the patient need not come.
    followAppointment(desk, changeAppointment(desk, appointment, 'no-show', 'no-show'), 'no-show');
    const unbooked = await unbookPair(desk, cycle);
    desk.put(cycles, unbooked);
    return [appointment.id, ...(cycle.integrationAppointmentId === null ? [] : [cycle.integrationAppointmentId])];
  }
  changeAppointment(desk, appointment, 'no-show', 'no-show');
  if (appointment.kind === 'integration') {
    const cycle = await cycleOf(desk, appointment);
    desk.put(cycles, { ...cycle, integrationAppointmentId: null });
    if (desk.journey.ending === null) await askForAnother(desk, cycle, appointment.id);
  }
  return [appointment.id];
};
