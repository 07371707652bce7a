import type { VirtualClock } from '../virtual-clock.ts';
import { executionArn, machineName, roleArn } from './arns.ts';
import { touch } from './changes.ts';
import { checkInput, checkName } from './check-start.ts';
import type { Machine } from './definition.ts';
import type { StartExecution } from './engine.ts';
import { ServiceError } from './errors.ts';
import type { Execution, ExecutionStatus, ExecutionSummary } from './execution.ts';
import type { ExecutionStore } from './execution-store.ts';
import { recordBoundary, told } from './history.ts';
import { newLine } from './line.ts';

const NAME_KEPT_MILLIS = 90 * 24 * 3_600_000;

type Options = {
  readonly clock: VirtualClock;
  readonly machines: ReadonlyMap<string, Loaded>;
  readonly record: boolean | 'types';
  readonly onFinished: ((execution: ExecutionSummary) => unknown) | undefined;
  /** Where executions are kept; without it in memory, the ended ones as a summary only. */
  readonly kept: { readonly store: ExecutionStore; readonly changed: Set<Execution> } | undefined;
  /** Takes up an execution that sleeps. */
  readonly wake: (arn: string) => void;
};

/** A machine with the name under which its definition is kept. */
export type Loaded = { readonly machine: Machine; readonly definition: string };

/** All executions of a runner: those that run with their state, those that ended as a summary only. */
export const executionBook = ({ clock, machines, record, onFinished, kept, wake }: Options) => {
  const running = new Map<string, Execution>();
  const summaries = new Map<string, ExecutionSummary>();

  const machineOf = (stateMachine: string): Loaded => {
    const loaded = machines.get(machineName(stateMachine));
    if (loaded !== undefined) return loaded;
    throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${stateMachine}'`);
  };

  const summary = (arn: string) => summaries.get(arn) ?? kept?.store.execution(arn);

  const runs = (arn: string): Execution | undefined => {
    if (!running.has(arn)) wake(arn);
    return running.get(arn);
  };

  /** AWS: the same name and input while it runs is the same execution; a name stays taken for 90 days after the end. */
  const takenBy = (arn: string, input: unknown): Execution | undefined => {
    const known = summary(arn);
    if (known === undefined) return undefined;
    const same = runs(arn);
    if (same !== undefined && JSON.stringify(same.input) === JSON.stringify(input)) return same;
    const freed = known.endedAt !== undefined && clock.millis() - Date.parse(known.endedAt) > NAME_KEPT_MILLIS;
    if (freed) return undefined;
    throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
  };

  /** Where executions are kept, their ends are told at least once: whoever was told lets it be noted. */
  const tell = (ended: ExecutionSummary): void => {
    if (kept === undefined) {
      void onFinished?.(ended);
      return;
    }
    // On the clock, so that whoever runs it hears of a telling that failed; the next process tells it again.
    clock.at(clock.millis(), async () => {
      await onFinished?.(ended);
      kept.store.tellOf(ended.executionArn);
    });
  };

  return {
    /** A new execution, or the one that runs already under this name with this input. */
    open({ stateMachine, name, input, parent }: StartExecution): { execution: Execution; isNew: boolean } {
      const { machine, definition } = machineOf(stateMachine);
      checkName(name);
      checkInput(input);
      const arn = executionArn(machine.name, name);
      const same = takenBy(arn, input);
      if (same !== undefined) return { execution: same, isNew: false };
      const opened: ExecutionSummary = {
        executionArn: arn,
        name,
        stateMachine: machine.name,
        status: 'RUNNING',
        startedAt: clock.now(),
        transitions: 0,
        input,
      };
      if (parent !== undefined) opened.parent = parent;
      if (kept === undefined && record !== false) opened.events = [];
      const execution: Execution = {
        summary: opened,
        machine,
        input,
        events: kept === undefined || record === false ? opened.events : [],
        detailed: record === true,
        definition,
        changes: kept && { lines: new Set(), emptied: new Set(), executions: kept.changed },
        isKept: false,
        told: 0,
        eventCount: 0,
        root: undefined,
        cancelDeadline: undefined,
        waiters: [],
      };
      execution.root = newLine({ execution, block: machine, input });
      touch(execution.root);
      recordBoundary(clock, execution, 0, 'ExecutionStarted', () => ({ ...told('input', input), roleArn }));
      running.set(arn, execution);
      summaries.set(arn, opened);
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

    /** Tells of the end, and lets go of what need not stay in memory. */
    settle({ summary: ended }: Execution): void {
      tell(ended);
      if (kept !== undefined) summaries.delete(ended.executionArn);
      if (kept !== undefined || record !== false) return;
      // Copied: an object that lost a property takes several times the memory.
      const { input: _, output: __, ...rest } = ended;
      summaries.set(ended.executionArn, rest);
    },
    tell,

    /** Takes in an execution that ran in another process. */
    takeIn(execution: Execution): void {
      running.set(execution.summary.executionArn, execution);
      summaries.set(execution.summary.executionArn, execution.summary);
    },

    running: runs,
    /** Whether an execution is in this process's hands, be it that its end is not kept yet. */
    has: (arn: string): boolean => summaries.has(arn),
    summary,
    summaries: () => kept?.store.executions() ?? [...summaries.values()],
    events: (arn: string) => kept?.store.events(arn) ?? summaries.get(arn)?.events ?? [],
  };
};

const endEvents: Record<ExecutionStatus, string> = {
  RUNNING: '',
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  TIMED_OUT: 'ExecutionTimedOut',
  ABORTED: 'ExecutionAborted',
};
