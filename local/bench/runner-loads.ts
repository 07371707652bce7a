import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionStore } from '../state-machines/execution-store.ts';
import { stateMachineRunner } from '../state-machines/runner.ts';
import { sqliteExecutions } from '../state-machines/sqlite-executions.ts';
import { virtualClock } from '../virtual-clock.ts';

/** What one load came to: transitions as AWS bills them, and how long they took. */
export type Load = { readonly what: string; readonly transitions: number; readonly seconds: number };

/** An execution of a load did not end well. */
export class LoadFailed extends Error {
  override readonly name = 'LoadFailed';
}

const START = Date.UTC(2026, 0, 5, 9);

const machineOf = (states: Record<string, object>): unknown => ({
  QueryLanguage: 'JSONata',
  StartAt: Object.keys(states)[0],
  States: states,
});

/** As many Pass states in a row, with an expression and a variable now and then, as workflows have them. */
const chain = (length: number): unknown => {
  const states: Record<string, object> = {};
  for (let index = 0; index < length; index += 1) {
    const next = index === length - 1 ? { End: true } : { Next: `Step ${index + 1}` };
    const output = index % 5 === 0 ? { Output: { id: '{% $states.input.id %}', step: index } } : {};
    const assign = index % 10 === 0 ? { Assign: { step: index } } : {};
    states[`Step ${index}`] = { Type: 'Pass', ...output, ...assign, ...next };
  }
  return machineOf(states);
};

/** Asks so many times, and each time waits for the token to come back. */
const asking = (times: number): unknown =>
  machineOf({
    Begin: { Type: 'Pass', Assign: { asked: 0 }, Next: 'Ask' },
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      TimeoutSeconds: 86_400,
      Arguments: { FunctionName: 'ask', Payload: '{% $states.context.Task.Token %}' },
      Assign: { asked: '{% $asked + 1 %}' },
      Next: 'Is that all?',
    },
    'Is that all?': {
      Type: 'Choice',
      Choices: [{ Condition: `{% $asked = ${times} %}`, Next: 'Done' }],
      Default: 'Ask',
    },
    Done: { Type: 'Succeed' },
  });

const mapping = (items: number): unknown =>
  machineOf({
    Each: {
      Type: 'Map',
      Items: `{% [1..${items}] %}`,
      ItemProcessor: {
        StartAt: 'Item',
        States: { Item: { Type: 'Pass', Output: { n: '{% $states.input %}' }, End: true } },
      },
      End: true,
    },
  });

type Invoke = (name: string, payload: unknown) => Promise<unknown>;

const setUp = (definition: unknown, invokeFunction: Invoke, store?: ExecutionStore) => {
  const clock = virtualClock(START);
  let ended = 0;
  const runner = stateMachineRunner({
    clock,
    machines: [{ name: 'load', definition }],
    invokeFunction,
    ...(store === undefined ? {} : { store, record: true }),
    onFinished: ({ name, status, error }) => {
      if (status !== 'SUCCEEDED') throw new LoadFailed(`${name} ended as ${status}: ${error}`);
      ended += 1;
    },
  });
  return { clock, runner, ended: () => ended };
};

const noFunction = async (name: string): Promise<never> => {
  throw new LoadFailed(`no function is called here: ${name}`);
};

const measured = async (
  what: string,
  executions: number,
  { clock, runner, ended }: ReturnType<typeof setUp>,
): Promise<Load> => {
  const startedAt = performance.now();
  for (let index = 0; index < executions; index += 1)
    await runner.startExecution({ stateMachine: 'load', name: `e${index}`, input: { id: `e${index}` } });
  await clock.run();
  const seconds = (performance.now() - startedAt) / 1000;
  if (ended() !== executions) throw new LoadFailed(`${what}: ${ended()} of ${executions} executions ended`);
  const transitions = runner.executions().reduce((sum, one) => sum + one.transitions, 0);
  return { what, transitions, seconds };
};

/** Executions of one chain of Pass states, one after the other. */
export const chains = (length: number, executions: number): Promise<Load> =>
  measured(`${executions} chains of ${length} Pass states`, executions, setUp(chain(length), noFunction));

const resumed = (machines: number, times: number, where: string, store?: ExecutionStore): Promise<Load> => {
  const answer: Invoke = async (_name, payload) => {
    const { clock, runner } = load;
    clock.at(clock.millis() + 60_000, () => runner.sendTaskSuccess(String(payload), { yes: true }));
    return {};
  };
  const load = setUp(asking(times), answer, store);
  return measured(`${machines} machines resumed ${times} times each${where}`, machines, load);
};

/** Machines that wait side by side and are each resumed so many times. */
export const waiting = (machines: number, times: number): Promise<Load> => resumed(machines, times, '');

/** The same with every change in a file. */
export const waitingOnFile = async (machines: number, times: number): Promise<Load> => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const store = sqliteExecutions(join(folder, 'executions.db'));
  try {
    return await resumed(machines, times, ', on a file', store);
  } finally {
    store.close();
    rmSync(folder, { recursive: true });
  }
};

/** One Map over so many items. */
export const mapped = (items: number): Promise<Load> =>
  measured(`a Map over ${items} items`, 1, setUp(mapping(items), noFunction));

/** What an execution takes with few ended ones before it and with many. */
export type Growth = {
  readonly finished: number;
  readonly firstMicros: number;
  readonly lastMicros: number;
  /** Bytes of memory that stay for each ended execution: its name, status, instants and count. */
  readonly bytesEach: number;
};

/** Runs many short executions in ten rounds, and says whether the last ones take longer than the first. */
export const growth = async (finished: number): Promise<Growth> => {
  const { clock, runner } = setUp(machineOf({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Succeed' } }), noFunction);
  const round = Math.floor(finished / 10);
  const micros: number[] = [];
  let heapAfterFirst = 0;
  for (let from = 0; from < round * 10; from += round) {
    const startedAt = performance.now();
    for (let index = from; index < from + round; index += 1)
      await runner.startExecution({ stateMachine: 'load', name: `e${index}`, input: {} });
    await clock.run();
    micros.push(((performance.now() - startedAt) * 1000) / round);
    globalThis.gc?.();
    if (from === 0) heapAfterFirst = process.memoryUsage().heapUsed;
  }
  // The first round is spent on compiling.
  return {
    finished: round * 10,
    firstMicros: micros[1] ?? 0,
    lastMicros: micros.at(-1) ?? 0,
    bytesEach: (process.memoryUsage().heapUsed - heapAfterFirst) / (round * 9),
  };
};
