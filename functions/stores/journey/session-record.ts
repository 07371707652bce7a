import { sessionAlerts } from '../../domain/dosing/in-session.ts';
import { missingReadings } from '../../domain/dosing/readings-due.ts';
import { parseReadings, type SessionReading } from '../../domain/dosing/session-readings.ts';
import { pressureSigns } from '../../domain/follow-up/signals.ts';
import { numberOf } from '../../domain/gates/recorded.ts';
import type { Cycle } from '../../domain/journey/cycle.ts';
import type { Desk } from './desk.ts';
import { startDetached } from './detached.ts';
import { type Given, refusing } from './effect.ts';
import { openSafetyEvent } from './safety.ts';
import { heedSigns, type Told } from './signs.ts';

/** The readings that came with an answer; an answer without any has none. */
export const readingsIn = ({ data }: Pick<Given, 'data'>): SessionReading[] =>
  data.readings === undefined ? [] : refusing(() => parseReadings(data.readings));

const highest = (readings: readonly SessionReading[], of: 'sbp' | 'dbp'): number =>
  Math.max(0, ...readings.map((each) => each[of] ?? 0));

/**
 * Looks at what was measured in one part of a session: what called for rescue is a severe adverse event (reference 4.4, 6.1), a severe pressure holds the
 * next dose until the provider has a plan, and a reading that was due and is missing is somebody's task.
 */
export const heedReadings = async (
  desk: Desk,
  cycle: Cycle,
  readings: readonly SessionReading[],
  part: { readonly from: string; readonly until: string },
  told: Told,
): Promise<void> => {
  const { monitoring } = desk.program;
  const { severeFrom } = desk.library.care().adverseEvents;
  const baseline = { sbp: numberOf(cycle.check, 'sbp'), dbp: numberOf(cycle.check, 'dbp') };
  const alerts = readings.flatMap((reading) => sessionAlerts(reading, baseline, monitoring.alerts));
  if (alerts.includes('emergency') || alerts.includes('rescue'))
    await openSafetyEvent(desk, {
      type: 'adverse-event',
      severity: severeFrom,
      source: 'session-readings',
      by: told.by,
    });
  const top = { sbp: highest(readings, 'sbp'), dbp: highest(readings, 'dbp') };
  await heedSigns(desk, pressureSigns(top, false, monitoring.alerts), told);
  if (cycle.startedAt === null) return;
  const session = { startedAt: cycle.startedAt, endedAt: cycle.endedAt, closedAt: cycle.dischargedAt };
  const taken = readings.map(({ at }) => at);
  // The baseline of the session is what was read at check-in.
  const known = cycle.checkedInAt === null ? taken : [cycle.checkedInAt, ...taken];
  // What was due at the very end of the dose came with the record of the dose, so it is not asked of the time after.
  const isOfPart = (due: string): boolean => due > part.from || part.from === cycle.startedAt;
  const missing = missingReadings(monitoring, session, known, part.until).filter(isOfPart);
  if (missing.length > 0)
    await startDetached(desk, {
      kind: 'complete-readings',
      cycle: cycle.number,
      about: part.from === cycle.startedAt ? 'during' : 'after',
    });
};
