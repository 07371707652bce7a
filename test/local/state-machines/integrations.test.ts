import { describe, expect, test } from 'vitest';
import { ask, block, invoke, machine, named, run, setUp, tokenOf, types } from './run-machine.ts';

const end = { End: true };
const child = (way: string, more: Record<string, unknown> = {}) => ({
  Type: 'Task',
  Resource: `arn:aws:states:::states:startExecution${way}`,
  Arguments: {
    StateMachineArn: 'arn:aws:states:local:000000000000:stateMachine:child:live',
    Name: 'kid',
    Input: { a: 1 },
  },
  ...more,
});

describe('lambda:invoke', () => {
  test.each([
    'f',
    'arn:aws:lambda:eu-west-1:111111111111:function:f',
    'arn:aws:lambda:eu-west-1:111111111111:function:f:live',
  ])('calls the function %s by its name', async (name) => {
    const { calls, output } = await run(machine({ T: invoke(name, end) }), { q: [1] }, { f: () => ({ r: 1 }) });
    expect(calls).toEqual([{ name: 'f', payload: { q: [1] } }]);
    expect(output).toMatchObject({ Payload: { r: 1 }, StatusCode: 200, ExecutedVersion: '$LATEST' });
  });

  test('hands over and takes back JSON, and shares nothing', async () => {
    const { output } = await run(
      machine({
        T: invoke('f', { Output: { mine: '{% $states.input %}', theirs: '{% $states.result.Payload %}' }, ...end }),
      }),
      { list: [1] },
      {
        f: (payload: never) => {
          (payload as { list: number[] }).list.push(2);
          return { when: new Date(0), gone: undefined };
        },
      },
    );
    expect(output).toEqual({ mine: { list: [1] }, theirs: { when: '1970-01-01T00:00:00.000Z' } });
  });

  test('takes nothing for null', async () => {
    expect(
      (
        await run(
          machine({ T: invoke('f', { Output: '{% $states.result.Payload %}', ...end }) }),
          {},
          { f: () => undefined },
        )
      ).output,
    ).toBeNull();
  });

  test.each<[unknown, string, string]>([
    [named('SlotTaken', 'gone'), 'SlotTaken', '{"errorType":"SlotTaken","errorMessage":"gone","trace":[]}'],
    [new TypeError('oops'), 'TypeError', '{"errorType":"TypeError","errorMessage":"oops","trace":[]}'],
    [named('Lambda.TooManyRequestsException', 'Rate exceeded'), 'Lambda.TooManyRequestsException', 'Rate exceeded'],
    ['just text', 'Error', '{"errorType":"Error","errorMessage":"just text","trace":[]}'],
  ])('passes on %s as AWS does', async (thrown, error, cause) => {
    expect(
      await run(
        machine({ T: invoke('f', end) }),
        {},
        {
          f: () => {
            throw thrown;
          },
        },
      ),
    ).toMatchObject({ status: 'FAILED', error, cause });
  });

  test('of a machine without such a function fails the task, and a catcher may take that up', async () => {
    const { error } = await run(machine({ T: invoke('nobody', end) }));
    expect(error).toBe('Lambda.ResourceNotFoundException');
  });
});

describe('a task token', () => {
  const waiting = async (fields: Record<string, unknown> = {}) => {
    const made = setUp({ main: machine({ T: ask('f', { ...fields, ...end }) }) }, { f: () => ({}) });
    const arn = await made.start('main');
    await made.clock.run({ until: made.clock.millis() });
    return { ...made, arn, token: tokenOf(made.calls) };
  };

  test('goes on with what it is sent', async () => {
    const { runner, clock, summary, arn, token } = await waiting();
    await runner.sendTaskSuccess(token, { answer: [42] });
    await clock.run();
    expect(summary(arn)).toMatchObject({ status: 'SUCCEEDED', output: { answer: [42] } });
  });

  test('may be sent back before the function has answered', async () => {
    const { clock, runner, start, summary } = setUp(
      { main: machine({ T: ask('f', end) }) },
      {
        f: async (payload: never) => {
          await runner.sendTaskSuccess((payload as { token: string }).token, 'early');
          return {};
        },
      },
    );
    const arn = await start('main');
    await clock.run();
    expect(summary(arn)).toMatchObject({ status: 'SUCCEEDED', output: 'early' });
  });

  test('is no good to the second caller', async () => {
    const { runner, token } = await waiting();
    await runner.sendTaskSuccess(token, 1);
    await expect(runner.sendTaskSuccess(token, 2)).rejects.toMatchObject({ name: 'TaskTimedOut' });
    await expect(runner.sendTaskFailure(token)).rejects.toMatchObject({ name: 'TaskTimedOut' });
    await expect(runner.sendTaskHeartbeat(token)).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });

  test('is no good once the task has timed out', async () => {
    const { runner, clock, token } = await waiting({ TimeoutSeconds: 5 });
    await clock.run();
    await expect(runner.sendTaskSuccess(token, 1)).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });

  test('is no good once the execution was stopped', async () => {
    const { runner, arn, token } = await waiting();
    await runner.stopExecution(arn);
    await expect(runner.sendTaskSuccess(token, 1)).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });

  test.each([
    ['made up', 'x', 'InvalidToken'],
    ['empty', '', 'InvalidToken'],
    ['too long', 'x'.repeat(2049), 'InvalidToken'],
    ['of the right form but never given out', 'AQB4AAAAKgAAAAMAAAAAAAAAAabc.zz', 'TaskDoesNotExist'],
  ])('that is %s is refused', async (_what, token, name) => {
    const { runner } = await waiting();
    await expect(runner.sendTaskSuccess(token, 1)).rejects.toMatchObject({ name });
  });

  test('does not carry more than 262,144 bytes', async () => {
    const { runner, token } = await waiting();
    await expect(runner.sendTaskSuccess(token, 'x'.repeat(262_143))).rejects.toMatchObject({ name: 'InvalidOutput' });
  });

  test("is kept alive by heartbeats, but not beyond the task's own deadline", async () => {
    const { runner, clock, summary, arn, token } = await waiting({ TimeoutSeconds: 50, HeartbeatSeconds: 20 });
    const begun = clock.millis();
    for (const second of [15, 30, 45]) clock.at(begun + second * 1000, () => runner.sendTaskHeartbeat(token));
    await clock.run();
    expect([summary(arn).error, (clock.millis() - begun) / 1000]).toEqual(['States.Timeout', 50]);
  });

  test('is a new one at each retry', async () => {
    const { clock, start, calls, runner } = setUp(
      { main: machine({ T: ask('f', { Retry: [{ ErrorEquals: ['Lambda.ServiceException'] }], ...end }) }) },
      {
        f: (_payload, call) => {
          if (call === 1) throw named('Lambda.ServiceException');
          return {};
        },
      },
    );
    await start('main');
    await clock.run({ until: clock.millis() + 5000 });
    expect(tokenOf(calls)).not.toBe(tokenOf(calls, 1));
    await expect(runner.sendTaskSuccess(tokenOf(calls), 1)).rejects.toMatchObject({ name: 'TaskTimedOut' });
    await runner.sendTaskSuccess(tokenOf(calls, 1), 1);
  });
});

describe('startExecution', () => {
  const ends = machine({ W: { Type: 'Wait', Seconds: 7, Output: { got: '{% $states.input %}' }, ...end } });
  const fails = machine({ W: { Type: 'Fail', Error: 'Bad', Cause: 'luck' } });

  test('goes on at once, and leaves the child its own', async () => {
    const { clock, runner, start, summary } = setUp({ main: machine({ T: child('', end) }), child: ends });
    const arn = await start('main');
    await clock.run({ until: clock.millis() });
    expect(summary(arn)).toMatchObject({
      status: 'SUCCEEDED',
      output: { ExecutionArn: 'arn:aws:states:local:000000000000:execution:child:kid' },
    });
    expect(runner.executions()[1]).toMatchObject({ name: 'kid', status: 'RUNNING', parent: arn });
  });

  test.each<[string, unknown, unknown]>([
    ['.sync', '{"a":1}', '{"got":{"a":1}}'],
    ['.sync:2', { a: 1 }, { got: { a: 1 } }],
  ])('%s waits for the child and tells what became of it', async (way, Input, Output) => {
    const { clock, start, summary } = setUp({ main: machine({ T: child(way, end) }), child: ends });
    const arn = await start('main');
    await clock.run();
    expect(summary(arn)).toMatchObject({
      status: 'SUCCEEDED',
      output: { Name: 'kid', Status: 'SUCCEEDED', Input, Output },
    });
    expect(types(summary(arn))).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
  });

  test('.sync fails with States.TaskFailed when the child fails, and its cause is the child', async () => {
    const { clock, start, summary } = setUp({ main: machine({ T: child('.sync:2', end) }), child: fails });
    const arn = await start('main');
    await clock.run();
    expect(summary(arn)).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
    expect(JSON.parse(summary(arn).cause ?? '')).toMatchObject({
      Cause: 'luck',
      Error: 'Bad',
      Input: '{"a":1}',
      Name: 'kid',
      Status: 'FAILED',
    });
  });

  test.each<[string, Record<string, unknown>, string]>([
    [
      'of a machine that there is not',
      { StateMachineArn: 'nobody', Name: 'kid' },
      'StepFunctions.StateMachineDoesNotExistException',
    ],
    [
      'under a name that AWS does not take',
      { StateMachineArn: 'child', Name: 'a b' },
      'StepFunctions.InvalidNameException',
    ],
  ])('%s fails the task', async (_what, Arguments, error) => {
    const { clock, start, summary } = setUp({
      main: machine({ T: child('.sync', { Arguments, ...end }) }),
      child: ends,
    });
    const arn = await start('main');
    await clock.run();
    expect(summary(arn)).toMatchObject({ status: 'FAILED', error });
    expect(summary(arn).cause).toContain(' (Service: AWSStepFunctions; Status Code: 400; Error Code: ');
  });

  test('with an input of null gives the child an empty object', async () => {
    const Arguments = { StateMachineArn: 'child', Name: 'kid', Input: null };
    const { clock, start, summary } = setUp({
      main: machine({ T: child('.sync:2', { Arguments, ...end }) }),
      child: ends,
    });
    const arn = await start('main');
    await clock.run();
    expect(summary(arn).output).toMatchObject({ Input: {}, Output: { got: {} } });
  });

  test('under a name that is taken fails the task', async () => {
    const { clock, start, summary } = setUp({ main: machine({ T: child('', end) }), child: ends });
    await start('child', { other: true }, 'kid');
    const arn = await start('main');
    await clock.run();
    expect(summary(arn)).toMatchObject({ status: 'FAILED', error: 'StepFunctions.ExecutionAlreadyExistsException' });
  });

  test('without a name finds one of its own', async () => {
    const { clock, runner, start } = setUp({
      main: machine({ T: child('.sync', { Arguments: { StateMachineArn: 'child' }, ...end }) }),
      child: ends,
    });
    await start('main', {}, 'one');
    await start('main', {}, 'two');
    await clock.run();
    expect(runner.executions().map(({ status }) => status)).toEqual(Array.from({ length: 4 }, () => 'SUCCEEDED'));
  });

  test.each<[string, Record<string, unknown>]>([
    ['times out', { TimeoutSeconds: 3 }],
    ['is given up with its branch', {}],
  ])('.sync stops the child when the task %s', async (_what, fields) => {
    const nested = Object.keys(fields).length === 0;
    const task = child('.sync', { ...fields, ...end });
    const definition = nested
      ? machine({
          P: {
            Type: 'Parallel',
            Branches: [
              block({ T: task }),
              block({ W: { Type: 'Wait', Seconds: 3, Next: 'F' }, F: { Type: 'Fail', Error: 'E' } }),
            ],
            ...end,
          },
        })
      : machine({ T: task });
    const { clock, runner, start } = setUp({ main: definition, child: ends });
    await start('main');
    await clock.run();
    expect(runner.executions().map(({ status }) => status)).toEqual(['FAILED', 'ABORTED']);
  });
});
