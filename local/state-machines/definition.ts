import type { Expression } from './expression.ts';
import type { Scope } from './scope.ts';
import type { Template } from './template.ts';

/** States that run in order from `startAt`: a machine, a branch of a Parallel, the processor of a Map. */
export type Block = { readonly startAt: string; readonly states: ReadonlyMap<string, State> };

/** A machine that has passed every check. */
export type Machine = Block & {
  readonly name: string;
  readonly arn: string;
  readonly timeoutSeconds: number | undefined;
};

/** What a state, a Choice rule or a Catcher makes of its values: all of it is read before any of it is set. */
export type Effects = {
  readonly output: Template | undefined;
  readonly assign: readonly (readonly [name: string, value: Template])[];
};

export type Retrier = {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number | undefined;
  readonly jitter: boolean;
};

export type Catcher = Effects & { readonly errorEquals: readonly string[]; readonly next: string };

/** A number of a field, evaluated on entry. */
export type NumberField = (scope: Scope) => number;

type Named = Effects & { readonly name: string; readonly next: string | undefined };
type Failing = { readonly retriers: readonly Retrier[]; readonly catchers: readonly Catcher[] };

export type PassState = Named & { readonly type: 'Pass' };
export type SucceedState = Named & { readonly type: 'Succeed' };
export type FailState = Named & {
  readonly type: 'Fail';
  readonly error: Template | undefined;
  readonly cause: Template | undefined;
};
export type WaitState = Named & {
  readonly type: 'Wait';
  readonly seconds: NumberField | undefined;
  readonly timestamp: Template | undefined;
};
export type ChoiceRule = Effects & {
  readonly condition: Expression | boolean;
  readonly field: string;
  readonly next: string;
};
export type ChoiceState = Named & { readonly type: 'Choice'; readonly rules: readonly ChoiceRule[] };

/** The ways of the integrations that the runner covers. */
export type Integration =
  | 'lambda:invoke'
  | 'lambda:invoke.waitForTaskToken'
  | 'states:startExecution'
  | 'states:startExecution.sync'
  | 'states:startExecution.sync:2';

export type TaskState = Named &
  Failing & {
    readonly type: 'Task';
    readonly integration: Integration;
    readonly arguments: Template | undefined;
    readonly timeoutSeconds: NumberField | undefined;
    readonly heartbeatSeconds: NumberField | undefined;
  };
export type ParallelState = Named &
  Failing & {
    readonly type: 'Parallel';
    readonly branches: readonly Block[];
    readonly arguments: Template | undefined;
  };
export type MapState = Named &
  Failing & {
    readonly type: 'Map';
    readonly items: Template | undefined;
    readonly itemsExpression: Expression | undefined;
    readonly itemSelector: Template | undefined;
    readonly processor: Block;
    readonly maxConcurrency: NumberField | undefined;
    readonly toleratedCount: NumberField | undefined;
    readonly toleratedPercentage: NumberField | undefined;
  };

/** A state ready to run. */
export type State =
  | PassState
  | SucceedState
  | FailState
  | WaitState
  | ChoiceState
  | TaskState
  | ParallelState
  | MapState;
