import { createHash } from 'node:crypto';
import type { VirtualClock } from '../virtual-clock.ts';
import { abortLine } from './aborting.ts';
import type { Machine } from './definition.ts';
import type { Engine, StartExecution } from './engine.ts';
import { ServiceError } from './errors.ts';
import type { Execution, ExecutionStatus, ExecutionSummary, HistoryEvent, Line } from './execution.ts';
import type { ExecutionStore } from './execution-store.ts';
import { executionBook, type Loaded } from './executions.ts';
import { told } from './history.ts';
import { limits } from './limits.ts';
import { loadMachine } from './load-machine.ts';
import { childEnded } from './nested-execution.ts';
import { executionOf, NotResumable, resume } from './resume.ts';
import { saver } from './save.ts';
import { atOnce, savedChanges } from './saved-changes.ts';
import { seededRandom } from './seeded-random.ts';
import { type Sleepers, sleepers } from './sleepers.ts';
import { stepper } from './steps.ts';
import { taskAnswers } from './task-answers.ts';
import { taskTokens } from './tokens.ts';

/** A state machine as it is deployed, its placeholders filled in. */
export type StateMachineDefinition = { name: string; definition: unknown };

export type StateMachineRunner = ReturnType<typeof stateMachineRunner>;

type Options = {
  clock: VirtualClock;
  /** All are checked at once: throws DefinitionRefused with AWS's code and location. */
  machines: readonly StateMachineDefinition[];
  /** Calls a function by its name; rejects with an Error whose `name` is the error that AWS would report. */
  invokeFunction(name: string, payload: unknown): Promise<unknown>;
  newToken?: () => string;
  /** Keeps histories, or with `types` histories without their details; in memory inputs and outputs of what ended go with them. Transitions are always counted. */
  record?: boolean | 'types';
  /** Told of each end. With a store at least once, until what it returns has settled well. */
  onFinished?(execution: ExecutionSummary): unknown;
  /** What `$random()`, `$uuid()` and the jitter of retries draw from. */
  random?: () => number;
  /** Where executions outlive the process, with the histories that are kept; those that it holds go on at once. Without it in memory. */
  store?: ExecutionStore;
};

const contentId = (definition: unknown): string =>
  createHash('sha256').update(JSON.stringify(definition)).digest('hex');

/** Frozen definitions as they were loaded before: nothing can have changed in them. */
const loadedBefore = new WeakMap<object, Machine>();

const loadOnce = (name: string, definition: unknown): Machine => {
  if (typeof definition !== 'object' || definition === null || !Object.isFrozen(definition))
    return loadMachine(name, definition);
  const before = loadedBefore.get(definition);
  if (before?.name === name) return before;
  const machine = loadMachine(name, definition);
  loadedBefore.set(definition, machine);
  return machine;
};

/** Runs state machines in the JSONata query language on a virtual clock, as AWS Step Functions does. */
export const stateMachineRunner = (options: Options) => {
  const { clock, record = false, store } = options;
  const load = ({ name, definition }: StateMachineDefinition): [string, Loaded] => {
    const machine = loadOnce(name, definition);
    if (store === undefined) return [name, { machine, definition: '' }];
    const id = contentId(definition);
    store.keepDefinition(id, name, definition);
    return [name, { machine, definition: id }];
  };
  const machines = new Map(options.machines.map(load));
  const changed = new Set<Execution>();
  let asleep: Sleepers | undefined;
  const stood = store?.stood() ?? { now: 0, tokens: 0 };
  const book = executionBook({
    clock,
    machines,
    record,
    onFinished: options.onFinished?.bind(options),
    kept: store && { store, changed },
    wake: (arn) => asleep?.wakeArn(arn),
  });
  const { change, afterwards } = store === undefined ? atOnce : savedChanges(() => save(engine));
  const save = store === undefined ? () => undefined : saver(store, changed);

  const end = (
    execution: Execution,
    status: ExecutionStatus,
    lastEventId: number,
    details: Record<string, unknown>,
  ) => {
    const { root } = execution;
    if (root === undefined) return;
    if (!root.gone) abortLine(engine, root);
    book.close(execution, status, lastEventId, details);
    childEnded(execution);
    afterwards(() => book.settle(execution));
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
    change(() => endUnwell(execution, 'ABORTED', outside, error, cause));

  // Measured on AWS: the error stands in the event alone, DescribeExecution gives neither error nor cause.
  const timeOut = (execution: Execution) =>
    change(() => end(execution, 'TIMED_OUT', outside, { error: 'States.Timeout' }));

  const lifetimeOf = ({ timeoutSeconds = Number.POSITIVE_INFINITY }: Machine): number =>
    Math.min(timeoutSeconds * 1000, limits.executionMillis);
  const deadlineOf = ({ machine, summary }: Execution) => Date.parse(summary.startedAt) + lifetimeOf(machine);

  const setDeadline = (execution: Execution) => {
    execution.cancelDeadline = clock.at(deadlineOf(execution), () => timeOut(execution));
  };

  const begin = (execution: Execution, root: Line) => {
    clock.at(clock.millis(), () => {
      steps.start(root);
      // Most executions of a simulation end at once: only one that waits needs a deadline.
      if (!root.gone) setDeadline(execution);
    });
  };

  const start = (request: StartExecution): Execution =>
    change(() => {
      const { execution, isNew } = book.open(request);
      if (isNew && execution.root !== undefined) begin(execution, execution.root);
      return execution;
    });

  const engine: Engine = {
    clock,
    // What another process drew must not be drawn again: the names of children are made of it.
    random: options.random ?? seededRandom(1 + stood.now + stood.tokens),
    tokens: taskTokens(options.newToken, stood.tokens, (token) => asleep?.wakeToken(token)),
    invokeFunction: (name, payload) => options.invokeFunction(name, payload),
    startExecution: start,
    stopExecution: stop,
    change,
    afterwards,
    waits: { count: 0 },
    ready: [],
  };
  const steps = stepper(engine, {
    succeeded(execution, output) {
      execution.summary.output = output;
      end(execution, 'SUCCEEDED', execution.root?.lastEventId ?? 0, told('output', output));
    },
    failed: (execution, { error, reason }, lastEventId) => endUnwell(execution, 'FAILED', lastEventId, error, reason),
  });

  /** Takes up what another process left. */
  const takeUp = (from: ExecutionStore) => {
    const loaded = new Map<string, Machine>();
    const machineOf = (id: string): Machine => {
      const known = loaded.get(id);
      if (known !== undefined) return known;
      const kept = from.definition(id);
      if (kept === undefined) throw new NotResumable(`The definition ${id} of a saved execution is missing.`);
      const machine = loadMachine(kept.name, kept.definition);
      loaded.set(id, machine);
      return machine;
    };
    const wake = (arns: readonly string[]): void => {
      const resumed = from
        .interrupted(arns)
        .map((one) => executionOf(one, machineOf(one.saved.definition), { changed, record }));
      for (const { execution } of resumed) book.takeIn(execution);
      const executions = new Map(resumed.map(({ execution }) => [execution.summary.executionArn, execution]));
      resume({
        engine,
        ends: steps.taskEnds,
        executions,
        resumed,
        begin,
        deadline: (execution) => ({ at: deadlineOf(execution), arm: () => setDeadline(execution) }),
      });
    };
    asleep = sleepers({
      clock,
      kept: from.sleeping,
      lifetimes: new Map(from.sleeping.definitionsInUse().map((id) => [id, lifetimeOf(machineOf(id))])),
      isAwake: book.has,
      wake,
    });
    engine.waits.count = from.sleeping.waits();
    asleep.begin();
    for (const ended of from.untold()) clock.at(clock.millis(), () => book.tell(ended));
  };
  if (store !== undefined) takeUp(store);

  return {
    async startExecution(request: { stateMachine: string; name: string; input: unknown; parent?: string }) {
      const { summary } = start(request);
      return { executionArn: summary.executionArn, startedAt: summary.startedAt };
    },
    ...taskAnswers(engine),
    describeExecution: (executionArn: string): ExecutionSummary | undefined => book.summary(executionArn),
    /** The events of an execution, if they are recorded. */
    executionHistory: (executionArn: string): readonly HistoryEvent[] => book.events(executionArn),
    async stopExecution(executionArn: string, error?: string, cause?: string): Promise<void> {
      const execution = book.running(executionArn);
      if (execution !== undefined) stop(execution, error, cause);
      else if (book.summary(executionArn) === undefined)
        throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
    },
    executions: (): ExecutionSummary[] => book.summaries(),
    /** Updates machines: what starts from now on takes the new definition, what runs keeps its own (UpdateStateMachine). */
    deploy(definitions: readonly StateMachineDefinition[]): void {
      for (const [name, loaded] of definitions.map(load)) machines.set(name, loaded);
    },
  };
};
