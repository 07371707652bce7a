import { plus } from '../../functions/domain/time/instants.ts';
import type { TimelineEntry } from '../rehearsal/timeline.ts';
import { claimOf } from './reminders.ts';
import { after, allOf, type Invariant, type Of, type World } from './world.ts';

const AT_ONCE = 'PT1M';

/** What happened while the crisis's hold stood; all the rest of the journey where it was never lifted. */
const during = (later: readonly TimelineEntry[], hold: Of<'hold'>): readonly TimelineEntry[] => {
  const from = later.slice(later.indexOf(hold));
  const lifted = from.findIndex(
    (entry) =>
      (entry.kind === 'hold' && entry.event === 'lifted' && entry.reason === hold.reason) || entry.kind === 'outcome',
  );
  return lifted === -1 ? from : from.slice(0, lifted);
};

/** What a crisis must stop: doses, new bookings, and messages that can wait. */
const wentOn = (entry: TimelineEntry): string | undefined => {
  if (entry.kind === 'dose' && entry.event === 'started') return `dose ${entry.cycle} was given`;
  if (
    entry.kind === 'appointment' &&
    entry.appointment === 'dosing' &&
    (entry.event === 'booked' || entry.event === 'confirmed')
  )
    return `dosing appointment ${entry.id} was ${entry.event}`;
  const idle = entry.kind === 'message' && entry.event === 'sent' && entry.to === 'patient';
  if (idle && (entry.class === 'reminder' || entry.message === 'education' || entry.message === 'expectation'))
    return `${claimOf(entry)} was sent`;
  return undefined;
};

const ofCrisis = (world: World, crisis: Of<'safety'>): string[] => {
  const soon = plus(crisis.at, AT_ONCE);
  // The hold belongs to the opening's own write, where it may stand before it.
  const later = world.entries.filter(({ at }) => at >= crisis.at);
  const hold = allOf(later, 'hold').find(({ event, at }) => event === 'placed' && at <= soon);
  const paged = allOf(after(world.entries, crisis), 'safety').some(
    ({ id, event, at }) => id === crisis.id && event === 'paged' && at <= soon,
  );
  const standing = allOf(world.entries, 'hold').some(({ event, at }) => event === 'placed' && at < crisis.at);
  return [
    ...(paged ? [] : [`crisis ${crisis.id} was paged to nobody within a minute`]),
    ...(hold === undefined && !standing ? [`crisis ${crisis.id} placed no hold`] : []),
    ...(hold === undefined ? [] : during(later, hold))
      .flatMap((entry) => wentOn(entry) ?? [])
      .map((what) => `${what} during the hold of crisis ${crisis.id}`),
  ];
};

/** 7: in a crisis everything else waits. */
export const crisisFirst: Invariant = {
  id: 7,
  title: 'A crisis comes before everything else',
  violations: (world) =>
    allOf(world.entries, 'safety').flatMap((entry) =>
      entry.type === 'crisis' && entry.event === 'opened' ? ofCrisis(world, entry) : [],
    ),
};
