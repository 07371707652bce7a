import type { VirtualClock } from '../virtual-clock.ts';
import type { Execution, Line } from './execution.ts';
import type { Tokens } from './tokens.ts';

/** What the states of all executions share. */
export type Engine = {
  readonly clock: VirtualClock;
  readonly random: () => number;
  readonly tokens: Tokens;
  readonly invokeFunction: (name: string, payload: unknown) => Promise<unknown>;
  readonly startExecution: (start: StartExecution) => Execution;
  readonly stopExecution: (execution: Execution) => void;
  /** Lines that may go on, in order. */
  readonly ready: Line[];
};

/** A start by a state or from outside. */
export type StartExecution = {
  readonly stateMachine: string;
  readonly name: string;
  readonly input: unknown;
  readonly parent?: string | undefined;
};
