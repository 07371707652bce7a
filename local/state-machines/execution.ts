import type { Changes } from './changes.ts';
import type { Block, Machine, State } from './definition.ts';
import type { Variables } from './scope.ts';
import type { TaskCall } from './task.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** One event of a history, as GetExecutionHistory gives it: the details stand under the key that AWS names after the type. */
export type HistoryEvent = {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: string;
  readonly type: string;
  readonly [details: string]: unknown;
};

/** What is known of an execution from outside. */
export type ExecutionSummary = {
  executionArn: string;
  name: string;
  stateMachine: string;
  status: ExecutionStatus;
  startedAt: string;
  endedAt?: string;
  /** As AWS bills: every state entered, and every retry. */
  transitions: number;
  /** The execution that started this one. */
  parent?: string;
  input?: unknown;
  output?: unknown;
  error?: string;
  cause?: string;
  events?: HistoryEvent[];
};

/** What somebody sent for a task's token: an output, or why it failed. */
export type Answer = { readonly output: unknown } | { readonly error: string | undefined; readonly cause?: string };

/** What a wait is for, as far as another process needs it to go on; instants in milliseconds. */
export type Pending =
  | { readonly kind: 'wait' | 'retry'; readonly at: number }
  | {
      readonly kind: 'task';
      readonly parameters: unknown;
      readonly timeoutAt: number | undefined;
      /** The function was called and answered, or the child was started; the task goes on elsewhere. */
      submitted: boolean;
      /** What was sent for the token, until the execution goes on with it. */
      answer: Answer | undefined;
    };

/** A state that waits: for a timer, a function, a token or a child. Once it is replaced, what comes late changes nothing. */
export type Wait = {
  readonly pending: Pending;
  /** Waits are numbered in the order in which they began: what is due at one instant happens in this order. */
  readonly order: number;
  readonly cancels: (() => void)[];
  token: string | undefined;
  heartbeat: { seconds: number; at: number; cancel: () => void } | undefined;
  /** The child execution that ends this wait, stopped if the wait is given up. */
  child: Execution | undefined;
};

/** The branches of a Parallel or the iterations of a Map while they run. */
export type Group = {
  readonly lines: Map<number, Line>;
  readonly outputs: unknown[];
  readonly items: readonly unknown[];
  readonly keys: readonly string[] | undefined;
  readonly atOnce: number;
  readonly tolerated: number | undefined;
  started: number;
  ended: number;
  failed: number;
};

/** One line of execution: the machine's own, a branch's or an iteration's. */
export type Line = {
  readonly execution: Execution;
  readonly parent: Line | undefined;
  readonly index: number;
  /** The group that it belongs to; once its parent holds another one, this line is history. */
  readonly within: Group | undefined;
  readonly block: Block;
  readonly item: { readonly Index: number; readonly Value: unknown; readonly Key?: string } | undefined;
  variables: Variables;
  /** The state to enter next; undefined while a state waits. */
  next: string | undefined;
  state: State | undefined;
  input: unknown;
  enteredId: number;
  enteredAt: string;
  lastEventId: number;
  /** Retries so far, one count for each retrier. */
  attempts: number[];
  retries: number;
  /** What its task does once the other lines have had their turn. */
  begin: (() => void) | undefined;
  wait: Wait | undefined;
  group: Group | undefined;
  /** The last state was left, and what follows on it is still to be done. */
  ended: boolean;
  /** It failed, and its group goes on without it. */
  failed: boolean;
  /** Ended, failed or given up: nothing that comes for this line counts any more. */
  gone: boolean;
};

/** An execution that runs. */
export type Execution = {
  readonly summary: ExecutionSummary;
  readonly machine: Machine;
  readonly input: unknown;
  readonly events: HistoryEvent[] | undefined;
  /** Whether its events hold their details, and how many characters of them there are. */
  readonly detailed: boolean;
  told: number;
  eventCount: number;
  root: Line | undefined;
  cancelDeadline: (() => void) | undefined;
  /** The definition that it runs on, as it is kept; empty where nothing is. */
  readonly definition: string;
  /** What is not saved yet; undefined where nothing is saved. */
  readonly changes: Changes | undefined;
  /** It was saved before. */
  isKept: boolean;
  /** The tasks that wait for this execution to end. */
  waiters: TaskCall[];
};
