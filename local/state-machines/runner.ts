import type { VirtualClock } from '../virtual-clock.ts';
import { abortLine } from './aborting.ts';
import type { Engine, StartExecution } from './engine.ts';
import { ServiceError } from './errors.ts';
import type { Execution, ExecutionStatus, ExecutionSummary } from './execution.ts';
import { executionBook } from './executions.ts';
import { told } from './history.ts';
import { limits } from './limits.ts';
import { loadMachine } from './load-machine.ts';
import { childEnded } from './nested-execution.ts';
import { seededRandom } from './seeded-random.ts';
import { stepper } from './steps.ts';
import { taskAnswers } from './task-answers.ts';
import { taskTokens } from './tokens.ts';

/** A state machine as it is deployed, its placeholders filled in. */
export type StateMachineDefinition = { name: string; definition: unknown };

export type StateMachineRunner = ReturnType<typeof stateMachineRunner>;

type Options = {
  clock: VirtualClock;
  /** All are checked at once: throws DefinitionRefused with AWS's code and location. */
  machines: StateMachineDefinition[];
  /** Calls a function by its name; rejects with an Error whose `name` is the error that AWS would report. */
  invokeFunction(name: string, payload: unknown): Promise<unknown>;
  newToken?: () => string;
  /** Keeps histories, inputs and outputs, or with `types` histories without their details; transitions are always counted. */
  record?: boolean | 'types';
  onFinished?(execution: ExecutionSummary): void;
  /** What `$random()`, `$uuid()` and the jitter of retries draw from. */
  random?: () => number;
};

/** Runs state machines in the JSONata query language on a virtual clock, as AWS Step Functions does. */
export const stateMachineRunner = (options: Options) => {
  const { clock, record = false } = options;
  const machines = new Map(options.machines.map(({ name, definition }) => [name, loadMachine(name, definition)]));
  const book = executionBook({ clock, machines, record, onFinished: options.onFinished?.bind(options) });

  const end = (
    execution: Execution,
    status: ExecutionStatus,
    lastEventId: number,
    details: Record<string, unknown>,
  ) => {
    const { root } = execution;
    if (root === undefined) return;
    if (!root.gone) abortLine(engine, root, false);
    book.close(execution, status, lastEventId, details);
    childEnded(execution);
    book.settle(execution);
  };

  const endUnwell = (
    execution: Execution,
    status: ExecutionStatus,
    lastEventId: number,
    error?: string,
    cause?: string,
  ) => {
    const { summary } = execution;
    if (error !== undefined) summary.error = error;
    if (cause !== undefined) summary.cause = cause;
    end(execution, status, lastEventId, {
      ...(error === undefined ? {} : { error }),
      ...(cause === undefined ? {} : { cause }),
    });
  };

  /** Measured on AWS for a deadline: what ends an execution from outside follows on none of its events. A stop is taken to be alike. */
  const outside = 0;

  const stop = (execution: Execution, error?: string, cause?: string) =>
    endUnwell(execution, 'ABORTED', outside, error, cause);

  // Measured on AWS: the error stands in the event alone, DescribeExecution gives neither error nor cause.
  const timeOut = (execution: Execution) => end(execution, 'TIMED_OUT', outside, { error: 'States.Timeout' });

  const start = (request: StartExecution): Execution => {
    const { execution, isNew } = book.open(request);
    const { root, machine } = execution;
    if (!isNew || root === undefined) return execution;
    const atMost = Math.min((machine.timeoutSeconds ?? Number.POSITIVE_INFINITY) * 1000, limits.executionMillis);
    clock.at(clock.millis(), () => {
      steps.start(root);
      // Most executions of a simulation end at once: only one that waits needs a deadline.
      if (!root.gone) execution.cancelDeadline = clock.at(clock.millis() + atMost, () => timeOut(execution));
    });
    return execution;
  };

  const engine: Engine = {
    clock,
    random: options.random ?? seededRandom(1),
    tokens: taskTokens(options.newToken),
    invokeFunction: (name, payload) => options.invokeFunction(name, payload),
    startExecution: start,
    stopExecution: stop,
    ready: [],
  };
  const steps = stepper(engine, {
    succeeded(execution, output) {
      execution.summary.output = output;
      end(execution, 'SUCCEEDED', execution.root?.lastEventId ?? 0, told('output', output));
    },
    failed: (execution, { error, reason }, lastEventId) => endUnwell(execution, 'FAILED', lastEventId, error, reason),
  });

  return {
    async startExecution(request: { stateMachine: string; name: string; input: unknown; parent?: string }) {
      const { summary } = start(request);
      return { executionArn: summary.executionArn, startedAt: summary.startedAt };
    },
    ...taskAnswers(engine, steps.taskEnds),
    describeExecution: (executionArn: string): ExecutionSummary | undefined => book.summary(executionArn),
    async stopExecution(executionArn: string, error?: string, cause?: string): Promise<void> {
      const execution = book.running(executionArn);
      if (execution !== undefined) stop(execution, error, cause);
      else if (book.summary(executionArn) === undefined)
        throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
    },
    executions: (): ExecutionSummary[] => book.summaries(),
  };
};
