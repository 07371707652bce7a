import { machineName, stateMachineArn } from './arns.ts';
import { newUuid } from './aws-functions.ts';
import type { Engine } from './engine.ts';
import { StateError } from './errors.ts';
import type { Execution, Wait } from './execution.ts';
import { isObject } from './plain-json.ts';
import { type TaskCall, taskFailed, taskSubmitted, taskSucceeded } from './task.ts';

/** A child execution as DescribeExecution gives it: recorded, `.sync` gives Input and Output as text, `.sync:2` as JSON. */
const described = ({ summary, input }: Execution, asJson: boolean): Record<string, unknown> => {
  const told = (value: unknown) => (asJson ? value : JSON.stringify(value));
  return {
    ...(summary.cause === undefined ? {} : { Cause: summary.cause }),
    ...(summary.error === undefined ? {} : { Error: summary.error }),
    ExecutionArn: summary.executionArn,
    Input: told(input),
    InputDetails: { Included: true },
    Name: summary.name,
    ...(summary.status === 'SUCCEEDED' ? { Output: told(summary.output), OutputDetails: { Included: true } } : {}),
    StartDate: Date.parse(summary.startedAt),
    StateMachineArn: stateMachineArn(summary.stateMachine),
    Status: summary.status,
    StopDate: Date.parse(summary.endedAt ?? summary.startedAt),
  };
};

const openChild = ({ engine, line }: TaskCall, parameters: unknown): Execution => {
  const { StateMachineArn: machine, Name: name, Input: input } = isObject(parameters) ? parameters : {};
  return engine.startExecution({
    stateMachine: machineName(String(machine)),
    name: typeof name === 'string' ? name : newUuid(engine.random),
    // Recorded: no input and an input of null both start the child with an empty object.
    input: input ?? {},
    parent: line.execution.summary.executionArn,
  });
};

/** Starts a child execution for a task; `.sync` waits for its end. */
export const startChild = (call: TaskCall, parameters: unknown): void => {
  const { integration } = call.state;
  let child: Execution;
  try {
    child = openChild(call, parameters);
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown;
    const service = `Service: AWSStepFunctions; Status Code: 400; Error Code: ${thrown.name}; Request ID: local; Proxy: null`;
    taskFailed(call, new StateError(`StepFunctions.${thrown.name}Exception`, `${thrown.message} (${service})`));
    return;
  }
  const started = { ExecutionArn: child.summary.executionArn, StartDate: Date.parse(child.summary.startedAt) };
  if (integration === 'states:startExecution') {
    taskSucceeded(call, started);
    return;
  }
  taskSubmitted(call, started);
  awaitChild(call, child);
};

/** Makes a task one of those that wait for a child to end. */
export const awaitChild = (call: TaskCall, child: Execution): void => {
  call.wait.child = child;
  child.waiters.push(call);
};

/** Ends the tasks that waited for a child. */
export const childEnded = (child: Execution): void => {
  for (const call of child.waiters.splice(0)) {
    const { ends, line, wait, state } = call;
    ends.act(line, () => {
      if (line.wait !== wait) return;
      if (child.summary.status === 'SUCCEEDED') taskSucceeded(call, described(child, state.integration.endsWith(':2')));
      else taskFailed(call, new StateError('States.TaskFailed', JSON.stringify(described(child, false))));
    });
  }
};

/** AWS stops the child of a `.sync` task that is given up. */
export const stopChild = (engine: Engine, wait: Wait): void => {
  const { child } = wait;
  if (child === undefined) return;
  child.waiters = child.waiters.filter((call) => call.wait !== wait);
  if (child.waiters.length === 0) engine.stopExecution(child);
};
