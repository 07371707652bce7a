import { type Duration, elapsedMs } from '../time/durations.ts';
import { fromMs, type Instant, laterOf, toMs } from '../time/instants.ts';
import { plusLocalMs } from '../time/local.ts';
import type { Bookable, Diaries, Why } from './availability.ts';
import { onGrid } from './candidates.ts';
import { type FreeTimes, freeTimes } from './free-times.ts';
import { inThePast, type Slot, slotAt } from './propose-slots.ts';
import type { Attempt, Place } from './staffing.ts';

/** How long after the end of a dose its integration may start, both ends included: `PT24H` to `PT48H`. */
export type IntegrationWindow = { readonly opens: Duration; readonly closes: Duration };

/** What an integration needs: the patient's assigned therapist, alone; rooms only where it is held in the clinic. */
export type IntegrationNeeds = Place & {
  readonly therapist: Bookable;
  readonly duration: Duration;
  readonly window: IntegrationWindow;
  /** Starts stand on multiples of this since local midnight, where one is free. */
  readonly grid: Duration;
};

/** The earliest and the latest start (milliseconds) of the integration of a dose that ended. */
export const windowAfter = (doseEnd: number, { opens, closes }: IntegrationWindow, { zone }: FreeTimes) => ({
  opens: plusLocalMs(doseEnd, opens, zone),
  closes: plusLocalMs(doseEnd, closes, zone),
});

const MINUTE = 60_000;

const outsideWindow = (opens: number, closes: number): Why => ({
  reason: 'integration-window',
  detail: `must start from ${fromMs(opens)} to ${fromMs(closes)}`,
});

const sessionAt = (needs: IntegrationNeeds, start: number, free: FreeTimes): Attempt<Slot> =>
  slotAt({ ...needs, needs: [{ role: 'therapist', anyOf: [needs.therapist] }] }, start, free);

/** The integration at one start: inside the window after the dose's end, with its therapist free, or every reason against it. */
export const integrationAt = (
  needs: IntegrationNeeds,
  doseEnd: number,
  start: number,
  free: FreeTimes,
): Attempt<Slot> => {
  const { opens, closes } = windowAfter(doseEnd, needs.window, free);
  const session = sessionAt(needs, start, free);
  if (start >= opens && start <= closes) return session;
  const reasons = session.feasible ? [] : session.reasons;
  return { feasible: false, reasons: [outsideWindow(opens, closes), ...reasons] };
};

/** The first integration inside the window after the dose's end and not before a moment, or that its window holds none. */
export const firstIntegration = (
  needs: IntegrationNeeds,
  doseEnd: number,
  free: FreeTimes,
  notBefore = Number.NEGATIVE_INFINITY,
): Attempt<Slot> => {
  const { opens, closes } = windowAfter(doseEnd, needs.window, free);
  const from = Math.max(opens, notBefore);
  const length = elapsedMs(needs.duration);
  const stretches = free.freeStretches(needs.therapist, from, closes + length);
  const step = elapsedMs(needs.grid);
  for (const stretch of stretches)
    for (let start = onGrid(Math.max(stretch.from, from), step, free); start <= closes; start += step) {
      if (start + length > stretch.to) break;
      const session = sessionAt(needs, start, free);
      if (session.feasible) return session;
    }
  // A gap between two sessions may fit without holding a start of the grid; refusing a dose for that would be wrong.
  for (const stretch of stretches) {
    const start = onGrid(Math.max(stretch.from, from), MINUTE, free);
    if (start > closes || start + length > stretch.to) continue;
    const session = sessionAt(needs, start, free);
    if (session.feasible) return session;
  }
  const detail = `no time of ${needs.therapist.id} ${needs.window.opens} to ${needs.window.closes} after the dose`;
  return { feasible: false, reasons: [{ reason: 'integration-window', detail }] };
};

/** Whether the integration of a dose that ended may be booked at an instant, or every reason against it. */
export const checkIntegration = (
  asked: IntegrationNeeds &
    Diaries & { readonly recordedEnd: Instant; readonly startsAt: Instant; readonly notBefore: Instant },
): Attempt<Slot> => {
  const tried = integrationAt(asked, toMs(asked.recordedEnd), toMs(asked.startsAt), freeTimes(asked));
  return asked.startsAt < asked.notBefore ? inThePast(asked.notBefore, tried) : tried;
};

/** What becomes of a booked integration once the dose's real end is known. */
export type IntegrationReview =
  | { readonly kind: 'keeps' }
  | { readonly kind: 'moves'; readonly slot: Slot }
  | { readonly kind: 'none'; readonly reasons: readonly Why[] };

/**
 * Computes the window again from the recorded end of a dose: a booked integration inside it (both ends) keeps its time,
 * another moves to the first free one inside and not in the past, and where there is none a person has to book.
 */
export const reviewIntegration = (
  asked: IntegrationNeeds &
    Diaries & { readonly recordedEnd: Instant; readonly bookedAt?: Instant | undefined; readonly now: Instant },
): IntegrationReview => {
  const free = freeTimes(asked);
  const end = toMs(asked.recordedEnd);
  const { opens, closes } = windowAfter(end, asked.window, free);
  const booked = asked.bookedAt === undefined ? undefined : toMs(asked.bookedAt);
  if (booked !== undefined && booked >= opens && booked <= closes) return { kind: 'keeps' };
  const first = firstIntegration(asked, end, free, toMs(laterOf(asked.now, asked.recordedEnd)));
  return first.feasible ? { kind: 'moves', slot: first.found } : { kind: 'none', reasons: first.reasons };
};
