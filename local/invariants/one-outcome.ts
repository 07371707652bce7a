import { claimOf } from './reminders.ts';
import { allOf, groupedBy, type Invariant, type World } from './world.ts';

const outcomes = ({ entries }: World): string[] => {
  const all = allOf(entries, 'outcome');
  if (all.length === 0) return ['the journey reached no outcome'];
  if (all.length > 1)
    return [`the journey has ${all.length} outcomes: ${all.map(({ outcome }) => outcome).join(', ')}`];
  const last = entries.at(-1);
  return last?.kind === 'outcome' ? [] : [`after the outcome came a ${last?.kind} entry at ${last?.at}`];
};

/** A planned message was sent, skipped or cancelled: nothing is left that would still go out. */
const unsettled = ({ entries }: World): string[] =>
  [...groupedBy(allOf(entries, 'message'), claimOf)].flatMap(([claim, events]) =>
    events.every(({ event }) => event === 'planned')
      ? [`${claim} was planned and neither sent, skipped nor cancelled`]
      : [],
  );

const leftOpen = ({ open, journeyId }: World): string[] =>
  (
    [
      ['tasks', open.tasks],
      ['schedules', open.schedules],
      ['planned messages', open.plannedMessages],
      ['outbox rows', open.outbox],
    ] as const
  ).flatMap(([what, rows]) =>
    rows.length === 0 ? [] : [`journey ${journeyId} ended with ${rows.length} open ${what}`],
  );

const running = ({ executions }: World): string[] =>
  executions.filter(({ status }) => status === 'RUNNING').map(({ name }) => `execution ${name} still runs`);

/** 6: a journey ends once, and nothing of it goes on. */
export const oneOutcome: Invariant = {
  id: 6,
  title: 'Every journey ends in exactly one outcome with nothing left open',
  violations: (world) => {
    const found = outcomes(world);
    if (allOf(world.entries, 'outcome').length === 0) return found;
    return [...found, ...unsettled(world), ...leftOpen(world), ...running(world)];
  },
};
