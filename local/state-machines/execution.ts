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

/** A state that waits: for a timer, a function, a token or a child. Once it is replaced, what comes late changes nothing. */
export type Wait = {
  readonly cancels: (() => void)[];
  token: string | undefined;
  heartbeat: { seconds: number; cancel: () => void } | undefined;
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
  wait: Wait | undefined;
  group: Group | undefined;
  /** The last state was left, and what follows on it is still to be done. */
  ended: boolean;
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
  /** The tasks that wait for this execution to end. */
  waiters: TaskCall[];
};
