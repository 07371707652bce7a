import { plus } from '../../functions/domain/time/instants.ts';
import type { TimelineEntry } from '../rehearsal/timeline.ts';
import { after, allOf, before, groupedBy, type Invariant, type Of, type World } from './world.ts';

type Task = Of<'task'>;

const isEnd = ({ event }: Task): boolean => event === 'decided' || event === 'superseded' || event === 'expired';

/** What a person sees when a task expires: a call, an event, the next offer, an end. */
const isSeen = (entry: TimelineEntry): boolean =>
  (entry.kind === 'task' && entry.event === 'opened') ||
  (entry.kind === 'safety' && entry.event === 'opened') ||
  (entry.kind === 'handoff' && entry.event === 'silent') ||
  entry.kind === 'outcome';

const expiredUnseen = (world: World, task: Task): boolean => {
  const climbed = allOf(before(world.entries, task), 'task').some(
    ({ id, event }) => id === task.id && event === 'escalated',
  );
  const within = plus(task.at, 'PT24H');
  return !climbed && !after(world.entries, task).some((entry) => entry.at <= within && isSeen(entry));
};

const ofTask = (world: World, id: string, events: readonly Task[]): string[] => {
  const ends = events.filter(isEnd);
  const isOver = allOf(world.entries, 'outcome').length > 0;
  return [
    ...(ends.length === 0 && isOver ? [`task ${id} was never decided, superseded or expired`] : []),
    ...(ends.length > 1 ? [`task ${id} ended ${ends.length} times: ${ends.map(({ event }) => event).join(', ')}`] : []),
    ...ends
      .filter((task) => task.event === 'expired' && expiredUnseen(world, task))
      .map(() => `task ${id} expired and nobody was asked instead`),
  ];
};

/** 5: no task ends in silence. */
export const tasksEnd: Invariant = {
  id: 5,
  title: 'Every task ends decided, superseded, or in an escalation that a person sees',
  violations: (world) =>
    [...groupedBy(allOf(world.entries, 'task'), ({ id }) => id)].flatMap(([id, events]) => ofTask(world, id, events)),
};
