import type { Bookable, Reason, Room, Why } from './availability.ts';
import type { FreeTimes } from './free-times.ts';

/** A role that an appointment needs one person for, and who may take it, most wanted first. */
export type Need = { readonly role: string; readonly anyOf: readonly Bookable[] };

/** Who takes which role. */
export type Seat = { readonly role: string; readonly id: string };

/** Where an appointment is held; without rooms it needs none (remote, or in the practitioner's own practice). */
export type Place = {
  readonly rooms?: readonly Room[] | undefined;
  /** What must stand in the room. */
  readonly kit?: readonly string[] | undefined;
};

/** Something found, or every reason against it. */
export type Attempt<T> =
  | { readonly feasible: true; readonly found: T }
  | { readonly feasible: false; readonly reasons: readonly Why[] };

// A detail is read by a person: three names say enough about forty.
const NAMED = 3;

const whyNobody = (need: Need, from: number, to: number, { whyNot }: FreeTimes): Why | undefined => {
  const refusals: { id: string; reason: Reason }[] = [];
  for (const who of need.anyOf) {
    const reason = whyNot(who, from, to);
    if (reason === undefined) return undefined;
    refusals.push({ id: who.id, reason });
  }
  const [first] = refusals;
  if (!first) return { reason: 'no-practitioner', detail: `nobody has the role ${need.role}` };
  const named = refusals.slice(0, NAMED).map(({ id, reason }) => `${id} ${reason}`);
  if (refusals.length > NAMED) named.push(`${refusals.length - NAMED} more`);
  return { reason: first.reason, detail: `${need.role}: ${named.join(', ')}` };
};

/** One person for each role, nobody twice, the most wanted first; or what is missing for each role that nobody can take. */
export const findStaff = (
  needs: readonly Need[],
  from: number,
  to: number,
  free: FreeTimes,
): Attempt<readonly Seat[]> => {
  const seats: Seat[] = [];
  const fill = (index: number): boolean => {
    const need = needs[index];
    if (!need) return true;
    for (const who of need.anyOf) {
      if (seats.some(({ id }) => id === who.id) || free.whyNot(who, from, to) !== undefined) continue;
      seats.push({ role: need.role, id: who.id });
      if (fill(index + 1)) return true;
      seats.pop();
    }
    return false;
  };
  if (fill(0)) return { feasible: true, found: seats };
  const reasons = needs.flatMap((need) => whyNobody(need, from, to, free) ?? []);
  const roles = needs.map(({ role }) => role).join(', ');
  return {
    feasible: false,
    reasons: reasons.length
      ? reasons
      : [{ reason: 'practitioner-busy', detail: `${roles}: nobody can hold two roles at once` }],
  };
};

/** A free room with the kit, the first listed first; an undefined id where none is needed. */
export const findRoom = (
  { rooms, kit = [] }: Place,
  from: number,
  to: number,
  free: FreeTimes,
): Attempt<string | undefined> => {
  if (!rooms) return { feasible: true, found: undefined };
  const fitting = rooms.filter((room) => kit.every((item) => room.kit?.includes(item)));
  const room = fitting.find(({ id }) => !free.isHeld(id, from, to));
  if (room) return { feasible: true, found: room.id };
  const why: Why = fitting.length
    ? {
        reason: 'room-busy',
        detail: fitting
          .map(({ id }) => id)
          .slice(0, NAMED)
          .join(', '),
      }
    : { reason: 'no-room', detail: kit.length ? `no room with ${kit.join(', ')}` : 'no room' };
  return { feasible: false, reasons: [why] };
};
