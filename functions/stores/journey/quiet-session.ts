import type { Appointment } from '../../domain/journey/appointment.ts';
import type { Cycle } from '../../domain/journey/cycle.ts';
import type { Instant } from '../../domain/time/instants.ts';
import { laterOf, plus } from '../../domain/time/instants.ts';
import { cycles } from '../journey-rows.ts';
import { standingAppointment } from './appointment-acts.ts';
import type { Desk } from './desk.ts';

/** The dose that a patient was checked in for, where the program keeps its sessions quiet. */
const quietDose = async (desk: Desk): Promise<{ readonly dosing: Appointment; readonly cycle: Cycle } | undefined> => {
  const dosing = desk.program.dosing.quiet ? await standingAppointment(desk, 'dosing') : undefined;
  if (dosing === undefined) return undefined;
  const cycle = await desk.need(cycles, { journeyId: dosing.journeyId, number: dosing.cycle ?? 0 });
  return cycle.checkedInAt === null ? undefined : { dosing, cycle };
};

/** From when a patient may be written to about times to come: in a session that the program keeps quiet, from its end; else now. */
export const afterSession = async (desk: Desk): Promise<Instant> => {
  const dose = await quietDose(desk);
  if (dose === undefined) return desk.now;
  const { dosing, cycle } = dose;
  const { observation } = desk.program.dosing;
  return laterOf(cycle.endedAt === null ? dosing.endsAt : plus(cycle.endedAt, observation), desk.now);
};

/** Whether the patient is in a session that the program keeps quiet: checked in, and not yet discharged. */
export const isInSession = async (desk: Desk): Promise<boolean> =>
  desk.journey.phase === 'series' && (await quietDose(desk))?.cycle.dischargedAt === null;
