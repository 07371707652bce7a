import { describe, expect, test } from 'vitest';
import { ask, block, invoke, machine, NINE_O_CLOCK, named, run, setUp, types } from './run-machine.ts';

const end = { End: true };
const retrier = (ErrorEquals: string[], more: Record<string, unknown> = {}) => ({ ErrorEquals, ...more });
const always = (name: string) => ({
  f: () => {
    throw named(name);
  },
});

/** When the function was called, in seconds from the start. */
const callTimes = async (Retry: unknown[], errors: string[], random?: () => number) => {
  const times: number[] = [];
  const { clock, start, summary } = setUp(
    { main: machine({ T: invoke('f', { Retry, ...end }) }) },
    {
      f: (_payload, call) => {
        times.push((clock.millis() - NINE_O_CLOCK) / 1000);
        const error = errors[call - 1];
        if (error !== undefined) throw named(error);
        return {};
      },
    },
    random === undefined ? {} : { random },
  );
  const arn = await start('main');
  await clock.run();
  return { times, ...summary(arn) };
};

describe('Retry', () => {
  test.each<[string, Record<string, unknown>, number, number[]]>([
    ['three times by default, twice as long each time', {}, 9, [0, 1, 3, 7]],
    ['as often as MaxAttempts says', { MaxAttempts: 1 }, 9, [0, 1]],
    ['not at all with MaxAttempts 0', { MaxAttempts: 0 }, 9, [0]],
    ['at even distances with BackoffRate 1', { IntervalSeconds: 5, BackoffRate: 1 }, 2, [0, 5, 10]],
    ['never later than MaxDelaySeconds', { IntervalSeconds: 2, BackoffRate: 10, MaxDelaySeconds: 7 }, 9, [0, 2, 9, 16]],
    ['until the task ends well', {}, 1, [0, 1]],
  ])('tries again %s', async (_how, fields, failures, expected) => {
    const { times } = await callTimes(
      [retrier(['E'], fields)],
      Array.from({ length: failures }, () => 'E'),
    );
    expect(times).toEqual(expected);
  });

  test('draws the delay between nothing and all of it with JitterStrategy FULL', async () => {
    const { times } = await callTimes(
      [retrier(['E'], { IntervalSeconds: 8, JitterStrategy: 'FULL', MaxAttempts: 1 })],
      ['E'],
      () => 0.25,
    );
    expect(times).toEqual([0, 2]);
  });

  test('keeps the count of attempts for each retrier', async () => {
    const { times, status } = await callTimes(
      [
        retrier(['A'], { IntervalSeconds: 1, MaxAttempts: 2, BackoffRate: 1 }),
        retrier(['B'], { IntervalSeconds: 10, MaxAttempts: 1 }),
      ],
      ['A', 'B', 'A', 'A'],
    );
    expect([times, status]).toEqual([[0, 1, 11, 12], 'FAILED']);
  });

  test('lets only the first matching retrier count', async () => {
    const { times } = await callTimes(
      [retrier(['A'], { MaxAttempts: 1 }), retrier(['States.ALL'], { MaxAttempts: 5 })],
      ['A', 'A', 'A'],
    );
    expect(times).toEqual([0, 1]);
  });

  test('counts as a transition each time', async () => {
    expect((await callTimes([retrier(['E'])], ['E', 'E'])).transitions).toBe(3);
  });

  test('starts the branches of a Parallel afresh', async () => {
    const definition = machine({
      P: {
        Type: 'Parallel',
        Branches: [block({ T: invoke('f', { ...end, Output: 'in' }) })],
        Retry: [retrier(['E'])],
        ...end,
      },
    });
    const result = await run(
      definition,
      {},
      {
        f: (_payload, call) => {
          if (call === 1) throw named('E');
          return {};
        },
      },
    );
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: ['in'], transitions: 4 });
  });
});

describe('Catch', () => {
  const caughtBy = (names: string[], error: string) =>
    run(
      machine({
        T: invoke('f', { Catch: [{ ErrorEquals: names, Next: 'Caught' }], ...end }),
        Caught: { Type: 'Pass', ...end },
      }),
      {},
      always(error),
    );

  test.each<[string[], string, boolean]>([
    [['E'], 'E', true],
    [['E'], 'F', false],
    [['D', 'E'], 'E', true],
    [['States.ALL'], 'E', true],
    [['States.TaskFailed'], 'E', true],
    [['States.TaskFailed'], 'States.Timeout', false],
    [['States.ALL'], 'States.Timeout', true],
    [['States.ALL'], 'States.DataLimitExceeded', false],
    [['States.TaskFailed'], 'States.DataLimitExceeded', false],
    [['States.DataLimitExceeded'], 'States.DataLimitExceeded', true],
    [['States.ALL'], 'States.Runtime', false],
    [['States.ALL'], 'States.Permissions', true],
    [['States.Permissions'], 'States.Permissions', true],
  ])('of %j takes up %s: %s', async (names, error, caught) => {
    expect((await caughtBy(names, error)).status).toBe(caught ? 'SUCCEEDED' : 'FAILED');
  });

  test('runs its own Assign and Output, on the values at entry, and not those of the state', async () => {
    const { output } = await run(
      machine({
        Set: { Type: 'Pass', Assign: { n: 1 }, Next: 'T' },
        T: invoke('f', {
          Assign: { n: 50 },
          Output: 'own',
          Catch: [
            {
              ErrorEquals: ['E'],
              Assign: { n: '{% $n + 1 %}' },
              Output: { n: '{% $n %}', in: '{% $states.input %}', error: '{% $states.errorOutput.Error %}' },
              Next: 'Tell',
            },
          ],
          ...end,
        }),
        Tell: { Type: 'Pass', Output: '{% [$states.input, $n] %}', ...end },
      }),
      { a: 1 },
      always('E'),
    );
    expect(output).toEqual([{ n: 1, in: { a: 1 }, error: 'E' }, 2]);
  });

  test('comes after the retries', async () => {
    const result = await run(
      machine({
        T: invoke('f', {
          Retry: [retrier(['E'], { MaxAttempts: 2 })],
          Catch: [{ ErrorEquals: ['E'], Next: 'C' }],
          ...end,
        }),
        C: { Type: 'Pass', Output: 'caught', ...end },
      }),
      {},
      always('E'),
    );
    expect([result.output, result.calls.length, result.transitions]).toEqual(['caught', 3, 4]);
  });

  test.each<[string, Record<string, unknown>]>([
    ['Arguments', { Arguments: { FunctionName: 'f', Payload: '{% $states.input.none %}' } }],
    ['Output', { Output: '{% $states.input.none %}' }],
    ['Assign', { Assign: { v: '{% $states.input.none %}' } }],
    ['TimeoutSeconds', { TimeoutSeconds: '{% 0 %}' }],
  ])('takes up an expression of %s that fails', async (field, fields) => {
    const result = await run(
      machine({
        T: invoke('f', {
          ...fields,
          Catch: [
            { ErrorEquals: ['States.QueryEvaluationError'], Output: '{% $states.errorOutput.Cause %}', Next: 'C' },
          ],
          ...end,
        }),
        C: { Type: 'Pass', ...end },
      }),
      {},
      { f: () => ({}) },
    );
    expect(result.status).toBe('SUCCEEDED');
    expect(result.output).toContain(`specified for the field '${field}`);
  });

  test('whose own expression fails ends the execution with that', async () => {
    const result = await run(
      machine({
        T: invoke('f', {
          Retry: [retrier(['States.ALL'], { MaxAttempts: 0 })],
          Catch: [{ ErrorEquals: ['E'], Output: '{% $states.input.none %}', Next: 'C' }],
          ...end,
        }),
        C: { Type: 'Pass', ...end },
      }),
      {},
      always('E'),
    );
    expect(result.cause).toContain("specified for the field 'Catch[0]/Output' returned nothing (undefined).");
  });
});

describe('a deadline', () => {
  const waiting = (fields: Record<string, unknown>, names: string[]) =>
    run(
      machine({
        T: ask('f', {
          ...fields,
          Catch: [{ ErrorEquals: names, Output: '{% $states.errorOutput %}', Next: 'C' }],
          ...end,
        }),
        C: { Type: 'Pass', ...end },
      }),
      {},
      { f: () => ({}) },
    );

  test('of a task ends it with States.Timeout, without a cause', async () => {
    const result = await waiting({ TimeoutSeconds: 60 }, ['States.Timeout']);
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { Error: 'States.Timeout' }, millis: 60_000 });
  });

  test.each(['States.HeartbeatTimeout', 'States.Timeout'])('of a heartbeat is known to Catch as %s', async (name) => {
    const result = await waiting({ TimeoutSeconds: 600, HeartbeatSeconds: 20 }, [name]);
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { Error: 'States.Timeout' }, millis: 20_000 });
    expect(types(result)).toContain('TaskTimedOut');
  });

  test('of the machine ends the execution as timed out', async () => {
    const result = await run(machine({ W: { Type: 'Wait', Seconds: 100, ...end } }, { TimeoutSeconds: 5 }));
    expect(result).toMatchObject({ status: 'TIMED_OUT', millis: 5000 });
    expect([result.error, result.cause]).toEqual([undefined, undefined]);
    expect(types(result)).toEqual(['ExecutionStarted', 'WaitStateEntered', 'ExecutionTimedOut']);
    expect(result.events?.at(-1)).toMatchObject({
      previousEventId: 0,
      executionTimedOutEventDetails: { error: 'States.Timeout' },
    });
  });

  test('of one year ends every execution', async () => {
    const { status, millis } = await run(machine({ T: ask('f', end) }), {}, { f: () => ({}) });
    expect([status, millis / 86_400_000]).toEqual(['TIMED_OUT', 365]);
  });
});

describe('data larger than 262,144 bytes', () => {
  test.each<[string, Record<string, unknown>]>([
    ['an Output', { Output: "{% $pad('', 262143, 'x') %}" }],
    ['a letter of three bytes', { Output: "{% $pad('', 87382, '€') %}" }],
    ['a variable', { Assign: { v: "{% $pad('', 262143, 'x') %}" } }],
  ])('fails the state: %s', async (_what, fields) => {
    expect(await run(machine({ E: { Type: 'Pass', ...fields, ...end } }))).toMatchObject({
      status: 'FAILED',
      error: 'States.DataLimitExceeded',
      cause: "The state/task 'E' returned a result with a size exceeding the maximum number of bytes service limit.",
    });
  });

  const large = { f: () => 'x'.repeat(262_144) };
  const caught = (names: string[], more: Record<string, unknown> = {}) =>
    machine({
      T: invoke('f', { ...more, Catch: [{ ErrorEquals: names, Next: 'C' }], ...end }),
      C: { Type: 'Pass', ...end },
    });
  const cause =
    "The state/task 'lambda' returned a result with a size exceeding the maximum number of bytes service limit.";

  test.each(['States.DataLimitExceeded', 'States.ALL'])(
    'as the result of a task fails it, and is known to Catch as %s',
    async (name) => {
      const result = await run(caught([name], { Output: 'small' }), {}, large);
      expect(result).toMatchObject({
        status: 'SUCCEEDED',
        output: { Error: 'States.DataLimitExceeded', Cause: cause },
      });
      expect(types(result)).toContain('TaskFailed');
    },
  );

  test('as what a state makes of a small result is not known to Catch as States.ALL', async () => {
    const output = "{% $pad('', 262143, 'x') %}";
    expect(await run(caught(['States.ALL'], { Output: output }), {}, { f: () => ({}) })).toMatchObject({
      status: 'FAILED',
      error: 'States.DataLimitExceeded',
    });
  });

  test('is counted over all that one Assign sets', async () => {
    const half = "{% $pad('', 140000, 'x') %}";
    const two = machine({ E: { Type: 'Pass', Assign: { a: half, b: half }, ...end } });
    expect(await run(two)).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
    const inTurn = machine({
      E: { Type: 'Pass', Assign: { a: half }, Next: 'F' },
      F: { Type: 'Pass', Assign: { b: half }, ...end },
    });
    expect((await run(inTurn)).status).toBe('SUCCEEDED');
  });

  test('may be a variable at a time, but not 10 MiB of variables', async () => {
    const states = Array.from({ length: 45 }, (_, index) => [
      `S${index}`,
      {
        Type: 'Pass',
        Assign: { [`v${index}`]: "{% $pad('', 262000, 'x') %}" },
        ...(index === 44 ? end : { Next: `S${index + 1}` }),
      },
    ]);
    const result = await run(machine(Object.fromEntries(states)));
    expect([result.status, result.error]).toEqual(['FAILED', 'States.DataLimitExceeded']);
    expect(types(result).filter((type) => type === 'PassStateExited')).toHaveLength(40);
  });

  test('is not what is exactly as large', async () => {
    expect((await run(machine({ E: { Type: 'Pass', Output: "{% $pad('', 262142, 'x') %}", ...end } }))).status).toBe(
      'SUCCEEDED',
    );
  });
});
