import type { Instant } from '../../domain/time/instants.ts';
import { laterOf, plus } from '../../domain/time/instants.ts';
import { cycles } from '../journey-rows.ts';
import { standingAppointment } from './appointment-acts.ts';
import type { Desk } from './desk.ts';

/** From when a patient may be written to about times to come: in a session that the program keeps quiet, from its end; else now. */
export const afterSession = async (desk: Desk): Promise<Instant> => {
  const dosing = desk.program.dosing.quiet ? await standingAppointment(desk, 'dosing') : undefined;
  if (dosing === undefined) return desk.now;
  const cycle = await desk.need(cycles, { journeyId: dosing.journeyId, number: dosing.cycle ?? 0 });
  if (cycle.checkedInAt === null) return desk.now;
  const { observation } = desk.program.dosing;
  return laterOf(cycle.endedAt === null ? dosing.endsAt : plus(cycle.endedAt, observation), desk.now);
};

/** Whether the patient is in a session that the program keeps quiet: checked in, and not yet discharged. */
export const isInSession = async (desk: Desk): Promise<boolean> => {
  if (!desk.program.dosing.quiet || desk.journey.phase !== 'series') return false;
  const dosing = await standingAppointment(desk, 'dosing');
  if (dosing === undefined) return false;
  const cycle = await desk.need(cycles, { journeyId: dosing.journeyId, number: dosing.cycle ?? 0 });
  return cycle.checkedInAt !== null && cycle.dischargedAt === null;
};
