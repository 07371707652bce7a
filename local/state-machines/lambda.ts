import { functionName } from './arns.ts';
import type { TaskState } from './definition.ts';
import type { Engine } from './engine.ts';
import { StateError } from './errors.ts';
import type { Line, Wait } from './execution.ts';
import { isObject } from './plain-json.ts';
import { type TaskEnds, taskFailed, taskSubmitted, taskSucceeded } from './task.ts';

const overTheWire = (value: unknown): unknown =>
  value === undefined ? null : JSON.parse(JSON.stringify(value) ?? 'null');

const answer = (payload: unknown) => ({
  ExecutedVersion: '$LATEST',
  Payload: overTheWire(payload),
  SdkHttpMetadata: { HttpStatusCode: 200 },
  StatusCode: 200,
});

/** A function's error as AWS passes it: the name of the class, and the error as Lambda's Node runtime writes it. */
const failureOf = (thrown: unknown): StateError => {
  if (!(thrown instanceof Error))
    return new StateError('Error', JSON.stringify({ errorType: 'Error', errorMessage: String(thrown), trace: [] }));
  // Errors of the service itself, such as Lambda.TooManyRequestsException, carry their message as it is.
  if (/^(Lambda|States|Sandbox)\./.test(thrown.name)) return new StateError(thrown.name, thrown.message);
  return new StateError(
    thrown.name,
    JSON.stringify({ errorType: thrown.name, errorMessage: thrown.message, trace: [] }),
  );
};

/** Invokes a function for a task; a token's task then waits for whoever sends the token back. */
export const callFunction = (
  engine: Engine,
  line: Line,
  wait: Wait,
  state: TaskState,
  parameters: unknown,
  ends: TaskEnds,
): void => {
  const { FunctionName: name, Payload: payload = {} } = isObject(parameters) ? parameters : {};
  if (typeof name !== 'string')
    return taskFailed(
      engine,
      line,
      state,
      new StateError('States.Runtime', "The field 'FunctionName' must be text"),
      ends,
    );
  const isHeld = () => line.wait === wait;
  const call = Promise.resolve()
    .then(() => engine.invokeFunction(functionName(name), overTheWire(payload)))
    .then(
      (result) =>
        ends.act(line, () => {
          if (!isHeld()) return;
          const output = answer(result);
          if (wait.token === undefined) taskSucceeded(engine, line, state, output, ends);
          else taskSubmitted(engine, line, state, output);
        }),
      (thrown: unknown) =>
        ends.act(line, () => {
          if (isHeld()) taskFailed(engine, line, state, failureOf(thrown), ends);
        }),
    );
  void engine.clock.track(call);
};
