import { scopeOf } from './context.ts';
import type { Integration, TaskState } from './definition.ts';
import type { Engine } from './engine.ts';
import { StateError } from './errors.ts';
import type { Line, Wait } from './execution.ts';
import { checkSize } from './flow.ts';
import { recordEvent, told } from './history.ts';
import { callFunction } from './lambda.ts';
import { beginWait, endWait } from './line.ts';
import { startChild, stopChild } from './nested-execution.ts';

/** What a task does when its wait ends: given by the loop that runs the states. */
export type TaskEnds = {
  /** Runs something for a line that waits, and then whatever may go on. */
  readonly act: (line: Line, run: () => void) => void;
  readonly succeed: (line: Line, result: unknown) => void;
  readonly fail: (line: Line, failure: StateError) => void;
};

/** One task of one line, called and not yet ended. */
export type TaskCall = {
  readonly engine: Engine;
  readonly ends: TaskEnds;
  readonly line: Line;
  readonly state: TaskState;
  readonly wait: Wait;
};

/** How a history names an integration. */
const resourceOf = (integration: Integration) => {
  const [resourceType = '', ...resource] = integration.split(':');
  return { resourceType, resource: resource.join(':') };
};

const timeOut = ({ engine, ends, line, state, wait }: TaskCall, alias?: string) =>
  ends.act(line, () => {
    if (line.wait !== wait) return;
    stopChild(engine, wait);
    endWait(engine, line);
    // Recorded: neither has a cause, and a missed heartbeat is called States.Timeout too; the documentation says that
    // Retry and Catch know it as States.HeartbeatTimeout.
    recordEvent(engine.clock, line, 'TaskTimedOut', () => ({
      ...resourceOf(state.integration),
      error: 'States.Timeout',
    }));
    ends.fail(line, new StateError('States.Timeout', undefined, alias));
  });

/** Sets the heartbeat's deadline afresh. */
export const beat = (call: TaskCall, seconds: number): void => {
  const { engine, wait } = call;
  wait.heartbeat?.cancel();
  const at = engine.clock.millis() + seconds * 1000;
  wait.heartbeat = { seconds, cancel: engine.clock.at(at, () => timeOut(call, 'States.HeartbeatTimeout')) };
};

type Deadlines = { readonly timeoutSeconds: number | undefined; readonly heartbeatSeconds: number | undefined };

const setDeadlines = (call: TaskCall, { timeoutSeconds, heartbeatSeconds }: Deadlines) => {
  const { engine, wait } = call;
  if (timeoutSeconds !== undefined) {
    const at = engine.clock.millis() + timeoutSeconds * 1000;
    wait.cancels.push(engine.clock.at(at, () => timeOut(call)));
  }
  if (heartbeatSeconds !== undefined) beat(call, heartbeatSeconds);
};

/** Starts a task: the integration is called, and the line waits for its end. */
export const startTask = (engine: Engine, line: Line, state: TaskState, ends: TaskEnds): void => {
  const token = state.integration.endsWith('.waitForTaskToken') ? engine.tokens.issue() : undefined;
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
  const call: TaskCall = { engine, ends, line, state, wait };
  if (token !== undefined) {
    wait.token = token;
    engine.tokens.wait(token, call);
  }
  setDeadlines(call, { timeoutSeconds, heartbeatSeconds });
  if (state.integration.startsWith('lambda:')) callFunction(call, parameters);
  else startChild(call, parameters);
};

/** Records that a task ended well, and leaves its state. */
export const taskSucceeded = ({ engine, ends, line, state }: TaskCall, result: unknown): void => {
  endWait(engine, line);
  const resource = resourceOf(state.integration);
  recordEvent(engine.clock, line, 'TaskSucceeded', () => ({ ...resource, ...told('output', result) }));
  ends.succeed(line, result);
};

/** Records that a task failed, and hands the failure on. */
export const taskFailed = ({ engine, ends, line, state }: TaskCall, failure: StateError): void => {
  endWait(engine, line);
  recordEvent(engine.clock, line, 'TaskFailed', () => ({
    ...resourceOf(state.integration),
    ...(failure.error === undefined ? {} : { error: failure.error }),
    ...(failure.reason === undefined ? {} : { cause: failure.reason }),
  }));
  ends.fail(line, failure);
};

/** Records that a task that goes on elsewhere was taken on. */
export const taskSubmitted = ({ engine, line, state }: TaskCall, output: unknown): void => {
  const resource = resourceOf(state.integration);
  recordEvent(engine.clock, line, 'TaskSubmitted', () => ({ ...resource, ...told('output', output) }));
};
