import { pressureSigns } from '../../domain/follow-up/signals.ts';
import { sessionAlerts } from '../../domain/dosing/in-session.ts';
import { missingReadings } from '../../domain/dosing/readings-due.ts';
import { parseReadings, type SessionReading } from '../../domain/dosing/session-readings.ts';
import type { Cycle } from '../../domain/journey/cycle.ts';
import type { Desk } from './desk.ts';
import { startDetached } from './detached.ts';
import type { Given } from './effect.ts';
import { refusing } from './effect.ts';
import { openSafetyEvent } from './safety.ts';
import { heedSigns } from './signs.ts';

/** What is no longer a matter of the room alone: the record says that the patient needed rescue (reference 4.4, 6.1). */
const SEVERE = 3;

/** The readings that came with an answer; an answer without any has none. */
export const readingsIn = ({ data }: Pick<Given, 'data'>): SessionReading[] =>
  data.readings === undefined ? [] : refusing(() => parseReadings(data.readings));

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

const highest = (readings: readonly SessionReading[], of: 'sbp' | 'dbp'): number =>
  Math.max(0, ...readings.map((each) => each[of] ?? 0));

/**
 * Looks at what was measured in one part of a session: what called for rescue is an adverse event, a severe pressure holds the
 * next dose until the provider has a plan, and a reading that was due and is missing is somebody's task.
 */
export const heedReadings = async (
  desk: Desk,
  cycle: Cycle,
  readings: readonly SessionReading[],
  part: { readonly from: string; readonly until: string },
  by: string,
): Promise<void> => {
  const { monitoring } = desk.program;
  const baseline = { sbp: numberOf(cycle.check?.sbp), dbp: numberOf(cycle.check?.dbp) };
  const before = {
    ...(baseline.sbp !== undefined && { sbp: baseline.sbp }),
    ...(baseline.dbp !== undefined && { dbp: baseline.dbp }),
  };
  const alerts = readings.flatMap((reading) => sessionAlerts(measured(reading), before, monitoring.alerts));
  if (alerts.includes('emergency') || alerts.includes('rescue'))
    await openSafetyEvent(desk, { type: 'adverse-event', severity: SEVERE, source: 'session-readings', by });
  const top = { sbp: highest(readings, 'sbp'), dbp: highest(readings, 'dbp') };
  await heedSigns(desk, pressureSigns(top, false, monitoring.alerts), { cycle: cycle.number, by });
  if (cycle.startedAt === null) return;
  const session = { startedAt: cycle.startedAt, endedAt: cycle.endedAt, closedAt: cycle.dischargedAt };
  const taken = readings.map(({ at }) => at);
  // The baseline of the session is what was read at check-in.
  const known = cycle.checkedInAt === null ? taken : [cycle.checkedInAt, ...taken];
  const missing = missingReadings(monitoring, session, known, part.until).filter((due) => due >= part.from);
  if (missing.length > 0)
    await startDetached(desk, {
      kind: 'complete-readings',
      cycle: cycle.number,
      about: part.from === cycle.startedAt ? 'during' : 'after',
    });
};

const measured = ({ sbp, dbp, spo2, respiratoryRate, moaas, symptoms }: SessionReading) => ({
  ...(sbp !== undefined && { sbp }),
  ...(dbp !== undefined && { dbp }),
  ...(spo2 !== undefined && { spo2 }),
  ...(respiratoryRate !== undefined && { respiratoryRate }),
  ...(moaas !== undefined && { moaas }),
  ...(symptoms !== undefined && { symptoms }),
});
