import type { ExecutionSummary, HistoryEvent } from '../state-machines/execution.ts';

/** What a transition is for: a wait for somebody or for a time, a step of the product, the start of another machine, or the way between. */
export const PURPOSES = ['wait', 'step', 'start', 'way'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** How often one state of one machine was entered, retries counted. */
export type Counted = { readonly machine: string; readonly state: string; readonly purpose: Purpose; times: number };

const textAt = (event: HistoryEvent, details: string, key: string): string | undefined => {
  const found = event[details];
  const value = typeof found === 'object' && found !== null ? new Map(Object.entries(found)).get(key) : undefined;
  return typeof value === 'string' ? value : undefined;
};

/** A task calls a function, calls it and waits for whoever sends its token back, or starts another machine. */
const purposeOf = (entered: HistoryEvent, events: readonly HistoryEvent[]): Purpose => {
  if (entered.type !== 'TaskStateEntered') return 'way';
  const scheduled = events.find(
    ({ type, previousEventId }) => type === 'TaskScheduled' && previousEventId === entered.id,
  );
  const resource = scheduled && textAt(scheduled, 'taskScheduledEventDetails', 'resource');
  if (resource?.startsWith('startExecution')) return 'start';
  return resource?.endsWith('.waitForTaskToken') ? 'wait' : 'step';
};

/** Counts the transitions of recorded executions for each machine and state, in the order in which they were first entered. */
export const countTransitions = (executions: readonly ExecutionSummary[]): readonly Counted[] => {
  const counted = new Map<string, Counted>();
  for (const { stateMachine: machine, events = [], transitions } of executions) {
    const entered = events.filter(({ type }) => type.endsWith('StateEntered'));
    const count = (state: string, purpose: Purpose, times: number): void => {
      const known = counted.get(`${machine} ${state}`);
      if (known === undefined) counted.set(`${machine} ${state}`, { machine, state, purpose, times });
      else known.times += times;
    };
    for (const event of entered)
      count(textAt(event, 'stateEnteredEventDetails', 'name') ?? event.type, purposeOf(event, events), 1);
    if (transitions > entered.length) count('(retries)', 'step', transitions - entered.length);
  }
  return [...counted.values()];
};

/** How many transitions there are in all. */
export const totalOf = (counted: readonly Counted[]): number => counted.reduce((sum, { times }) => sum + times, 0);
