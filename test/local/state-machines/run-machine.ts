import { onTestFinished } from 'vitest';
import type { ExecutionSummary } from '../../../local/state-machines/execution.ts';
import { limits } from '../../../local/state-machines/limits.ts';
import { stateMachineRunner } from '../../../local/state-machines/runner.ts';
import { virtualClock } from '../../../local/virtual-clock.ts';

export const NINE_O_CLOCK = Date.UTC(2026, 0, 5, 9);

type States = Record<string, Record<string, unknown>>;

/** A machine in JSONata that starts at its first state. */
export const machine = (states: States, more: Record<string, unknown> = {}) => ({
  QueryLanguage: 'JSONata',
  StartAt: Object.keys(states)[0],
  States: states,
  ...more,
});

/** A branch or a processor that starts at its first state. */
export const block = (states: States) => ({ StartAt: Object.keys(states)[0], States: states });

/** A task that invokes the function of that name. */
export const invoke = (name: string, more: Record<string, unknown> = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: name, Payload: '{% $states.input %}' },
  ...more,
});

/** A task that hands its token to the function of that name. */
export const ask = (name: string, more: Record<string, unknown> = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
  Arguments: { FunctionName: name, Payload: { token: '{% $states.context.Task.Token %}' } },
  ...more,
});

/** An error of that name, as a function throws it. */
export const named = (name: string, message = 'no luck') => Object.assign(new Error(message), { name });

type Functions = Record<string, (payload: never, call: number) => unknown>;

/** A runner with machines by name and functions by name, on a clock of its own. */
export const setUp = (
  machines: Record<string, unknown>,
  functions: Functions = {},
  more: Partial<Parameters<typeof stateMachineRunner>[0]> = {},
) => {
  const clock = virtualClock(NINE_O_CLOCK);
  const calls: { name: string; payload: unknown }[] = [];
  const runner = stateMachineRunner({
    clock,
    machines: Object.entries(machines).map(([name, definition]) => ({ name, definition })),
    async invokeFunction(name, payload) {
      calls.push({ name, payload });
      const found = functions[name];
      if (found === undefined) throw named('Lambda.ResourceNotFoundException', `Function not found: ${name}`);
      return found(payload as never, calls.filter((call) => call.name === name).length);
    },
    record: true,
    ...more,
  });
  const summary = (arn: string): ExecutionSummary => {
    const found = runner.describeExecution(arn);
    if (found === undefined) throw new Error(`no execution ${arn}`);
    return found;
  };
  const start = async (stateMachine: string, input: unknown = {}, name = 'one') =>
    (await runner.startExecution({ stateMachine, name, input })).executionArn;
  return { clock, runner, calls, start, summary };
};

/** Runs one machine to its end. */
export const run = async (definition: unknown, input: unknown = {}, functions: Functions = {}) => {
  const { clock, start, summary, calls } = setUp({ main: definition }, functions);
  const arn = await start('main', input);
  await clock.run();
  return { ...summary(arn), calls, millis: clock.millis() - NINE_O_CLOCK };
};

/** The token that the call of a function was handed. */
export const tokenOf = (calls: readonly { payload: unknown }[], index = 0): string => {
  const payload = calls[index]?.payload;
  if (typeof payload === 'object' && payload !== null && 'token' in payload) return String(payload.token);
  throw new Error(`call ${index} was handed no token`);
};

/** The types of an execution's events, without the ends of the execution itself. */
export const types = ({ events = [] }: Pick<ExecutionSummary, 'events'>) => events.map(({ type }) => type);

/** The output of a Pass state whose Output is one expression. */
export const evaluate = async (expression: string, input: unknown = {}) =>
  run(machine({ E: { Type: 'Pass', Output: `{% ${expression} %}`, End: true } }), input);

/** Until the end of this test an expression is stopped after a quarter of a second instead of five: what never ends takes all of it. */
export const stopSoon = (): void => {
  const { expressionMillis } = limits;
  Object.assign(limits, { expressionMillis: 250 });
  onTestFinished(() => void Object.assign(limits, { expressionMillis }));
};
