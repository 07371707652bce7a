import { toMs } from '../time/instants.ts';
import { dateOf, toWallMs } from '../time/local.ts';
import { type Stretch, workingStretches } from '../time/working-hours.ts';
import type { Zone } from '../time/zones.ts';
import type { Bookable, Diaries, Reason } from './availability.ts';

const DAY = 86_400_000;

/** Answers who is free and when, reading each day of each diary once; all moments in milliseconds. */
export const freeTimes = ({ zone, claimsOn, ignoring = [] }: Diaries) => {
  const busyDays = new Map<string, Map<number, readonly Stretch[]>>();
  const openDays = new Map<Calendar, Map<number, readonly Stretch[]>>();

  const busyOn = (resource: string, day: number): readonly Stretch[] =>
    once(busyDays, resource, day, () =>
      (claimsOn(resource, dateOf(day * DAY))?.intervals ?? [])
        .filter(({ appointmentId }) => !ignoring.includes(appointmentId))
        .map(({ from, to }) => ({ from: toMs(from), to: toMs(to) })),
    );

  const openOn = (who: Calendar, day: number): readonly Stretch[] =>
    once(openDays, who, day, () =>
      workingStretches(dateOf(day * DAY), { hours: who.hours, holidays: who.holidays, zone: who.zone ?? zone }),
    );

  const dayOf = (ms: number, where: Zone): number => Math.floor(toWallMs(ms, where) / DAY);

  /** Whether hours are open for the whole of a stretch, over lunch only if they do not close for it. */
  const isOpen = (who: Calendar, from: number, to: number): boolean => {
    const where = who.zone ?? zone;
    let covered = from;
    for (let day = dayOf(from, where); day <= dayOf(to - 1, where); day += 1)
      for (const open of openOn(who, day)) if (open.from <= covered && open.to > covered) covered = open.to;
    return covered >= to;
  };

  const isHeld = (resource: string, from: number, to: number): boolean => {
    for (let day = dayOf(from, zone); day <= dayOf(to - 1, zone); day += 1)
      for (const held of busyOn(resource, day)) if (held.from < to && from < held.to) return true;
    return false;
  };

  /** Why somebody cannot take the whole of a stretch; undefined if they can. */
  const whyNot = (who: Bookable, from: number, to: number): Reason | undefined => {
    if (who.licence && dateOf(toWallMs(from, zone)) > who.licence.expiresOn) return 'licence-expired';
    if (!isOpen(who, from, to)) {
      const isOff = who.holidays?.length && who.holidays.includes(dateOf(toWallMs(from, who.zone ?? zone)));
      return isOff ? 'holiday' : 'outside-hours';
    }
    return isHeld(who.id, from, to) ? 'practitioner-busy' : undefined;
  };

  /** When somebody is at work and holds nothing, from one moment to another, in order. */
  const freeStretches = (who: Bookable, from: number, to: number): readonly Stretch[] => {
    const found: Stretch[] = [];
    const where = who.zone ?? zone;
    for (let day = dayOf(from, where); day <= dayOf(to, where); day += 1)
      for (const open of openOn(who, day)) {
        const before = found.at(-1);
        if (before && open.from <= before.to)
          found[found.length - 1] = { from: before.from, to: Math.max(before.to, open.to) };
        else found.push(open);
      }
    let free = found;
    for (let day = dayOf(from, zone); day <= dayOf(to, zone); day += 1)
      for (const held of busyOn(who.id, day)) free = free.flatMap((stretch) => without(stretch, held));
    return free;
  };

  return { zone, isOpen, isHeld, openOn, dayOf, whyNot, freeStretches };
};

/** Who is free and when. */
export type FreeTimes = ReturnType<typeof freeTimes>;

type Calendar = Pick<Bookable, 'hours' | 'holidays' | 'zone'>;

const without = (stretch: Stretch, held: Stretch): Stretch[] => {
  if (held.to <= stretch.from || held.from >= stretch.to) return [stretch];
  return [
    { from: stretch.from, to: held.from },
    { from: held.to, to: stretch.to },
  ].filter(({ from, to }) => from < to);
};

const once = <K, V>(cache: Map<K, Map<number, V>>, key: K, day: number, find: () => V): V => {
  const days = cache.get(key) ?? new Map<number, V>();
  cache.set(key, days);
  const before = days.get(day);
  if (before !== undefined) return before;
  const found = find();
  days.set(day, found);
  return found;
};
