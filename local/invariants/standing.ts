import type { Instant } from '../../functions/domain/time/instants.ts';
import type { TimelineEntry } from '../rehearsal/timeline.ts';
import { allOf, type Of } from './world.ts';

/** The latest word on each appointment, by id. */
export const appointmentsAfter = (entries: readonly TimelineEntry[]): Map<string, Of<'appointment'>> =>
  new Map(allOf(entries, 'appointment').map((entry) => [entry.id, entry]));

/** Whether the appointment still takes place or took place. */
export const stands = ({ event }: Of<'appointment'>): boolean => event !== 'cancelled' && event !== 'no-show';

/** The reasons for which the journey was held after these entries. */
export const holdsAfter = (entries: readonly TimelineEntry[]): Set<string> => {
  const held = new Set<string>();
  for (const { event, reason } of allOf(entries, 'hold')) {
    if (event === 'placed') held.add(reason);
    else held.delete(reason);
  }
  return held;
};

/** The debt of each cycle as last told. */
export const debtsAfter = (entries: readonly TimelineEntry[]): Map<number, Of<'debt'>> =>
  new Map(allOf(entries, 'debt').map((entry) => [entry.cycle, entry]));

/** Whether the last gate of this kind let a check pass though it did not hold. */
export const wasOverridden = (entries: readonly TimelineEntry[], gate: string, check: string): boolean =>
  allOf(entries, 'gate')
    .findLast((entry) => entry.gate === gate)
    ?.checks.some(({ id, result }) => id === check && result === 'overridden') ?? false;

/** When each dose began, by cycle. */
export const doseStarts = (entries: readonly TimelineEntry[]): Map<number, Instant> =>
  new Map(
    allOf(entries, 'dose').flatMap(({ cycle, event, at }) => (event === 'started' ? [[cycle, at] as const] : [])),
  );
