import { describe, expect, test } from 'vitest';
import { ask, machine, setUp, tokenOf, types } from './run-machine.ts';

const end = { End: true };
const waits = machine({ W: { Type: 'Wait', Seconds: 10, ...end } });
const DAY = 86_400_000;

describe('StartExecution', () => {
  test('of the same name and input is the same execution while it runs', async () => {
    const { runner, clock } = setUp({ main: waits });
    const first = await runner.startExecution({ stateMachine: 'main', name: 'one', input: { a: 1 } });
    await clock.run({ until: clock.millis() + 1000 });
    expect(await runner.startExecution({ stateMachine: 'main', name: 'one', input: { a: 1 } })).toEqual(first);
    expect(runner.executions()).toHaveLength(1);
  });

  test('of the same name and another input is refused', async () => {
    const { runner, start } = setUp({ main: waits });
    await start('main', { a: 1 });
    await expect(runner.startExecution({ stateMachine: 'main', name: 'one', input: { a: 2 } })).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists',
    });
  });

  test('of a name that closed is refused for 90 days', async () => {
    const { start, clock } = setUp({ main: waits });
    await start('main');
    await clock.run();
    await expect(start('main')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    await clock.run({ until: clock.millis() + 90 * DAY });
    await expect(start('main')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    await clock.run({ until: clock.millis() + 1 });
    await expect(start('main')).resolves.toContain(':one');
  });

  test.each(['', 'a b', 'a/b', 'a:b', 'a#b', 'x'.repeat(81), 'a\u0007b', 'a"b', 'a$b'])(
    'refuses the name %j',
    async (name) => {
      await expect(setUp({ main: waits }).start('main', {}, name)).rejects.toMatchObject({ name: 'InvalidName' });
    },
  );

  test.each(['x'.repeat(80), 'jrn_1-cycle-3-0', 'Ünicode'])('takes the name %j', async (name) => {
    await expect(setUp({ main: waits }).start('main', {}, name)).resolves.toContain(name);
  });

  test.each<[string, unknown]>([
    ['none', undefined],
    ['one larger than 262,144 bytes', 'x'.repeat(262_143)],
    ['one nested too deeply', JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)],
  ])('refuses for its input %s', async (_what, input) => {
    const { runner } = setUp({ main: waits });
    await expect(runner.startExecution({ stateMachine: 'main', name: 'one', input })).rejects.toMatchObject({
      name: 'InvalidExecutionInput',
    });
  });

  test.each([
    'main',
    'arn:aws:states:local:000000000000:stateMachine:main',
    'arn:aws:states:local:000000000000:stateMachine:main:live',
  ])('finds the machine %s', async (name) => {
    await expect(setUp({ main: waits }).start(name)).resolves.toBe(
      'arn:aws:states:local:000000000000:execution:main:one',
    );
  });

  test('of a machine that there is not is refused', async () => {
    await expect(setUp({ main: waits }).start('other')).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
  });
});

describe('StopExecution', () => {
  test('ends what runs, at once', async () => {
    const { runner, clock, start, summary } = setUp({ main: waits });
    const arn = await start('main');
    await clock.run({ until: clock.millis() + 1000 });
    await runner.stopExecution(arn, 'Enough', 'by hand');
    expect(summary(arn)).toMatchObject({ status: 'ABORTED', error: 'Enough', cause: 'by hand', endedAt: clock.now() });
    expect(types(summary(arn))).toEqual(['ExecutionStarted', 'WaitStateEntered', 'ExecutionAborted']);
    expect(await clock.run()).toBe('idle');
    expect(summary(arn).status).toBe('ABORTED');
  });

  test('before the first state ran leaves it unrun', async () => {
    const { runner, clock, start, summary } = setUp({ main: waits });
    const arn = await start('main');
    await runner.stopExecution(arn);
    await clock.run();
    expect([summary(arn).status, summary(arn).transitions]).toEqual(['ABORTED', 0]);
  });

  test('of what has ended changes nothing, and of what never was is refused', async () => {
    const { runner, clock, start, summary } = setUp({ main: waits });
    const arn = await start('main');
    await clock.run();
    await runner.stopExecution(arn);
    expect(summary(arn).status).toBe('SUCCEEDED');
    await expect(runner.stopExecution('arn:nothing')).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' });
  });
});

describe('the runner', () => {
  test('tells when an execution finished, with its output, and keeps neither input nor output nor events after', async () => {
    const told: unknown[] = [];
    const { clock, start, summary } = setUp(
      { main: waits },
      {},
      { record: false, onFinished: (execution) => told.push({ ...execution }) },
    );
    const arn = await start('main', { a: 1 });
    await clock.run();
    expect(told).toMatchObject([{ status: 'SUCCEEDED', input: { a: 1 }, output: { a: 1 }, transitions: 1 }]);
    expect(Object.keys(summary(arn)).sort()).toEqual([
      'endedAt',
      'executionArn',
      'name',
      'startedAt',
      'stateMachine',
      'status',
      'transitions',
    ]);
  });

  test('leaves no deadline behind when an execution ends', async () => {
    const { clock, runner, calls, start } = setUp(
      { main: machine({ T: ask('f', { TimeoutSeconds: 900, HeartbeatSeconds: 90, ...end }) }) },
      { f: () => ({}) },
    );
    await start('main');
    const begun = clock.millis();
    await clock.run({ until: begun });
    await runner.sendTaskSuccess(tokenOf(calls), {});
    expect(await clock.run()).toBe('idle');
    expect(clock.millis()).toBe(begun);
  });

  test('lets the event loop have its turns while machines start machines without end', async () => {
    const again = machine({
      T: {
        Type: 'Task',
        Resource: 'arn:aws:states:::states:startExecution',
        Arguments: { StateMachineArn: 'main' },
        ...end,
      },
    });
    const { clock, start, runner } = setUp({ main: again }, {}, { record: false });
    await start('main');
    let turned = false;
    setImmediate(() => {
      turned = true;
    });
    expect(await clock.run({ stop: () => turned })).toBe('stopped');
    expect(runner.executions().length).toBeLessThan(1000);
  });
});
