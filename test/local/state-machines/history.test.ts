import { describe, expect, test } from 'vitest';
import type { ExecutionSummary } from '../../../local/state-machines/execution.ts';
import { ask, block, invoke, machine, named, run, setUp, tokenOf, types } from './run-machine.ts';

const end = { End: true };
const pass = { Type: 'Pass', ...end };

/** `type<-previousEventId` of each event. */
const chain = ({ events = [] }: Pick<ExecutionSummary, 'events'>) =>
  events.map(({ type, previousEventId }) => `${type}<-${previousEventId}`);
const event = ({ events = [] }: Pick<ExecutionSummary, 'events'>, type: string) =>
  events.find((one) => one.type === type);

describe('the history', () => {
  test('numbers its events from 1, and begins its chain with the first state', async () => {
    const result = await run(machine({ A: { Type: 'Pass', Next: 'B' }, B: pass }));
    expect(result.events?.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(chain(result)).toEqual([
      'ExecutionStarted<-0',
      'PassStateEntered<-0',
      'PassStateExited<-2',
      'PassStateEntered<-3',
      'PassStateExited<-4',
      'ExecutionSucceeded<-5',
    ]);
  });

  test('chains each branch to the start of the Parallel, and goes on from the last event inside', async () => {
    const result = await run(
      machine({
        P: {
          Type: 'Parallel',
          Branches: [block({ A: pass }), block({ B: { Type: 'Pass', Next: 'C' }, C: pass })],
          ...end,
        },
      }),
    );
    expect(chain(result)).toEqual([
      'ExecutionStarted<-0',
      'ParallelStateEntered<-0',
      'ParallelStateStarted<-2',
      'PassStateEntered<-3',
      'PassStateExited<-4',
      'PassStateEntered<-3',
      'PassStateExited<-6',
      'PassStateEntered<-7',
      'PassStateExited<-8',
      'ParallelStateSucceeded<-9',
      'ParallelStateExited<-9',
      'ExecutionSucceeded<-11',
    ]);
  });

  test('chains the first iterations to the start of the Map, and each later one to the end inside the one that made room', async () => {
    const result = await run(
      machine({ M: { Type: 'Map', MaxConcurrency: 1, ItemProcessor: block({ I: pass }), ...end } }),
      [1, 2],
    );
    expect(chain(result)).toEqual([
      'ExecutionStarted<-0',
      'MapStateEntered<-0',
      'MapStateStarted<-2',
      'MapIterationStarted<-3',
      'PassStateEntered<-4',
      'PassStateExited<-5',
      'MapIterationSucceeded<-6',
      'MapIterationStarted<-6',
      'PassStateEntered<-8',
      'PassStateExited<-9',
      'MapIterationSucceeded<-10',
      'MapStateSucceeded<-11',
      'MapStateExited<-11',
      'ExecutionSucceeded<-13',
    ]);
    expect(event(result, 'MapStateStarted')?.mapStateStartedEventDetails).toEqual({ length: 2 });
    expect(event(result, 'MapIterationStarted')?.mapIterationStartedEventDetails).toEqual({ index: 0, name: 'M' });
  });

  const boom = block({ Boom: { Type: 'Fail', Error: 'E', Cause: 'c' } });
  const undef = block({ U: { Type: 'Pass', Output: '{% $states.input.none %}', ...end } });
  const broken = block({ R: { Type: 'Choice', Choices: [{ Condition: false, Next: 'S' }] }, S: { Type: 'Succeed' } });
  const group = (branch: unknown, more: Record<string, unknown> = {}) =>
    machine({ P: { Type: 'Parallel', Branches: [branch], ...end, ...more }, ...(more.Catch ? { Done: pass } : {}) });
  const overOne = (processor: unknown, more: Record<string, unknown> = {}) =>
    machine({ M: { Type: 'Map', Items: [1, 2], MaxConcurrency: 1, ItemProcessor: processor, ...end, ...more } });
  const start = ['ExecutionStarted<-0', 'ParallelStateEntered<-0', 'ParallelStateStarted<-2'];
  const mapStart = ['ExecutionStarted<-0', 'MapStateEntered<-0', 'MapStateStarted<-2', 'MapIterationStarted<-3'];

  test.each<[string, unknown, string[]]>([
    [
      'a branch that fails',
      group(boom),
      [...start, 'FailStateEntered<-3', 'ParallelStateFailed<-4', 'ExecutionFailed<-5'],
    ],
    [
      'a branch that fails again after a retry',
      group(boom, { Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }] }),
      [
        ...start,
        'FailStateEntered<-3',
        'ParallelStateStarted<-4',
        'FailStateEntered<-5',
        'ParallelStateFailed<-6',
        'ExecutionFailed<-7',
      ],
    ],
    [
      'a branch whose failure is caught',
      group(undef, { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Done' }] }),
      [
        ...start,
        'PassStateEntered<-3',
        'EvaluationFailed<-4',
        'ParallelStateFailed<-5',
        'ParallelStateExited<-6',
        'PassStateEntered<-7',
        'PassStateExited<-8',
        'ExecutionSucceeded<-9',
      ],
    ],
    [
      'a Catch whose Output fails',
      group(boom, { Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $states.input.none %}', Next: 'Done' }] }),
      [
        ...start,
        'FailStateEntered<-3',
        'ParallelStateFailed<-4',
        'EvaluationFailed<-4',
        'ParallelStateFailed<-6',
        'ExecutionFailed<-7',
      ],
    ],
    ['an error of the runtime in a branch', group(broken), [...start, 'ChoiceStateEntered<-3', 'ExecutionFailed<-4']],
    [
      'an iteration that fails',
      overOne(undef),
      [
        ...mapStart,
        'PassStateEntered<-4',
        'EvaluationFailed<-5',
        'MapIterationFailed<-6',
        'MapStateFailed<-6',
        'ExecutionFailed<-8',
      ],
    ],
    [
      'an iteration that fails again after a retry',
      overOne(boom, { Retry: [{ ErrorEquals: ['E'], MaxAttempts: 1 }] }),
      [
        ...mapStart,
        'FailStateEntered<-4',
        'MapIterationFailed<-5',
        'MapStateStarted<-5',
        'MapIterationStarted<-7',
        'FailStateEntered<-8',
        'MapIterationFailed<-9',
        'MapStateFailed<-9',
        'ExecutionFailed<-11',
      ],
    ],
    [
      'an error of the runtime in an iteration',
      overOne(broken),
      [...mapStart, 'ChoiceStateEntered<-4', 'ExecutionFailed<-5'],
    ],
    [
      'Items that fail',
      overOne(undef, { Items: '{% $states.input.none %}' }),
      ['ExecutionStarted<-0', 'MapStateEntered<-0', 'EvaluationFailed<-2', 'MapStateFailed<-3', 'ExecutionFailed<-4'],
    ],
    [
      'Arguments that fail at each attempt',
      machine({
        T: invoke('f', {
          Arguments: '{% $states.input.none %}',
          Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }],
          ...end,
        }),
      }),
      [
        'ExecutionStarted<-0',
        'TaskStateEntered<-0',
        'EvaluationFailed<-2',
        'EvaluationFailed<-3',
        'ExecutionFailed<-4',
      ],
    ],
  ])('tells of %s as measured on AWS', async (_what, definition, expected) => {
    expect(chain(await run(definition))).toEqual(expected);
  });

  test('tells of a task whose failure ends a branch that it was aborted, and passes that by', async () => {
    const result = await run(
      group(block({ T: invoke('f', end) }), { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Done' }] }),
      {},
      {
        f: () => {
          throw named('E');
        },
      },
    );
    expect(chain(result).slice(3, 10)).toEqual([
      'TaskStateEntered<-3',
      'TaskScheduled<-4',
      'TaskStarted<-5',
      'TaskFailed<-6',
      'TaskStateAborted<-7',
      'ParallelStateFailed<-7',
      'ParallelStateExited<-9',
    ]);
  });

  const started = (names: string[], more: Record<string, unknown>) =>
    machine({ M: { Type: 'Map', Items: names, ItemProcessor: block({ T: ask('f', { ...more, ...end }) }), ...end } });

  test('lets each iteration schedule its task before any of them starts, and gives up the others in order when one times out', async () => {
    const result = await run(started(['a', 'b', 'c'], { TimeoutSeconds: 5 }), {}, { f: () => ({}) });
    expect(chain(result)).toEqual([
      'ExecutionStarted<-0',
      'MapStateEntered<-0',
      'MapStateStarted<-2',
      'MapIterationStarted<-3',
      'MapIterationStarted<-3',
      'MapIterationStarted<-3',
      'TaskStateEntered<-4',
      'TaskScheduled<-7',
      'TaskStateEntered<-5',
      'TaskScheduled<-9',
      'TaskStateEntered<-6',
      'TaskScheduled<-11',
      'TaskStarted<-8',
      'TaskStarted<-10',
      'TaskStarted<-12',
      'TaskSubmitted<-13',
      'TaskSubmitted<-14',
      'TaskSubmitted<-15',
      'TaskTimedOut<-16',
      'MapIterationFailed<-19',
      'TaskStateAborted<-19',
      'MapIterationAborted<-19',
      'TaskStateAborted<-19',
      'MapIterationAborted<-19',
      'TaskStateAborted<-19',
      'MapStateFailed<-19',
      'ExecutionFailed<-26',
    ]);
    const indexes = (result.events ?? []).flatMap(({ mapIterationAbortedEventDetails: details }) => details ?? []);
    expect(indexes).toEqual([
      { index: 1, name: 'M' },
      { index: 2, name: 'M' },
    ]);
  });

  test('gives up what runs in the other branches from outside inwards', async () => {
    const inner = { Type: 'Parallel', Branches: [block({ W: { Type: 'Wait', Seconds: 60, ...end } })], ...end };
    const result = await run(
      machine({
        P: {
          Type: 'Parallel',
          Branches: [block({ I: inner }), block({ S: { Type: 'Wait', Seconds: 1, Next: 'F' }, F: { Type: 'Fail' } })],
          ...end,
        },
      }),
    );
    expect(chain(result).slice(-5)).toEqual([
      'FailStateEntered<-8',
      'ParallelStateAborted<-9',
      'WaitStateAborted<-9',
      'ParallelStateFailed<-9',
      'ExecutionFailed<-12',
    ]);
  });

  test('tells of an evaluation that failed with its place, also inside a branch', async () => {
    const result = await run(group(undef));
    const cause =
      "An error occurred while executing the state 'U' (entered at the event id #4). The JSONata expression '$states.input.none' specified for the field 'Output' returned nothing (undefined).";
    expect(event(result, 'EvaluationFailed')?.evaluationFailedEventDetails).toEqual({
      error: 'States.QueryEvaluationError',
      cause,
      location: 'Output',
      state: 'U',
    });
    expect([result.error, result.cause]).toEqual(['States.QueryEvaluationError', cause]);
  });

  test('names a place inside lists and objects', async () => {
    const result = await run(
      machine({ A: { Type: 'Pass', Output: { list: [1, { v: '{% $states.input.none %}' }] }, ...end } }),
    );
    expect(event(result, 'EvaluationFailed')?.evaluationFailedEventDetails).toMatchObject({
      location: 'Output/list[1]/v',
    });
  });

  test('holds what a task was asked and what it answered', async () => {
    const result = await run(
      machine({
        T: invoke('f', { TimeoutSeconds: 30, Output: '{% $states.result.Payload %}', Assign: { a: 1 }, ...end }),
      }),
      { q: 1 },
      { f: () => ({ r: 2 }) },
    );
    expect(types(result)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    expect(event(result, 'ExecutionStarted')?.executionStartedEventDetails).toMatchObject({
      input: '{"q":1}',
      inputDetails: { truncated: false },
    });
    expect(event(result, 'TaskScheduled')?.taskScheduledEventDetails).toMatchObject({
      resourceType: 'lambda',
      resource: 'invoke',
      timeoutInSeconds: 30,
      parameters: '{"FunctionName":"f","Payload":{"q":1}}',
    });
    expect(event(result, 'TaskStateExited')?.stateExitedEventDetails).toEqual({
      name: 'T',
      output: '{"r":2}',
      outputDetails: { truncated: false },
      assignedVariables: { a: '1' },
      assignedVariablesDetails: { truncated: false },
    });
  });

  test('tells of a token that it was handed over before it came back', async () => {
    const { clock, runner, calls, start, summary } = setUp({ main: machine({ T: ask('f', end) }) }, { f: () => ({}) });
    const arn = await start('main');
    await clock.run({ until: clock.millis() });
    const token = tokenOf(calls);
    await runner.sendTaskFailure(token, 'No', 'not today');
    await clock.run({ until: clock.millis() });
    expect(chain(summary(arn))).toEqual([
      'ExecutionStarted<-0',
      'TaskStateEntered<-0',
      'TaskScheduled<-2',
      'TaskStarted<-3',
      'TaskSubmitted<-4',
      'TaskFailed<-5',
      'ExecutionFailed<-6',
    ]);
    expect(event(summary(arn), 'TaskFailed')?.taskFailedEventDetails).toEqual({
      resourceType: 'lambda',
      resource: 'invoke.waitForTaskToken',
      error: 'No',
      cause: 'not today',
    });
  });

  test('ends a cycle without a wait at 25,000 events', async () => {
    const result = await run(
      machine({
        A: { Type: 'Pass', Next: 'B' },
        B: { Type: 'Choice', Choices: [{ Condition: false, Next: 'C' }], Default: 'A' },
        C: { Type: 'Succeed' },
      }),
    );
    expect(result).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: 'The execution reached the maximum number of history events (25000).',
    });
    expect([result.events?.length, result.events?.at(-1)?.id, result.events?.at(-1)?.type]).toEqual([
      25_000,
      25_000,
      'ExecutionFailed',
    ]);
  });

  test.each([
    [
      'a retry',
      machine({ T: invoke('f', { Retry: [{ ErrorEquals: ['E'], MaxAttempts: 99_999, BackoffRate: 1 }], ...end }) }),
    ],
    ['a Map', machine({ M: { Type: 'Map', Items: '{% [1..9000] %}', ItemProcessor: block({ I: pass }), ...end } })],
  ])('is as long for %s', async (_what, definition) => {
    const result = await run(
      definition,
      {},
      {
        f: () => {
          throw named('E');
        },
      },
    );
    expect([result.status, result.events?.length]).toEqual(['FAILED', 25_000]);
  });
});

describe('transitions', () => {
  test.each<[string, unknown, unknown, number]>([
    ['every state entered', machine({ A: { Type: 'Pass', Next: 'B' }, B: pass }), {}, 2],
    [
      'a Parallel and the states inside',
      machine({ P: { Type: 'Parallel', Branches: [block({ A: pass }), block({ B: pass })], ...end } }),
      {},
      3,
    ],
    [
      'a Map and the states of each iteration',
      machine({ M: { Type: 'Map', ItemProcessor: block({ I: pass }), ...end } }),
      [1, 2, 3],
      4,
    ],
    ['the state that fails', machine({ F: { Type: 'Fail' } }), {}, 1],
  ])('count %s', async (_what, definition, input, count) => {
    expect((await run(definition, input)).transitions).toBe(count);
  });
});
