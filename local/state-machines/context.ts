import { roleArn } from './arns.ts';
import type { Engine } from './engine.ts';
import type { Line } from './execution.ts';
import type { Scope } from './scope.ts';

const itemOf = (line: Line): Line['item'] => {
  for (let at: Line | undefined = line; at !== undefined; at = at.parent) if (at.item !== undefined) return at.item;
  return undefined;
};

/** `$states.context`: every field that AWS documents and an execution here has. */
const contextOf = (line: Line, item: Line['item'], token: string | undefined): Record<string, unknown> => {
  const { summary, machine, input } = line.execution;
  const state: Record<string, unknown> = { Name: line.state?.name, EnteredTime: line.enteredAt };
  // Recorded: the context of a Pass state has no RetryCount.
  if (line.state !== undefined && 'retriers' in line.state) state.RetryCount = line.retries;
  return {
    Execution: {
      Id: summary.executionArn,
      Input: input,
      StartTime: summary.startedAt,
      Name: summary.name,
      RoleArn: roleArn,
      RedriveCount: 0,
    },
    StateMachine: { Id: machine.arn, Name: machine.name },
    State: state,
    ...(token === undefined ? {} : { Task: { Token: token } }),
    ...(item === undefined ? {} : { Map: { Item: item } }),
  };
};

type More = {
  readonly result?: unknown;
  readonly errorOutput?: unknown;
  readonly token?: string | undefined;
  readonly item?: Line['item'];
};

/** What the expressions of a line's state may read. */
export const scopeOf = (engine: Engine, line: Line, { result, errorOutput, token, item }: More = {}): Scope => ({
  input: line.input,
  variables: line.variables,
  result,
  errorOutput,
  context: () => contextOf(line, item ?? itemOf(line), token),
  millis: engine.clock.millis,
  random: engine.random,
});
