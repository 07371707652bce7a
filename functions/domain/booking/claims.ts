import { type Instant, toMs } from '../time/instants.ts';
import { dateOf, type LocalDate, plusDays, toWallMs } from '../time/local.ts';
import type { Zone } from '../time/zones.ts';

/** A stretch that an appointment holds: `from` included, `to` not, so that back-to-back is allowed. */
export type Interval = { readonly from: Instant; readonly to: Instant; readonly appointmentId: string };

/** What one resource (a room or a person) has promised on one date of the clinic's zone; an interval lies whole on each date it touches. */
export type DayClaims = {
  readonly resource: string;
  readonly date: LocalDate;
  readonly intervals: readonly Interval[];
};

/** What one day's row is to gain. */
export type Claim = { readonly resource: string; readonly date: LocalDate; readonly interval: Interval };

/** The day with the interval on it, or which appointment is in the way. */
export type ClaimResult =
  | { readonly claimed: true; readonly day: DayClaims }
  | { readonly claimed: false; readonly heldBy: string };

/** Whether two stretches share any moment. */
export const overlaps = (a: Omit<Interval, 'appointmentId'>, b: Omit<Interval, 'appointmentId'>): boolean =>
  a.from < b.to && b.from < a.to;

/** A day on which nothing is promised yet. */
export const freeDay = (resource: string, date: LocalDate): DayClaims => ({ resource, date, intervals: [] });

const AWAY = 'away';

/** What somebody who is away holds: nothing is booked with them there; `absence` tells one absence from another. */
export const awayInterval = (from: Instant, to: Instant, absence: string): Interval => ({
  from,
  to,
  appointmentId: `${AWAY}/${absence}`,
});

/** Whether a stretch is an absence, not an appointment. */
export const isAway = ({ appointmentId }: Interval): boolean => appointmentId.startsWith(`${AWAY}/`);

/** Whether whoever the day is of is away at a moment. */
export const isAwayAt = ({ intervals }: DayClaims, at: Instant): boolean =>
  intervals.some((held) => isAway(held) && held.from <= at && at < held.to);

/** The day without what an appointment held on it. */
export const release = (day: DayClaims, appointmentId: string): DayClaims => ({
  ...day,
  intervals: day.intervals.filter((held) => held.appointmentId !== appointmentId),
});

/** The day with an interval claimed; an appointment's own earlier interval gives way, so claiming twice changes nothing. */
export const claim = (day: DayClaims, interval: Interval): ClaimResult => {
  const others = release(day, interval.appointmentId);
  const inTheWay = others.intervals.find((held) => overlaps(held, interval));
  if (inTheWay) return { claimed: false, heldBy: inTheWay.appointmentId };
  const intervals = [...others.intervals, interval].sort((a, b) => (a.from < b.from ? -1 : 1));
  return { claimed: true, day: { ...day, intervals } };
};

/** The dates of the clinic's zone that a stretch touches; one that ends at midnight does not touch the next date. */
export const datesTouched = (from: Instant, to: Instant, zone: Zone): readonly LocalDate[] => {
  const dates = [dateOf(toWallMs(toMs(from), zone))];
  const last = dateOf(toWallMs(toMs(to) - 1, zone));
  for (let date = dates[0]; date !== undefined && date < last; ) {
    date = plusDays(date, 1);
    dates.push(date);
  }
  return dates;
};
