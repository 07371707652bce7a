import type { VirtualClock } from '../virtual-clock.ts';
import { executionArn, machineName, roleArn } from './arns.ts';
import { checkInput, checkName } from './check-start.ts';
import type { Machine } from './definition.ts';
import type { StartExecution } from './engine.ts';
import { ServiceError } from './errors.ts';
import type { Execution, ExecutionStatus, ExecutionSummary } from './execution.ts';
import { recordBoundary, told } from './history.ts';
import { newLine } from './line.ts';

const NAME_KEPT_MILLIS = 90 * 24 * 3_600_000;

type Options = {
  readonly clock: VirtualClock;
  readonly machines: ReadonlyMap<string, Machine>;
  readonly record: boolean | 'types';
  readonly onFinished: ((execution: ExecutionSummary) => void) | undefined;
};

/** All executions of a runner: those that run with their state, those that ended as a summary only. */
export const executionBook = ({ clock, machines, record, onFinished }: Options) => {
  const running = new Map<string, Execution>();
  const summaries = new Map<string, ExecutionSummary>();

  const machineOf = (stateMachine: string): Machine => {
    const machine = machines.get(machineName(stateMachine));
    if (machine !== undefined) return machine;
    throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${stateMachine}'`);
  };

  /** AWS: the same name and input while it runs is the same execution; a name stays taken for 90 days after the end. */
  const takenBy = (arn: string, input: unknown): Execution | undefined => {
    const known = summaries.get(arn);
    if (known === undefined) return undefined;
    const same = running.get(arn);
    if (same !== undefined && JSON.stringify(same.input) === JSON.stringify(input)) return same;
    const freed = known.endedAt !== undefined && clock.millis() - Date.parse(known.endedAt) > NAME_KEPT_MILLIS;
    if (freed) return undefined;
    throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
  };

  return {
    /** A new execution, or the one that runs already under this name with this input. */
    open({ stateMachine, name, input, parent }: StartExecution): { execution: Execution; isNew: boolean } {
      const machine = machineOf(stateMachine);
      checkName(name);
      checkInput(input);
      const arn = executionArn(machine.name, name);
      const same = takenBy(arn, input);
      if (same !== undefined) return { execution: same, isNew: false };
      const summary: ExecutionSummary = {
        executionArn: arn,
        name,
        stateMachine: machine.name,
        status: 'RUNNING',
        startedAt: clock.now(),
        transitions: 0,
        input,
      };
      if (parent !== undefined) summary.parent = parent;
      if (record !== false) summary.events = [];
      const execution: Execution = {
        summary,
        machine,
        input,
        events: summary.events,
        detailed: record === true,
        told: 0,
        eventCount: 0,
        root: undefined,
        cancelDeadline: undefined,
        waiters: [],
      };
      execution.root = newLine({ execution, block: machine, input });
      recordBoundary(clock, execution, 0, 'ExecutionStarted', () => ({ ...told('input', input), roleArn }));
      running.set(arn, execution);
      summaries.set(arn, summary);
      return { execution, isNew: true };
    },

    /** Closes an execution with its last event. */
    close(
      execution: Execution,
      status: ExecutionStatus,
      previousEventId: number,
      details: Record<string, unknown>,
    ): void {
      const { summary } = execution;
      recordBoundary(clock, execution, previousEventId, endEvents[status], () => details);
      summary.status = status;
      summary.endedAt = clock.now();
      execution.cancelDeadline?.();
      execution.root = undefined;
      running.delete(summary.executionArn);
    },

    /** Lets go of what a summary need not keep. */
    settle({ summary }: Execution): void {
      onFinished?.(summary);
      if (record !== false) return;
      // Copied: an object that lost a property takes several times the memory.
      const { input: _, output: __, ...kept } = summary;
      summaries.set(summary.executionArn, kept);
    },

    running: (arn: string) => running.get(arn),
    summary: (arn: string) => summaries.get(arn),
    summaries: () => [...summaries.values()],
  };
};

const endEvents: Record<ExecutionStatus, string> = {
  RUNNING: '',
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  TIMED_OUT: 'ExecutionTimedOut',
  ABORTED: 'ExecutionAborted',
};
