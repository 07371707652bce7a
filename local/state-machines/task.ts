import { scopeOf } from './context.ts';
import type { Integration, TaskState } from './definition.ts';
import type { Engine } from './engine.ts';
import { StateError } from './errors.ts';
import type { Line, Wait } from './execution.ts';
import { checkSize } from './flow.ts';
import { recordEvent, told } from './history.ts';
import { callFunction } from './lambda.ts';
import { beginWait, endWait } from './line.ts';
import { startChild } from './nested-execution.ts';

/** How a history names an integration. */
export const resourceOf = (integration: Integration) => {
  const [resourceType = '', ...resource] = integration.split(':');
  return { resourceType, resource: resource.join(':') };
};

/** What a task does when its wait ends: given by the loop that runs the states. */
export type TaskEnds = {
  /** Runs something for a line that waits, and then whatever may go on. */
  readonly act: (line: Line, run: () => void) => void;
  readonly succeed: (line: Line, result: unknown) => void;
  readonly fail: (line: Line, failure: StateError) => void;
};

const timeOut = (engine: Engine, line: Line, wait: Wait, state: TaskState, error: string, ends: TaskEnds) =>
  ends.act(line, () => {
    if (line.wait !== wait) return;
    const { child } = wait;
    endWait(engine, line);
    if (child !== undefined) {
      child.waiter = undefined;
      engine.stopExecution(child);
    }
    recordEvent(engine.clock, line, 'TaskTimedOut', () => ({ ...resourceOf(state.integration), error }));
    ends.fail(line, new StateError(error, undefined));
  });

/** Sets the heartbeat's deadline afresh. */
export const beat = (engine: Engine, line: Line, wait: Wait, seconds: number, ends: TaskEnds): void => {
  const { state } = line;
  if (state?.type !== 'Task') return;
  wait.heartbeat?.cancel();
  const at = engine.clock.millis() + seconds * 1000;
  const cancel = engine.clock.at(at, () => timeOut(engine, line, wait, state, 'States.HeartbeatTimeout', ends));
  wait.heartbeat = { seconds, cancel };
};

/** Starts a task: the integration is called, and the line waits for its end. */
export const startTask = (engine: Engine, line: Line, state: TaskState, ends: TaskEnds): void => {
  const waitsForToken = state.integration.endsWith('.waitForTaskToken');
  const token = waitsForToken ? engine.tokens.issue() : undefined;
  const scope = scopeOf(engine, line, { token });
  const parameters = state.arguments === undefined ? {} : state.arguments(scope);
  checkSize(parameters, state.name);
  const timeoutSeconds = state.timeoutSeconds?.(scope);
  const heartbeatSeconds = state.heartbeatSeconds?.(scope);
  recordEvent(engine.clock, line, 'TaskScheduled', () => ({
    ...resourceOf(state.integration),
    region: 'local',
    parameters: JSON.stringify(parameters),
    ...(timeoutSeconds === undefined ? {} : { timeoutInSeconds: timeoutSeconds }),
    ...(heartbeatSeconds === undefined ? {} : { heartbeatInSeconds: heartbeatSeconds }),
  }));
  recordEvent(engine.clock, line, 'TaskStarted', () => resourceOf(state.integration));
  const wait = beginWait(line);
  if (token !== undefined) {
    wait.token = token;
    engine.tokens.wait(token, { line, wait });
  }
  if (timeoutSeconds !== undefined) {
    const at = engine.clock.millis() + timeoutSeconds * 1000;
    wait.cancels.push(engine.clock.at(at, () => timeOut(engine, line, wait, state, 'States.Timeout', ends)));
  }
  if (heartbeatSeconds !== undefined) beat(engine, line, wait, heartbeatSeconds, ends);
  if (state.integration.startsWith('lambda:')) callFunction(engine, line, wait, state, parameters, ends);
  else startChild(engine, line, wait, state, parameters, ends);
};

/** Records that a task ended well, and leaves its state. */
export const taskSucceeded = (engine: Engine, line: Line, state: TaskState, result: unknown, ends: TaskEnds): void => {
  endWait(engine, line);
  recordEvent(engine.clock, line, 'TaskSucceeded', () => ({
    ...resourceOf(state.integration),
    ...told('output', result),
  }));
  ends.succeed(line, result);
};

/** Records that a task failed, and hands the failure on. */
export const taskFailed = (engine: Engine, line: Line, state: TaskState, failure: StateError, ends: TaskEnds): void => {
  endWait(engine, line);
  recordEvent(engine.clock, line, 'TaskFailed', () => ({
    ...resourceOf(state.integration),
    ...(failure.error === undefined ? {} : { error: failure.error }),
    ...(failure.reason === undefined ? {} : { cause: failure.reason }),
  }));
  ends.fail(line, failure);
};

/** Records that a task that goes on elsewhere was taken on. */
export const taskSubmitted = (engine: Engine, line: Line, state: TaskState, output: unknown): void =>
  void recordEvent(engine.clock, line, 'TaskSubmitted', () => ({
    ...resourceOf(state.integration),
    ...told('output', output),
  }));
