import { after, allOf, groupedBy, type Invariant, type Of, type World } from './world.ts';

type Message = Of<'message'>;

const occasionOf = ({ person, message, occurrence, revision }: Message): string =>
  `${message} ${occurrence} to ${person} (revision ${revision})`;

/** Somebody was asked to call at that moment or later. */
const calledSince = (world: World, at: string): boolean =>
  allOf(world.entries, 'task').some(
    (task) =>
      task.event === 'opened' && task.at >= at && (task.task === 'call-patient' || task.task === 'safety-follow-up'),
  );

const acknowledgedSince = (world: World, at: string): boolean =>
  allOf(world.entries, 'safety').some((event) => event.event === 'acknowledged' && event.at >= at);

/** Delivered, withdrawn, or in somebody's hands; the journey may also have ended by death, which stops every message. */
const ended = (world: World, attempts: readonly Message[]): boolean => {
  if (attempts.some(({ event }) => event === 'delivered' || event === 'cancelled')) return true;
  const [first] = attempts;
  if (first === undefined) return true;
  if (allOf(world.entries, 'outcome').some(({ outcome }) => outcome === 'died')) return true;
  return first.to === 'staff' || first.to === 'partner'
    ? acknowledgedSince(world, first.at)
    : calledSince(world, first.at);
};

const messages = (world: World): string[] => {
  const safety = allOf(world.entries, 'message').filter((each) => each.class === 'safety');
  return [...groupedBy(safety, occasionOf)].flatMap(([occasion, attempts]) =>
    ended(world, attempts) ? [] : [`${occasion} was neither delivered nor became a call`],
  );
};

const crises = (world: World): string[] =>
  allOf(world.entries, 'safety').flatMap((event) => {
    if (event.type !== 'crisis' || event.event !== 'opened') return [];
    const named = allOf(after(world.entries, event), 'safety').some(
      ({ id, event: what, by }) => id === event.id && what === 'acknowledged' && by !== undefined && by !== '',
    );
    return named ? [] : [`crisis ${event.id} was acknowledged by nobody`];
  });

/** 4: what is urgent arrives, or a person sees to it. */
export const safetyReached: Invariant = {
  id: 4,
  title: 'Every safety message arrives or becomes a task; every crisis is acknowledged',
  violations: (world) => [...messages(world), ...crises(world)],
};
