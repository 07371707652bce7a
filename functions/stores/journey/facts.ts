import { baselineTotal } from '../../domain/follow-up/measures.ts';
import type { Appointment } from '../../domain/journey/appointment.ts';
import type { Cycle } from '../../domain/journey/cycle.ts';
import type { Measure } from '../../domain/measures/measure.ts';
import { changeSince } from '../../domain/measures/score.ts';
import { INDICATIONS } from '../../domain/names.ts';
import { daysBetween, localDate, weekday } from '../../domain/time/local.ts';
import { clinicals, cycles, facts, journeyPartition, measures } from '../journey-rows.ts';
import type { Desk } from './desk.ts';

/** The clinic's month in which an instant lies. */
const monthOf = (desk: Desk, instant: string): string => localDate(instant, desk.clinic.zone).slice(0, 7);

/** What became of the window, told before the cycle's debt changes; it counts in the month in which the window closes. */
export const countWindow = (desk: Desk, cycle: Cycle, result: 'met' | 'missed' | 'waived'): void => {
  const { journey, clinic } = desk;
  // A window is decided once: by its first integration, by its closing or by a waiver before.
  if (cycle.debt?.state !== 'owed' || cycle.debt.window === null || cycle.startedAt === null) return;
  desk.state(facts, {
    kind: 'window',
    month: monthOf(desk, cycle.debt.window.closes),
    journeyId: journey.id,
    about: String(cycle.number),
    therapist: journey.therapist,
    partner: journey.partner,
    weekday: weekday(localDate(cycle.startedAt, clinic.zone)),
    result,
  });
};

/** The first integration of a dose: whether it began inside the window. */
export const countIntegration = (desk: Desk, cycle: Cycle, startedAt: string): void => {
  const window = cycle.debt?.window ?? null;
  if (window === null) return;
  countWindow(desk, cycle, startedAt >= window.opens && startedAt <= window.closes ? 'met' : 'missed');
};

/** That the patient came, or did not; it counts in the month of the appointment. */
export const countVisit = (desk: Desk, { id, kind, startsAt }: Appointment, came: boolean): void =>
  desk.state(facts, {
    kind: 'visit',
    month: monthOf(desk, startsAt),
    journeyId: desk.journey.id,
    about: id,
    appointment: kind,
    came,
  });

/** The first decision on the clearances; what is renewed or declined later counts no more. */
export const countClearance = (desk: Desk, result: 'cleared' | 'declined'): void => {
  const { journey, clinic, now } = desk;
  if (journey.phase !== 'clearance') return;
  desk.state(facts, {
    kind: 'clearance',
    month: monthOf(desk, now),
    journeyId: journey.id,
    about: 'first',
    result,
    days: daysBetween(localDate(journey.requestedAt, clinic.zone), localDate(now, clinic.zone)),
  });
};

/** How the end of the series stands against the baseline. Without a baseline above none there is nothing to compare with. */
export const countResponse = async (desk: Desk, instrument: Measure, total: number): Promise<void> => {
  const { journey, clinic } = desk;
  const partition = journeyPartition(journey.id);
  const firstDoseAt = (await desk.list(cycles, partition, 'cycle#')).find((each) => each.startedAt !== null)?.startedAt;
  if (firstDoseAt === undefined || firstDoseAt === null) return;
  const taken = await desk.list(measures, partition, `measure#${instrument.id}#`);
  const baseline = baselineTotal(taken, firstDoseAt, clinic.policy.baselineMeasureWithin, journey.zone);
  if (baseline === null || baseline === 0) return;
  const { response, remission } = changeSince(instrument, baseline, total);
  if (response === null) return;
  const { facts: told } = await desk.need(clinicals, journey.id);
  desk.state(facts, {
    kind: 'response',
    month: monthOf(desk, desk.now),
    journeyId: journey.id,
    about: instrument.id,
    indication: INDICATIONS.find((each) => each === told.indication) ?? 'unknown',
    responded: response,
    remitted: remission,
  });
};
