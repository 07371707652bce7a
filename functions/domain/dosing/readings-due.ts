import type { Program } from '../program/program.ts';
import { approximateSeconds } from '../program/values.ts';
import { fromMs, type Instant, minus, plus, toMs } from '../time/instants.ts';

type Monitoring = Program['monitoring'];

/**
 * Moments in seconds after the start at which a schedule reads, up to a moment. What counts from the start goes on where the
 * dose has ended before: a spray takes minutes and is read after 40; what follows the end comes on top.
 */
export const momentsOf = ({ during, after }: Monitoring, endsAfter: number, until: number): number[] => {
  const moments = new Set<number>();
  const add = (from: number, every: number, last: number): void => {
    for (let at = from; at <= Math.min(last, until); at += every) if (at > 0) moments.add(at);
  };
  for (const { from, every, until: last } of during)
    add(approximateSeconds(from), approximateSeconds(every), approximateSeconds(last));
  const pause = approximateSeconds(after.every);
  add(endsAfter + pause, pause, Number.POSITIVE_INFINITY);
  return [...moments].toSorted((a, b) => a - b);
};

/** How far a dosing session has come, as recorded. */
export type Session = {
  readonly startedAt: Instant;
  /** Null while the dose goes on. */
  readonly endedAt: Instant | null;
  /** When the patient left, or was back at baseline where the schedule ends there; null before. */
  readonly closedAt: Instant | null;
};

/** When vital signs and ratings are due, from before the dose until now (reference 4.4): the baseline first, at the start itself. */
export const readingsDue = (
  monitoring: Monitoring,
  { startedAt, endedAt, closedAt }: Session,
  now: Instant,
): Instant[] => {
  const start = toMs(startedAt);
  const until = Math.min(toMs(now), closedAt === null ? Number.POSITIVE_INFINITY : toMs(closedAt));
  // While the dose goes on its schedule goes on; what follows counts from the recorded end.
  const end = endedAt === null ? Number.POSITIVE_INFINITY : (toMs(endedAt) - start) / 1000;
  const moments = momentsOf(monitoring, end, (until - start) / 1000);
  return [...(monitoring.baseline ? [0] : []), ...moments].map((seconds) => fromMs(start + seconds * 1000));
};

/**
 * Readings that were due and not taken: each is somebody's task, never a silence. One counts for a due time when it is taken
 * within the program's time for a recheck before or after it, and for the baseline at any time before.
 */
export const missingReadings = (
  monitoring: Monitoring,
  session: Session,
  takenAt: readonly Instant[],
  now: Instant,
): Instant[] => {
  const { recheckAfter } = monitoring.alerts;
  return readingsDue(monitoring, session, now).filter((due) => {
    const latest = plus(due, recheckAfter);
    const earliest = due === session.startedAt ? '' : minus(due, recheckAfter);
    return now > latest && !takenAt.some((taken) => taken >= earliest && taken <= latest);
  });
};
