import { scopeOf } from './context.ts';
import type { State } from './definition.ts';
import type { Engine } from './engine.ts';
import { matches } from './error-names.ts';
import { EvaluationError, HistoryFull, StateError } from './errors.ts';
import type { Line, Wait } from './execution.ts';
import { leaveState } from './flow.ts';
import { recordEvent } from './history.ts';
import { beginWait } from './line.ts';
import type { TaskEnds } from './task.ts';

/** A failure that no state took up: its line ends with it. */
export type Uncaught = { readonly failure: StateError };

const sentence = (line: Line, message: string) =>
  `An error occurred while executing the state '${line.state?.name}' (entered at the event id #${line.enteredId}). ${message}`;

/** What was thrown while a state ran, as AWS reports it; records the event that belongs to it. */
export const reported = (engine: Engine, line: Line, thrown: unknown): StateError => {
  if (thrown instanceof EvaluationError) {
    const cause = sentence(line, thrown.message);
    recordEvent(engine.clock, line, 'EvaluationFailed', () => ({
      cause,
      error: thrown.name,
      location: thrown.field,
      state: line.state?.name,
    }));
    return new StateError(thrown.name, cause);
  }
  if (thrown instanceof HistoryFull) throw thrown;
  if (thrown instanceof StateError)
    return thrown.error === 'States.Runtime'
      ? new StateError(thrown.error, sentence(line, thrown.reason ?? ''))
      : thrown;
  // Data nested deeper than the machine's stack.
  if (thrown instanceof RangeError) return new StateError('States.Runtime', sentence(line, thrown.message));
  throw thrown;
};

const delayMillis = (
  engine: Engine,
  state: Extract<State, { retriers: unknown }>,
  index: number,
  attempt: number,
): number => {
  const retrier = state.retriers[index];
  if (retrier === undefined) return 0;
  const grown = retrier.intervalSeconds * retrier.backoffRate ** attempt;
  const seconds = Math.min(grown, retrier.maxDelaySeconds ?? 99_999_999);
  return Math.round((retrier.jitter ? engine.random() * seconds : seconds) * 1000);
};

/** Sets the timer of a state that is to be tried again. */
export const armRetry = (engine: Engine, line: Line, wait: Wait, at: number, ends: TaskEnds): void => {
  const go = () =>
    ends.act(line, () => {
      if (line.wait !== wait) return;
      line.wait = undefined;
      line.retries += 1;
      line.execution.summary.transitions += 1;
      ends.again(line);
    });
  wait.cancels.push(engine.clock.at(at, go));
};

/** Sets up the retry of a failed state, if its first matching retrier has attempts left: a later one never counts. */
export const retryState = (engine: Engine, line: Line, failure: StateError, ends: TaskEnds): boolean => {
  const { state } = line;
  if (state === undefined || !('retriers' in state)) return false;
  const index = state.retriers.findIndex((retrier) => matches(retrier.errorEquals, failure));
  const attempt = line.attempts[index] ?? 0;
  if (index < 0 || attempt >= (state.retriers[index]?.maxAttempts ?? 0)) return false;
  line.attempts[index] = attempt + 1;
  const at = engine.clock.millis() + delayMillis(engine, state, index, attempt);
  armRetry(engine, line, beginWait(engine, line, { kind: 'retry', at }), at, ends);
  return true;
};

/** The events of a Parallel or a Map that failed for good; a Task's own were recorded when it failed. */
const recordFailed = (engine: Engine, line: Line) => {
  if (line.state?.type === 'Parallel') recordEvent(engine.clock, line, 'ParallelStateFailed');
  if (line.state?.type === 'Map') recordEvent(engine.clock, line, 'MapStateFailed');
};

/** Goes on at the catcher that matches, or says which failure ends the line: a catcher's own expressions may fail too. */
export const catchFailure = (engine: Engine, line: Line, failure: StateError): StateError | undefined => {
  const { state } = line;
  // AWS: an error of the runtime is never retried or caught, and ends the execution at once, also out of a branch.
  if (state === undefined || !('catchers' in state) || failure.error === 'States.Runtime') return failure;
  const before = line.lastEventId;
  recordFailed(engine, line);
  const catcher = state.catchers.find(({ errorEquals }) => matches(errorEquals, failure));
  if (catcher === undefined) return failure;
  const errorOutput = {
    Error: failure.error ?? '',
    ...(failure.reason === undefined ? {} : { Cause: failure.reason }),
  };
  try {
    leaveState(engine, line, catcher, scopeOf(engine, line, { errorOutput }), errorOutput, catcher.next);
    return undefined;
  } catch (thrown) {
    // Measured on AWS: the catcher's failure follows on what came before the state's own, and fails it once more.
    line.lastEventId = before;
    const second = reported(engine, line, thrown);
    if (second.error !== 'States.Runtime') recordFailed(engine, line);
    return second;
  }
};
