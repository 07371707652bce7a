import { allOf, groupedBy, type Invariant, type World } from './world.ts';

/** The line of execution that an epoch or a try belongs to: its name without the number at the end. */
const lineOf = (name: string): string => name.replace(/-\d+$/, '');

/** An execution that broke off was taken up again by a later one of the same line. */
const brokenOff = ({ executions }: World): string[] =>
  executions.flatMap((execution, n) => {
    if (execution.status !== 'FAILED' && execution.status !== 'TIMED_OUT') return [];
    const { name, status } = execution;
    const replayed = executions
      .slice(n + 1)
      .some((later) => lineOf(later.name) === lineOf(name) && later.name !== name);
    return replayed ? [] : [`execution ${name} ended ${status} and was not taken up again`];
  });

const ENDS: ReadonlySet<string> = new Set(['ended', 'attended', 'no-show', 'cancelled']);

const appointments = ({ entries }: World): string[] =>
  [...groupedBy(allOf(entries, 'appointment'), ({ id }) => id)].flatMap(([id, events]) =>
    events.some(({ event }) => ENDS.has(event)) ? [] : [`appointment ${id} was booked and nothing became of it`],
  );

const doses = ({ entries }: World): string[] =>
  [...groupedBy(allOf(entries, 'dose'), ({ cycle }) => String(cycle))].flatMap(([cycle, events]) =>
    events.some(({ event }) => event !== 'started') ? [] : [`dose ${cycle} has no recorded end`],
  );

/** 9: what was begun is carried on, whatever stops in between. */
export const nothingLost: Invariant = {
  id: 9,
  title: 'Losing the process between two writes loses nothing',
  violations: (world) => [
    ...brokenOff(world),
    // Until the outcome, what was begun may still be under way.
    ...(allOf(world.entries, 'outcome').length === 0 ? [] : [...appointments(world), ...doses(world)]),
  ],
};
