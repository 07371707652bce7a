import type { VirtualClock } from '../virtual-clock.ts';
import { HistoryFull } from './errors.ts';
import type { Execution, HistoryEvent, Line } from './execution.ts';
import { limits } from './limits.ts';

type Details = () => { readonly [key: string]: unknown };

const truncated = { truncated: false };

/** Data as a history holds it: JSON text, with the word that none of it was cut off. */
export const told = (key: string, value: unknown): Record<string, unknown> => ({
  [key]: JSON.stringify(value),
  [`${key}Details`]: truncated,
});

/** The key under which AWS puts an event's details. */
const detailsKey = (type: string): string | undefined => {
  if (type.endsWith('StateEntered')) return 'stateEnteredEventDetails';
  if (type.endsWith('StateExited')) return 'stateExitedEventDetails';
  if (/^(Map|Parallel)State(Succeeded|Failed)$/.test(type) || type.endsWith('StateAborted')) return undefined;
  if (type === 'ParallelStateStarted') return undefined;
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
};

const keys = new Map<string, string | undefined>();

const append = (
  clock: VirtualClock,
  execution: Execution,
  previousEventId: number,
  type: string,
  details: Details | undefined,
) => {
  const id = ++execution.eventCount;
  if (execution.events !== undefined) {
    if (!keys.has(type)) keys.set(type, detailsKey(type));
    const key = details && keys.get(type);
    const event: HistoryEvent = { id, previousEventId, timestamp: clock.now(), type };
    execution.events.push(key === undefined || details === undefined ? event : { ...event, [key]: details() });
  }
  return id;
};

/** Records an event of a line; the next event of the line follows on it unless it is `passedBy`. */
export const recordEvent = (
  clock: VirtualClock,
  line: Line,
  type: string,
  details?: Details,
  passedBy = false,
): number => {
  // One place is kept for the event that ends the execution.
  if (line.execution.eventCount >= limits.historyEvents - 1) throw new HistoryFull('the history is full');
  const id = append(clock, line.execution, line.lastEventId, type, details);
  if (!passedBy) line.lastEventId = id;
  return id;
};

/** Records the first or the last event of an execution. */
export const recordBoundary = (
  clock: VirtualClock,
  execution: Execution,
  previousEventId: number,
  type: string,
  details: Details,
): number => append(clock, execution, previousEventId, type, details);
