import type { Slot } from '../../domain/booking/propose-slots.ts';
import { type Appointment, isStanding } from '../../domain/journey/appointment.ts';
import { isOwed } from '../../domain/journey/cycle.ts';
import { appointments, cycles } from '../journey-rows.ts';
import { cancel, move, moveTogether } from './appointment-acts.ts';
import { findPair, findSlot } from './booking.ts';
import type { Desk } from './desk.ts';
import { askForAnother } from './lost-integration.ts';
import { appointmentNamed, unbookPair } from './pair.ts';
import { claimName, lookAgainAt, rebookPair } from './pair-moves.ts';

/** Whether an appointment has not begun, so that it can still be given to somebody else or another time. */
const liesAhead = (appointment: Appointment, now: string): boolean =>
  (appointment.state === 'booked' || appointment.state === 'confirmed') && appointment.startsAt > now;

/** An encounter stays at its time with somebody who is free, moves to the first that is feasible, or is given back. */
const rebookEncounter = async (desk: Desk, appointment: Appointment, window?: { opens: string; closes: string }) => {
  const ignoring = [claimName(appointment)];
  const same = await findSlot(desk, appointment.kind, { startsAt: appointment.startsAt, ignoring });
  const found =
    'booked' in same
      ? same
      : await findSlot(desk, appointment.kind, { ignoring, ...(window !== undefined && { notBefore: window.opens }) });
  const late = 'booked' in found && window !== undefined && found.booked.startsAt > window.closes;
  if ('refused' in found || late) await cancel(desk, appointment);
  else await move(desk, appointment, found.booked);
  return 'booked' in found && !late;
};

/** Whether a slot is what is booked already: the same people at the same time, for as long, in the same room. */
const isSame = (booked: Appointment, slot: Slot): boolean =>
  booked.startsAt === slot.startsAt &&
  booked.endsAt === slot.endsAt &&
  booked.room === (slot.room ?? null) &&
  booked.practitioners.length === slot.practitioners.length &&
  slot.practitioners.every(({ id }) => booked.practitioners.includes(id));

/** A pair keeps the time of its dose where its people allow, else both move, else both are given back. */
const rebookBoth = async (desk: Desk, dosing: Appointment, integration: Appointment): Promise<void> => {
  const cycle = await desk.need(cycles, { journeyId: dosing.journeyId, number: dosing.cycle ?? 0 });
  const asked = {
    cycle: cycle.number,
    dosingStartsAt: dosing.startsAt,
    ignoring: [claimName(dosing), claimName(integration)],
  };
  const same = await findPair(desk, { ...asked, integrationStartsAt: integration.startsAt });
  const found = 'booked' in same ? same : await findPair(desk, asked);
  if ('booked' in found) {
    const pair = [
      [dosing, found.booked.dosing],
      [integration, found.booked.integration],
    ] as const;
    await moveTogether(
      desk,
      pair.filter(([appointment, slot]) => !isSame(appointment, slot)),
    );
    return;
  }
  if ('refused' in (await rebookPair(desk, dosing, undefined))) await unbookPair(desk, cycle);
};

const pairOf = async (desk: Desk, { journeyId, cycle }: Appointment) => {
  const { dosingAppointmentId, integrationAppointmentId } = await desk.need(cycles, { journeyId, number: cycle ?? 0 });
  return {
    dosing: await appointmentNamed(desk, dosingAppointmentId),
    integration: await appointmentNamed(desk, integrationAppointmentId),
  };
};

/** Plans appointments anew whose people are no longer there; whoever waits for them looks again. Says which were concerned. */
export const rebook = async (desk: Desk, cause: string, concerned: readonly Appointment[]): Promise<string[]> => {
  const ids = new Set<string>();
  for (const { journeyId, id } of concerned) {
    const appointment = await desk.need(appointments, { journeyId, id });
    if (ids.has(id) || !isStanding(appointment) || !liesAhead(appointment, desk.now)) continue;
    ids.add(id);
    if (appointment.cycle === null) {
      await rebookEncounter(desk, appointment);
      continue;
    }
    const cycle = await desk.need(cycles, { journeyId, number: appointment.cycle });
    if (cycle.startedAt !== null) {
      const window = isOwed(cycle) && cycle.debt?.state === 'owed' ? (cycle.debt.window ?? undefined) : undefined;
      if (!(await rebookEncounter(desk, appointment, window))) {
        const unbooked = { ...(await desk.need(cycles, cycle)), integrationAppointmentId: null };
        desk.put(cycles, unbooked);
        await askForAnother(desk, unbooked, appointment.id);
      }
      continue;
    }
    const { dosing, integration } = await pairOf(desk, appointment);
    if (dosing === undefined || integration === undefined || !liesAhead(dosing, desk.now)) continue;
    ids.add(dosing.id).add(integration.id);
    await rebookBoth(desk, dosing, integration);
  }
  if (ids.size > 0) await lookAgainAt(desk, cause, [...ids]);
  return [...ids];
};
