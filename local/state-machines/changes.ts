import type { Execution, Line } from './execution.ts';

/** What of an execution is to be saved. */
export type Changes = {
  /** Lines that changed. */
  readonly lines: Set<Line>;
  /** Lines whose branches or iterations are all over. */
  readonly emptied: Set<Line>;
  /** All executions of the runner that changed. */
  readonly executions: Set<Execution>;
};

/** Notes that an execution is to be saved. */
export const touchExecution = (execution: Execution): void => void execution.changes?.executions.add(execution);

/** Notes that a line is to be saved. */
export const touch = (line: Line): void => {
  line.execution.changes?.lines.add(line);
  touchExecution(line.execution);
};

/** Notes that the branches or iterations of a line are over. */
export const touchMembers = (line: Line): void => {
  line.execution.changes?.emptied.add(line);
  touchExecution(line.execution);
};
