import { scopeOf } from './context.ts';
import type { Effects, State } from './definition.ts';
import type { Engine } from './engine.ts';
import { StateError } from './errors.ts';
import type { Line } from './execution.ts';
import { recordEvent, told } from './history.ts';
import { limits } from './limits.ts';
import { isLargerThan } from './plain-json.ts';
import type { Scope, Variables } from './scope.ts';

/** Enters the state that a line goes to next. */
export const enterState = (engine: Engine, line: Line, state: State): void => {
  line.state = state;
  line.next = undefined;
  line.enteredAt = engine.clock.now();
  line.execution.summary.transitions += 1;
  if (line.attempts.length > 0) line.attempts = [];
  line.retries = 0;
  const { input } = line;
  line.enteredId = recordEvent(engine.clock, line, entered[state.type], () => ({
    ...told('input', input),
    name: state.name,
  }));
};

const named = <T extends string>(suffix: T) =>
  ({
    Pass: `PassState${suffix}`,
    Succeed: `SucceedState${suffix}`,
    Fail: `FailState${suffix}`,
    Wait: `WaitState${suffix}`,
    Choice: `ChoiceState${suffix}`,
    Task: `TaskState${suffix}`,
    Parallel: `ParallelState${suffix}`,
    Map: `MapState${suffix}`,
  }) as const;

const entered = named('Entered');
const exited = named('Exited');
const aborted = named('Aborted');

/** The event that says that a state was given up from outside; states that never wait have none. */
export const abortedEvent = (state: State): string | undefined =>
  ['Wait', 'Task', 'Parallel', 'Map'].includes(state.type) ? aborted[state.type] : undefined;

/** What AWS says of a result that is larger than it carries; of a task's own it names the service. */
export const tooLarge = (name: string): string =>
  `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`;

/** Fails what is larger than AWS carries from state to state. */
export const checkSize = (value: unknown, name: string, most: number = limits.payloadBytes): void => {
  if (isLargerThan(value, most)) throw new StateError('States.DataLimitExceeded', tooLarge(name));
};

/** Fewer variables than these cannot be too large together. */
const FEW = Math.floor(limits.variablesBytes / limits.variableBytes);

const checkVariables = ({ own }: Variables, name: string) => {
  if (own.size > FEW) checkSize(Object.fromEntries(own), name, limits.variablesBytes);
};

const assigned = (variables: Variables, values: readonly (readonly [string, unknown])[]): Variables => {
  const own = new Map(variables.own);
  for (const [name, value] of values) own.set(name, value);
  return { own, outer: variables.outer };
};

const toldVariables = (values: readonly (readonly [string, unknown])[]) =>
  values.length === 0
    ? {}
    : {
        assignedVariables: Object.fromEntries(values.map(([name, value]) => [name, JSON.stringify(value)])),
        assignedVariablesDetails: { truncated: false },
      };

/** Leaves a state: its Output and Assign read the values at entry, then the line goes on to `next`, or ends without one. */
export const leaveState = (
  engine: Engine,
  line: Line,
  effects: Effects,
  scope: Scope,
  otherwise: unknown,
  next: string | undefined,
): void => {
  const { state } = line;
  if (state === undefined) return;
  const output = effects.output === undefined ? otherwise : effects.output(scope);
  if (output !== line.input) checkSize(output, state.name);
  const { assign } = effects;
  if (assign.length > 0) {
    const values = assign.map(([name, template]) => [name, template(scope)] as const);
    // AWS: the bound of one variable is also that of all that one Assign sets, and there is one of all together.
    checkSize(values.length === 1 ? values[0]?.[1] : Object.fromEntries(values), state.name, limits.variableBytes);
    const variables = assigned(line.variables, values);
    checkVariables(variables, state.name);
    recordEvent(engine.clock, line, exited[state.type], () => ({
      ...toldVariables(values),
      name: state.name,
      ...told('output', output),
    }));
    line.variables = variables;
  } else recordEvent(engine.clock, line, exited[state.type], () => ({ name: state.name, ...told('output', output) }));
  line.input = output;
  line.next = next;
  line.state = undefined;
  if (next === undefined) line.ended = true;
};

/** Leaves a state by its own Output, Assign and Next. */
export const completeState = (engine: Engine, line: Line, state: State, result: unknown): void => {
  // Only the states that something is asked of have a result; the others hand on their input.
  const scope = scopeOf(engine, line, 'retriers' in state ? { result } : {});
  leaveState(engine, line, state, scope, result, state.next);
};
