import type { TimelineEntry } from '../rehearsal/timeline.ts';
import { groupedBy, type Invariant, type World } from './world.ts';

/** What can happen once only, by name; undefined for what may repeat. */
const onceOnly = (entry: TimelineEntry): string | undefined => {
  switch (entry.kind) {
    case 'appointment':
      return `${entry.event} of appointment ${entry.id}${
        entry.event === 'moved' || entry.event === 'confirmed' ? ` at revision ${entry.revision}` : ''
      }`;
    case 'dose':
      return `${entry.event} of dose ${entry.cycle}`;
    case 'task':
      return entry.event === 'opened' || entry.event === 'decided' ? `${entry.event} of task ${entry.id}` : undefined;
    case 'debt':
      return `${entry.event} debt of dose ${entry.cycle}`;
    case 'measure':
      return `measure ${entry.measure} ${entry.occurrence}`;
    case 'gate':
      return `gate ${entry.gate} ${entry.occurrence}`;
    case 'safety':
      return entry.event === 'opened' || entry.event === 'closed'
        ? `${entry.event} of ${entry.type} ${entry.id}`
        : undefined;
    default:
      return undefined;
  }
};

const twice = ({ entries }: World): string[] =>
  [...groupedBy(entries, (entry) => onceOnly(entry) ?? '')].flatMap(([name, all]) =>
    name !== '' && all.length > 1 ? [`${name} happened ${all.length} times`] : [],
  );

/** What is numbered in the journey by its kind, with its number. */
const numbered = (entry: TimelineEntry): { series: string; number: number } | undefined => {
  if (entry.kind === 'task' && entry.event === 'opened')
    return { series: `task ${entry.task}`, number: entry.occurrence };
  if (entry.kind === 'gate') return { series: `gate ${entry.gate}`, number: entry.occurrence };
  if (entry.kind === 'measure') return { series: `measure ${entry.measure}`, number: entry.occurrence };
  if (entry.kind === 'appointment' && entry.event === 'booked')
    return { series: `appointment ${entry.appointment}`, number: entry.occurrence };
  return undefined;
};

/** A repeated delivery that got through would use up a number, or use one twice. */
const miscounted = ({ entries }: World): string[] =>
  [
    ...groupedBy(
      entries.flatMap((entry) => numbered(entry) ?? []),
      ({ series }) => series,
    ),
  ].flatMap(([series, all]) => {
    const numbers = all.map(({ number }) => number).toSorted((a, b) => a - b);
    return numbers.every((number, n) => number === n + 1) ? [] : [`${series} is numbered ${numbers.join(', ')}`];
  });

/** 8: a repeated delivery, invocation or decision changes nothing. */
export const nothingTwice: Invariant = {
  id: 8,
  title: 'Repeating a delivery, invocation or decision changes nothing',
  violations: (world) => [...twice(world), ...miscounted(world)],
};
