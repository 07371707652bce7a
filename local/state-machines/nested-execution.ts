import { machineName, stateMachineArn } from './arns.ts';
import type { TaskState } from './definition.ts';
import type { Engine } from './engine.ts';
import { StateError } from './errors.ts';
import type { Execution, Line, Wait } from './execution.ts';
import { isObject } from './plain-json.ts';
import { type TaskEnds, taskFailed, taskSubmitted, taskSucceeded } from './task.ts';

/** A child execution as DescribeExecution gives it: recorded, `.sync` gives Input and Output as text, `.sync:2` as JSON. */
const described = ({ summary, input }: Execution, asObjects: boolean): Record<string, unknown> => {
  const told = (value: unknown) => (asObjects ? value : JSON.stringify(value));
  return {
    ...(summary.cause === undefined ? {} : { Cause: summary.cause }),
    ...(summary.error === undefined ? {} : { Error: summary.error }),
    ExecutionArn: summary.executionArn,
    Input: told(input),
    InputDetails: { Included: true },
    Name: summary.name,
    ...(summary.status === 'SUCCEEDED' ? { Output: told(summary.output), OutputDetails: { Included: true } } : {}),
    RedriveCount: 0,
    RedriveStatus: 'REDRIVABLE',
    StartDate: Date.parse(summary.startedAt),
    StateMachineArn: stateMachineArn(summary.stateMachine),
    Status: summary.status,
    StopDate: Date.parse(summary.endedAt ?? summary.startedAt),
  };
};

/** Starts a child execution for a task; `.sync` waits for its end. */
export const startChild = (
  engine: Engine,
  line: Line,
  wait: Wait,
  state: TaskState,
  parameters: unknown,
  ends: TaskEnds,
): void => {
  const { StateMachineArn: machine, Name: name, Input: input = {} } = isObject(parameters) ? parameters : {};
  const parent = line.execution.summary.executionArn;
  let child: Execution;
  try {
    const own =
      typeof name === 'string' ? name : `${line.execution.summary.name.slice(0, 60)}-${line.enteredId}-${line.retries}`;
    child = engine.startExecution({ stateMachine: machineName(String(machine)), name: own, input, parent });
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown;
    return taskFailed(
      engine,
      line,
      state,
      new StateError(`StepFunctions.${thrown.name}Exception`, thrown.message),
      ends,
    );
  }
  const started = { ExecutionArn: child.summary.executionArn, StartDate: Date.parse(child.summary.startedAt) };
  if (state.integration === 'states:startExecution') return taskSucceeded(engine, line, state, started, ends);
  taskSubmitted(engine, line, state, started);
  wait.child = child;
  child.waiter = { line, wait, asObjects: state.integration.endsWith(':2') };
};

/** Ends the task that waited for a child. */
export const childEnded = (engine: Engine, child: Execution, ends: TaskEnds): void => {
  const { waiter } = child;
  if (waiter === undefined) return;
  const { line, wait, asObjects } = waiter;
  const { state } = line;
  if (line.wait !== wait || state?.type !== 'Task') return;
  ends.act(line, () => {
    const output = described(child, asObjects);
    if (child.summary.status === 'SUCCEEDED') return taskSucceeded(engine, line, state, output, ends);
    taskFailed(engine, line, state, new StateError('States.TaskFailed', JSON.stringify(described(child, false))), ends);
  });
};
