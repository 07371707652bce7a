import { type Duration, elapsedMs } from '../time/durations.ts';
import { fromMs, type Instant, toMs } from '../time/instants.ts';
import { dateOf, type LocalDate, toWallMs } from '../time/local.ts';
import type { Diaries, Why } from './availability.ts';
import { type Opening, type Proposals, type Search, tryInOrder } from './candidates.ts';
import { type FreeTimes, freeTimes } from './free-times.ts';
import { type Attempt, findRoom, findStaff, type Need, type Place, type Seat } from './staffing.ts';

/** A time with the people, and the room where one is needed, that are free for the whole of it. */
export type Slot = {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly practitioners: readonly Seat[];
  readonly room?: string | undefined;
};

/** What one appointment needs. */
export type SlotNeeds = Place & {
  /** How long it holds people and room, in hours and minutes. */
  readonly duration: Duration;
  readonly needs: readonly Need[];
  /** The hours of the place where it is held; left out where only people's own hours count. */
  readonly opening?: Opening;
  /** Dates on which the patient rests: the days of their doses, where the program says so. */
  readonly restDays?: readonly LocalDate[];
};

/** What one appointment needs, whose diaries count, and how far to look. */
export type SlotSearch = SlotNeeds & Diaries & Search;

/** One appointment at one start, or every reason against it; milliseconds. */
export const slotAt = (needs: SlotNeeds, start: number, free: FreeTimes): Attempt<Slot> => {
  const end = start + elapsedMs(needs.duration);
  const open = !needs.opening || free.isOpen(needs.opening, start, end);
  const staff = findStaff(needs.needs, start, end, free);
  const room = findRoom(needs, start, end, free);
  if (open && staff.feasible && room.feasible)
    return {
      feasible: true,
      found: {
        startsAt: fromMs(start),
        endsAt: fromMs(end),
        practitioners: staff.found,
        ...(room.found === undefined ? {} : { room: room.found }),
      },
    };
  return {
    feasible: false,
    reasons: [
      ...(open ? [] : [{ reason: 'clinic-closed' as const, detail: 'not open for the whole appointment' }]),
      ...(staff.feasible ? [] : staff.reasons),
      ...(room.feasible ? [] : room.reasons),
    ],
  };
};

/** The first times for one appointment, and why the earlier ones were refused. */
export const proposeSlots = (search: SlotSearch): Proposals<Slot> => {
  const free = freeTimes(search);
  return tryInOrder(
    search,
    search.opening,
    free,
    (date) => restOf(date, search),
    (start) => slotAt(search, start, free),
  );
};

const restOf = (date: LocalDate, { restDays }: SlotNeeds): Why | undefined =>
  restDays?.includes(date) === true ? { reason: 'rest-of-day', detail: date } : undefined;

/** Whether one appointment may be booked at an instant, or every reason against it. */
export const checkSlot = (
  asked: SlotNeeds & Diaries & { readonly startsAt: Instant; readonly notBefore: Instant },
): Attempt<Slot> => {
  const start = toMs(asked.startsAt);
  const slot = slotAt(asked, start, freeTimes(asked));
  const rests = restOf(dateOf(toWallMs(start, asked.zone)), asked);
  const tried: Attempt<Slot> =
    rests === undefined ? slot : { feasible: false, reasons: [rests, ...(slot.feasible ? [] : slot.reasons)] };
  return asked.startsAt < asked.notBefore ? inThePast(asked.notBefore, tried) : tried;
};

/** Refuses what would have begun already, with any other reasons after that. */
export const inThePast = <T>(notBefore: Instant, tried: Attempt<T>): Attempt<T> => ({
  feasible: false,
  reasons: [{ reason: 'in-the-past', detail: `not before ${notBefore}` }, ...(tried.feasible ? [] : tried.reasons)],
});
