import type { VirtualClock } from '../virtual-clock.ts';
import { touch, touchExecution } from './changes.ts';
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

/** Beyond AWS's quotas, so that a history of large data stays in memory: what is long is left out, and said to be. */
const MOST_TOLD = 64 * 1_048_576;
const LONG = 1_000;

const shortened = (execution: Execution, details: { readonly [key: string]: unknown }) => {
  const texts = Object.entries(details).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  execution.told += texts.reduce((sum, [, text]) => sum + text.length, 0);
  if (execution.told <= MOST_TOLD) return details;
  const short: Record<string, unknown> = { ...details };
  for (const [key, text] of texts)
    if (text.length > LONG) {
      delete short[key];
      short[`${key}Details`] = { truncated: true };
    }
  return short;
};

const append = (
  clock: VirtualClock,
  execution: Execution,
  previousEventId: number,
  type: string,
  details: Details | undefined,
) => {
  const id = ++execution.eventCount;
  touchExecution(execution);
  if (execution.events !== undefined) {
    if (!keys.has(type)) keys.set(type, detailsKey(type));
    const key = details && execution.detailed ? keys.get(type) : undefined;
    const event: HistoryEvent = { id, previousEventId, timestamp: clock.now(), type };
    execution.events.push(
      key === undefined || details === undefined ? event : { ...event, [key]: shortened(execution, details()) },
    );
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
  touch(line);
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
