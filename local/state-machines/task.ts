import { touch } from './changes.ts';
import { scopeOf } from './context.ts';
import type { Integration, TaskState } from './definition.ts';
import type { Engine } from './engine.ts';
import { StateError } from './errors.ts';
import type { Line, Wait } from './execution.ts';
import { checkSize, tooLarge } from './flow.ts';
import { recordEvent, told } from './history.ts';
import { callFunction } from './lambda.ts';
import { limits } from './limits.ts';
import { beginWait, endWait } from './line.ts';
import { startChild, stopChild } from './nested-execution.ts';
import { isLargerThan } from './plain-json.ts';

/** What a task does when its wait ends: given by the loop that runs the states. */
export type TaskEnds = {
  /** Runs something for a line that waits, and then whatever may go on. */
  readonly act: (line: Line, run: () => void) => void;
  readonly succeed: (line: Line, result: unknown) => void;
  readonly fail: (line: Line, failure: StateError) => void;
  /** Tries a line's state again. */
  readonly again: (line: Line) => void;
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

/** Sets the deadline of a task. */
export const armTimeout = (call: TaskCall, at: number): void =>
  void call.wait.cancels.push(call.engine.clock.at(at, () => timeOut(call)));

/** Sets the deadline of the next heartbeat. */
export const armHeartbeat = (call: TaskCall, seconds: number, at: number): void => {
  const { engine, line, wait } = call;
  wait.heartbeat?.cancel();
  const cancel = engine.clock.at(at, () => timeOut(call, 'States.HeartbeatTimeout'));
  wait.heartbeat = { seconds, at, cancel };
  touch(line);
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
  // Recorded: of several lines each schedules its task, and only then the tasks start.
  line.begin = () => {
    recordEvent(engine.clock, line, 'TaskStarted', () => resourceOf(state.integration));
    callTask({ engine, ends, line, state }, { parameters, token, timeoutSeconds, heartbeatSeconds });
  };
  engine.ready.push(line);
};

type Asked = {
  readonly parameters: unknown;
  readonly token: string | undefined;
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
};

const callTask = (started: Omit<TaskCall, 'wait'>, asked: Asked): void => {
  const { engine, line, state } = started;
  const { parameters, token, timeoutSeconds, heartbeatSeconds } = asked;
  const after = (seconds: number) => engine.clock.millis() + seconds * 1000;
  const timeoutAt = timeoutSeconds === undefined ? undefined : after(timeoutSeconds);
  const wait = beginWait(engine, line, { kind: 'task', parameters, timeoutAt, submitted: false, answer: undefined });
  const call: TaskCall = { ...started, wait };
  if (token !== undefined) holdToken(call, token);
  if (timeoutAt !== undefined) armTimeout(call, timeoutAt);
  if (heartbeatSeconds !== undefined) armHeartbeat(call, heartbeatSeconds, after(heartbeatSeconds));
  if (state.integration.startsWith('lambda:')) callFunction(call, parameters);
  else startChild(call, parameters);
};

/** Makes a task the one that waits for a token. */
export const holdToken = (call: TaskCall, token: string): void => {
  call.wait.token = token;
  call.engine.tokens.wait(token, call);
};

/** Records that a task ended well, and leaves its state. */
export const taskSucceeded = (call: TaskCall, result: unknown): void => {
  const { engine, ends, line, state } = call;
  const { resourceType } = resourceOf(state.integration);
  if (isLargerThan(result, limits.payloadBytes)) {
    // The documentation says that States.ALL does not catch this; the recording of a task's own result says that it does.
    taskFailed(call, new StateError('States.DataLimitExceeded', tooLarge(resourceType), 'States.ALL'));
    return;
  }
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
export const taskSubmitted = ({ engine, line, state, wait }: TaskCall, output: unknown): void => {
  if (wait.pending.kind === 'task') wait.pending.submitted = true;
  const resource = resourceOf(state.integration);
  recordEvent(engine.clock, line, 'TaskSubmitted', () => ({ ...resource, ...told('output', output) }));
};
