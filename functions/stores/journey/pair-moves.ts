import { WAITS_ENDED } from '../../domain/commands/waits-ended.ts';
import { type Appointment, isStanding } from '../../domain/journey/appointment.ts';
import { UNCLEARED } from '../../domain/journey/deadlines.ts';
import { cycles } from '../journey-rows.ts';
import { moveTogether } from './appointment-acts.ts';
import { type Booked, findPair } from './booking.ts';
import type { Desk } from './desk.ts';
import { appointmentNamed, judgeAnew, unbookPair } from './pair.ts';
import { supersedeWhere } from './signals.ts';

/** How a claim on a day names its appointment: ids are numbered within one journey. */
export const claimName = ({ journeyId, id }: Appointment): string => `${journeyId}/${id}`;

/** Moves a dose and its integration to the time asked for, or to the first that is feasible (not before an instant, where one is named); says which appointments, or why not. */
export const rebookPair = async (
  desk: Desk,
  dosing: Appointment,
  at: string | undefined,
  notBefore?: string,
): Promise<Booked<readonly string[]>> => {
  const cycle = await desk.need(cycles, { journeyId: dosing.journeyId, number: dosing.cycle ?? 0 });
  const integration = await appointmentNamed(desk, cycle.integrationAppointmentId);
  const own = [dosing, ...(integration === undefined ? [] : [integration])];
  const found = await findPair(desk, {
    cycle: cycle.number,
    dosingStartsAt: at,
    ignoring: own.map(claimName),
    notice: at === undefined,
    ...(notBefore !== undefined && { notBefore }),
  });
  if ('refused' in found) return found;
  await moveTogether(desk, [
    [dosing, found.booked.dosing],
    ...(integration === undefined ? [] : [[integration, found.booked.integration] as const]),
  ]);
  desk.put(cycles, { ...cycle, check: null, checkedInAt: null });
  judgeAnew(desk, cycle);
  if (desk.journey.holds.some(({ reason }) => reason === UNCLEARED))
    desk.follow({ kind: 'keep-deadline', journeyId: desk.journey.id, deadline: 'uncleared-dose' });
  return { booked: own.map(({ id }) => id) };
};

/** Moves a booked pair to the first feasible time, or gives it back where there is none; whoever waits for its day looks again. */
export const movePair = async (desk: Desk, dosing: Appointment): Promise<void> => {
  const cycle = await desk.need(cycles, { journeyId: dosing.journeyId, number: dosing.cycle ?? 0 });
  const ids = [dosing.id, ...(cycle.integrationAppointmentId === null ? [] : [cycle.integrationAppointmentId])];
  const moved = await rebookPair(desk, dosing, undefined);
  if ('refused' in moved) await unbookPair(desk, cycle);
  await lookAgainAt(desk, 'pair-moved', ids);
};

/** Takes back the questions that hang on appointments whose time has changed or gone, and wakes whoever waits for them. */
export const lookAgainAt = async (desk: Desk, cause: string, ids: readonly string[]): Promise<void> => {
  const gone = new Set<string>();
  for (const id of ids) {
    const appointment = await appointmentNamed(desk, id);
    if (appointment === undefined || !isStanding(appointment)) gone.add(id);
  }
  const about = { appointmentIds: ids, cycle: null };
  await supersedeWhere(
    desk,
    cause,
    (task) =>
      WAITS_ENDED[gone.has(task.appointmentId ?? '') ? 'cancel-appointment' : 'reschedule-appointment'].tasks(
        task,
        about,
      ),
    { appointmentIds: [...ids], gates: true },
  );
};
