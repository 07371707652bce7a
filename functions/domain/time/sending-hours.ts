import { fromMs, type Instant, laterOf, toMs } from './instants.ts';
import { atLocal, type LocalDate, localDate, localTime, plusDays, type WallTime } from './local.ts';
import type { Zone } from './zones.ts';

/** The hours of a patient's day in which messages may go out, the closing excluded; null sends at any hour. */
export type SendingHours = readonly [WallTime, WallTime] | null;

/** When a message goes out, or that a person has to call because no allowed hour is left before it is of no use. */
export type SendingPlan = { readonly kind: 'send'; readonly at: Instant } | { readonly kind: 'person' };

/** What is brought forward goes out this long before the evening's end, so that a late schedule or a retry still finds the hours open. */
const BEFORE_CLOSING = 30 * 60_000;

type Day = { readonly opens: Instant; readonly closes: Instant };

const dayOf = (date: LocalDate, zone: Zone, [opens, closes]: readonly [WallTime, WallTime]): Day => ({
  opens: atLocal(date, opens, zone),
  closes: atLocal(date, closes, zone),
});

/** Whether a message may go out at an instant, by the clock of the person who gets it. */
export const insideSendingHours = (instant: Instant, zone: Zone, sending: SendingHours): boolean => {
  if (sending === null) return true;
  const clock = localTime(instant, zone);
  return clock >= sending[0] && clock < sending[1];
};

const nextOpening = (instant: Instant, zone: Zone, sending: readonly [WallTime, WallTime]): Instant => {
  const today = localDate(instant, zone);
  const { opens } = dayOf(today, zone, sending);
  return instant <= opens ? opens : dayOf(plusDays(today, 1), zone, sending).opens;
};

/** The moment of the evening before: half an hour before the last closing, or now if that has passed and the hours are still open. */
const lastMoment = (
  dueAt: Instant,
  zone: Zone,
  sending: readonly [WallTime, WallTime],
  now: Instant,
): Instant | undefined => {
  const dueOn = localDate(dueAt, zone);
  const today = dayOf(dueOn, zone, sending);
  const { opens, closes } = today.closes <= dueAt ? today : dayOf(plusDays(dueOn, -1), zone, sending);
  const at = laterOf(laterOf(opens, fromMs(toMs(closes) - BEFORE_CLOSING)), now);
  return at < closes ? at : undefined;
};

/**
 * When a message due at `dueAt` goes out. Within sending hours: then. In quiet hours: at the next opening while it is
 * still of use (strictly before `usefulUntil`), otherwise earlier, on the evening before; what neither fits is a person's call.
 * What was due before `now` is due now.
 */
export const planSending = ({
  dueAt,
  usefulUntil,
  zone,
  sending,
  now,
}: {
  readonly dueAt: Instant;
  readonly usefulUntil?: Instant | undefined;
  readonly zone: Zone;
  readonly sending: SendingHours;
  readonly now: Instant;
}): SendingPlan => {
  const due = laterOf(dueAt, now);
  if (usefulUntil !== undefined && due > usefulUntil) return { kind: 'person' };
  if (sending === null || insideSendingHours(due, zone, sending)) return { kind: 'send', at: due };
  const opening = nextOpening(due, zone, sending);
  if (usefulUntil === undefined || opening < usefulUntil) return { kind: 'send', at: opening };
  const evening = lastMoment(due, zone, sending, now);
  return evening === undefined ? { kind: 'person' } : { kind: 'send', at: evening };
};
