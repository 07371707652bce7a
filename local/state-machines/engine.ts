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
  /** Makes a change that comes from outside; once the outermost is done it is saved, and what it asks of others happens. */
  readonly change: <T>(make: () => T) => T;
  /** What is asked of others, once the change that asks for it is saved. */
  readonly afterwards: (ask: () => void) => void;
  /** How many waits there have been. */
  readonly waits: { count: number };
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
