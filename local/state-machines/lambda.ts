import { functionName } from './arns.ts';
import { StateError } from './errors.ts';
import { isObject } from './plain-json.ts';
import { type TaskCall, taskFailed, taskSubmitted, taskSucceeded } from './task.ts';

/** What crosses to a function and back is JSON: nothing is shared with it. */
const overTheWire = (value: unknown): unknown =>
  value === undefined ? null : JSON.parse(JSON.stringify(value) ?? 'null');

const answer = (payload: unknown) => ({
  ExecutedVersion: '$LATEST',
  Payload: payload,
  SdkHttpMetadata: { HttpStatusCode: 200 },
  StatusCode: 200,
});

/** A function's error as AWS passes it: the name of the class, and the error as Lambda's Node runtime writes it. */
const failureOf = (thrown: unknown): StateError => {
  const { name, message } = thrown instanceof Error ? thrown : { name: 'Error', message: String(thrown) };
  // Errors of the service itself, such as Lambda.TooManyRequestsException, carry their message as it is.
  if (/^(Lambda|States|Sandbox)\./.test(name)) return new StateError(name, message);
  return new StateError(name, JSON.stringify({ errorType: name, errorMessage: message, trace: [] }));
};

/** Invokes a function for a task; a token's task then waits for whoever sends the token back. */
export const callFunction = (call: TaskCall, parameters: unknown): void => {
  const { engine, ends, line, wait } = call;
  const { FunctionName: name, Payload: payload = {} } = isObject(parameters) ? parameters : {};
  if (typeof name !== 'string') {
    taskFailed(call, new StateError('States.Runtime', "The field 'FunctionName' is required but was missing"));
    return;
  }
  /** What comes once the task has ended changes nothing. */
  const whileHeld = (run: () => void) =>
    ends.act(line, () => {
      if (line.wait === wait) run();
    });
  const answered = (payload: unknown) => {
    if (wait.token === undefined) taskSucceeded(call, answer(payload));
    else taskSubmitted(call, answer(payload));
  };
  const invoke = async () => overTheWire(await engine.invokeFunction(functionName(name), overTheWire(payload)));
  engine.afterwards(() => {
    const work = invoke().then(
      (result) => whileHeld(() => answered(result)),
      (thrown: unknown) => whileHeld(() => taskFailed(call, failureOf(thrown))),
    );
    const reported = work.catch((bug: unknown) => {
      // A fault of the runner itself must not vanish with the promise: it ends whoever runs the clock.
      engine.clock.at(engine.clock.millis(), () => {
        throw bug;
      });
    });
    void engine.clock.track(reported);
  });
};
