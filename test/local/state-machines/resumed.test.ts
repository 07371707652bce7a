import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, test } from 'vitest';
import { sqliteTable } from '../../../functions/stores/sqlite-table.ts';
import { ExecutionsInUse } from '../../../local/state-machines/held-file.ts';
import { stateMachineRunner } from '../../../local/state-machines/runner.ts';
import { sqliteExecutions } from '../../../local/state-machines/sqlite-executions.ts';
import { virtualClock } from '../../../local/virtual-clock.ts';
import { ask, block, invoke, machine, NINE_O_CLOCK, named } from './run-machine.ts';

const end = { End: true };
const folder = mkdtempSync(join(tmpdir(), 'resumed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

type Functions = Record<string, (payload: never) => unknown>;
type Options = Partial<Parameters<typeof stateMachineRunner>[0]> & { readonly functions?: Functions };

/** A file of executions that one process after another opens; `hours` have passed since nine o'clock when it does. */
const kept = () => {
  files += 1;
  const path = join(folder, `${files}.db`);
  const calls: { name: string; payload: unknown }[] = [];
  const open = (machines: Record<string, unknown>, hours: number, { functions = {}, ...more }: Options = {}) => {
    const store = sqliteExecutions(path);
    const clock = virtualClock(NINE_O_CLOCK + hours * 3_600_000);
    const runner = stateMachineRunner({
      clock,
      record: true,
      machines: Object.entries(machines).map(([name, definition]) => ({ name, definition })),
      async invokeFunction(name, payload) {
        calls.push({ name, payload });
        return functions[name]?.(payload as never) ?? {};
      },
      store,
      ...more,
    });
    const until = (hour: number) => clock.run({ until: NINE_O_CLOCK + hour * 3_600_000 });
    const start = async (stateMachine = 'main', name = 'one', input: unknown = {}) =>
      (await runner.startExecution({ stateMachine, name, input })).executionArn;
    return { store, clock, runner, until, start };
  };
  return { path, calls, open };
};

/** Makes a file what it was before executions were found by columns of their own. */
const asBefore = (path: string): void => {
  const database = new DatabaseSync(path);
  const names = database.prepare("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").all();
  for (const { name } of names) database.exec(`DROP INDEX ${name}`);
  for (const column of ['parent', 'definition', 'startedAt'])
    database.exec(`ALTER TABLE executions DROP COLUMN ${column}`);
  for (const column of ['due', 'waitOrder', 'token']) database.exec(`ALTER TABLE lines DROP COLUMN ${column}`);
  database.exec("CREATE INDEX lineOrder ON lines (body ->> '$.wait.order')");
  database.close();
};

const tokenOf = (calls: readonly { payload: unknown }[], index = 0): string => {
  const { payload } = calls[index] ?? {};
  return typeof payload === 'object' && payload !== null && 'token' in payload ? String(payload.token) : '';
};

describe('executions on a file', () => {
  test('go on in the next process, and keep their history there', async () => {
    const { open } = kept();
    const main = machine({
      W: { Type: 'Wait', Seconds: 3600, Next: 'P' },
      P: { Type: 'Pass', Output: 'rested', ...end },
    });
    const first = open({ main }, 0);
    const arn = await first.start();
    await first.until(0.5);
    first.store.close();
    const second = open({ main }, 0.5);
    expect(second.runner.describeExecution(arn)).toMatchObject({ status: 'RUNNING', input: {} });
    await second.clock.run();
    expect(second.runner.describeExecution(arn)).toMatchObject({
      status: 'SUCCEEDED',
      output: 'rested',
      startedAt: '2026-01-05T09:00:00.000Z',
      endedAt: '2026-01-05T10:00:00.000Z',
      transitions: 2,
    });
    expect(second.runner.executionHistory(arn).map(({ id, type }) => `${id} ${type}`)).toEqual([
      '1 ExecutionStarted',
      '2 WaitStateEntered',
      '3 WaitStateExited',
      '4 PassStateEntered',
      '5 PassStateExited',
      '6 ExecutionSucceeded',
    ]);
  });

  test('that had been started and had not begun begin in the next process', async () => {
    const { open } = kept();
    const main = machine({ P: { Type: 'Pass', ...end } });
    const first = open({ main }, 0);
    const arn = await first.start();
    first.store.close();
    const second = open({ main }, 1);
    await second.clock.run();
    expect(second.runner.describeExecution(arn)?.status).toBe('SUCCEEDED');
  });

  test('do at once, and in order, what fell due while no process ran', async () => {
    const { open } = kept();
    const wait = (hours: number) =>
      machine({ W: { Type: 'Wait', Seconds: hours * 3600, Next: 'T' }, T: invoke('note', end) });
    const machines = { three: wait(3), one: wait(1), two: wait(2), late: wait(9) };
    const notes: unknown[] = [];
    const functions: Functions = { note: (payload) => void notes.push(payload) };
    const first = open(machines, 0, { functions });
    for (const name of ['three', 'late', 'one', 'two']) await first.start(name, name, name);
    await first.until(0.5);
    first.store.close();
    const second = open(machines, 5, { functions });
    await second.until(5);
    expect(notes).toEqual(['one', 'two', 'three']);
    await second.clock.run();
    expect(notes).toEqual(['one', 'two', 'three', 'late']);
  });

  test('time out at once if their deadline, or their task’s, passed while no process ran', async () => {
    const { open, calls } = kept();
    const machines = {
      whole: machine({ T: ask('f', end) }, { TimeoutSeconds: 3600 }),
      task: machine({ T: ask('f', { TimeoutSeconds: 3600, ...end }) }),
      silent: machine({ T: ask('f', { TimeoutSeconds: 36_000, HeartbeatSeconds: 3600, ...end }) }),
    };
    const first = open(machines, 0);
    const arns = await Promise.all(['whole', 'task', 'silent'].map((name) => first.start(name, name)));
    await first.until(0.5);
    first.store.close();
    const second = open(machines, 4);
    await second.until(4);
    expect(arns.map((arn) => second.runner.describeExecution(arn)?.status)).toEqual(['TIMED_OUT', 'FAILED', 'FAILED']);
    expect(calls).toHaveLength(3);
    await expect(second.runner.sendTaskSuccess(tokenOf(calls), {})).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });

  test('take the token that an earlier process handed out, once, and issue no token twice', async () => {
    const { open, calls } = kept();
    const main = machine({ A: ask('f', { Next: 'B' }), B: ask('f', { HeartbeatSeconds: 60, ...end }) });
    const first = open({ main }, 0);
    const arn = await first.start();
    await first.until(0);
    first.store.close();
    const second = open({ main }, 1);
    await second.runner.sendTaskSuccess(tokenOf(calls), { yes: true });
    await expect(second.runner.sendTaskSuccess(tokenOf(calls), {})).rejects.toMatchObject({ name: 'TaskTimedOut' });
    // The answer was taken, and the process is gone before the execution went on with it.
    second.store.close();
    const third = open({ main }, 1);
    await third.until(1);
    expect(calls).toHaveLength(2);
    expect(tokenOf(calls, 1)).not.toBe(tokenOf(calls));
    await expect(third.runner.sendTaskSuccess(tokenOf(calls), {})).rejects.toMatchObject({ name: 'TaskTimedOut' });
    await third.clock.run({ until: NINE_O_CLOCK + 3_600_000 + 50_000 });
    await third.runner.sendTaskHeartbeat(tokenOf(calls, 1));
    third.store.close();
    const fourth = open({ main }, 1 + 100 / 3600);
    await fourth.runner.sendTaskFailure(tokenOf(calls, 1), 'No', 'not today');
    await fourth.clock.run();
    expect(fourth.runner.describeExecution(arn)).toMatchObject({ status: 'FAILED', error: 'No', cause: 'not today' });
  });

  test('are not started again under the name of one that ended before', async () => {
    const { open } = kept();
    const main = machine({ P: { Type: 'Pass', ...end } });
    const first = open({ main }, 0);
    await first.start();
    await first.clock.run();
    first.store.close();
    const second = open({ main }, 1);
    await expect(second.start()).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    expect(second.runner.executions().map(({ name, status }) => [name, status])).toEqual([['one', 'SUCCEEDED']]);
    second.store.close();
    const later = open({ main }, 91 * 24);
    const arn = await later.start();
    await later.clock.run();
    expect(later.runner.executionHistory(arn)).toHaveLength(4);
  });

  test('run on to their end on the definition that they began with', async () => {
    const { open } = kept();
    const says = (word: string) =>
      machine({ W: { Type: 'Wait', Seconds: 60, Next: 'P' }, P: { Type: 'Pass', Output: word, ...end } });
    const first = open({ main: says('old') }, 0);
    const old = await first.start('main', 'old');
    await first.until(0);
    first.store.close();
    const second = open({ main: says('new') }, 1);
    const young = await second.start('main', 'young');
    await second.clock.run();
    expect([old, young].map((arn) => second.runner.describeExecution(arn)?.output)).toEqual(['old', 'new']);
  });

  test('keep their variables, their attempts and what their branches and iterations had come to', async () => {
    const { open } = kept();
    const main = machine({
      Set: { Type: 'Pass', Assign: { outer: 1 }, Next: 'M' },
      M: {
        Type: 'Map',
        Items: { a: 1, b: 2, c: 3 },
        MaxConcurrency: 2,
        ItemProcessor: block({
          In: { Type: 'Pass', Assign: { own: '{% $states.input * 10 %}' }, Next: 'W' },
          W: { Type: 'Wait', Seconds: '{% $states.input * 3600 %}', Next: 'T' },
          T: invoke('f', {
            Arguments: { FunctionName: 'f', Payload: '{% $states.context.State.RetryCount %}' },
            Retry: [{ ErrorEquals: ['E'], IntervalSeconds: 3600, MaxAttempts: 2, BackoffRate: 1 }],
            Output: '{% [$outer, $own, $states.context.Map.Item.Key] %}',
            ...end,
          }),
        }),
        ...end,
      },
    });
    const functions: Functions = {
      f: (retries: number) => {
        if (retries < 2) throw named('E');
        return {};
      },
    };
    let arn = '';
    // A process for each half hour.
    for (let hour = 0; hour < 12; hour += 0.5) {
      const process = open({ main }, hour, { functions });
      if (hour === 0) arn = await process.start();
      await process.until(hour + 0.49);
      process.store.close();
    }
    const last = open({ main }, 12, { functions });
    expect(last.runner.describeExecution(arn)).toMatchObject({
      status: 'SUCCEEDED',
      output: [
        [1, 10, 'a'],
        [1, 20, 'b'],
        [1, 30, 'c'],
      ],
      endedAt: '2026-01-05T17:00:00.000Z',
    });
  });

  test('stop their child, told to in a later process', async () => {
    const { open } = kept();
    const machines = {
      main: machine({
        C: {
          Type: 'Task',
          Resource: 'arn:aws:states:::states:startExecution.sync:2',
          Arguments: { StateMachineArn: 'child', Name: 'child' },
          ...end,
        },
      }),
      child: machine({ W: { Type: 'Wait', Seconds: 3600, ...end } }),
    };
    const first = open(machines, 0);
    const arn = await first.start();
    await first.until(0);
    first.store.close();
    const second = open(machines, 0.5);
    await second.runner.stopExecution(arn, 'Closed', 'for the day');
    expect(second.runner.executions().map(({ name, status }) => [name, status])).toEqual([
      ['one', 'ABORTED'],
      ['child', 'ABORTED'],
    ]);
  });

  test('have their end told until somebody has heard it', async () => {
    const { open } = kept();
    const main = machine({ P: { Type: 'Pass', ...end } });
    const told: string[] = [];
    const first = open({ main }, 0, {
      onFinished: async ({ name }) => {
        told.push(`1 ${name}`);
        throw new Error('nobody listened');
      },
    });
    await first.start();
    await expect(first.clock.run(), 'whoever runs the clock hears that it failed').rejects.toThrow('nobody listened');
    await expect(first.clock.run()).resolves.toBe('idle');
    first.store.close();
    for (const process of [2, 3]) {
      const next = open({ main }, process, {
        onFinished: async ({ name, status }) => void told.push(`${process} ${name} ${status}`),
      });
      await next.clock.run();
      next.store.close();
    }
    expect(told).toEqual(['1 one', '2 one SUCCEEDED']);
  });

  test.each<[string, (path: string) => void]>([
    ['a file', () => undefined],
    ['a file of an earlier version', asBefore],
  ])(
    'that wait in %s stay there until something comes for them or they fall due, with all that hang together with them',
    async (_file, before) => {
      const { open, path } = kept();
      const child = machine({ T: ask('child', end) });
      const parent = machine({
        N: {
          Type: 'Task',
          Resource: 'arn:aws:states:::states:startExecution.sync:2',
          Arguments: { StateMachineArn: 'child', Input: {} },
          TimeoutSeconds: 7200,
          ...end,
        },
      });
      const rest = machine({ W: { Type: 'Wait', Seconds: 3600, ...end } });
      const lived = machine({ T: ask('lived', end) }, { TimeoutSeconds: 10_800 });
      const machines = { child, parent, rest, lived };
      const first = open(machines, 0);
      for (const name of ['parent', 'rest', 'lived']) await first.start(name, name);
      await first.until(0.5);
      first.store.close();
      before(path);

      const store = sqliteExecutions(path);
      const taken: string[] = [];
      const watched = {
        ...store,
        interrupted: (arns: readonly string[]) => {
          taken.push(...arns.map((arn) => arn.split(':').slice(-2).join(':')));
          return store.interrupted(arns);
        },
      };
      const clock = virtualClock(NINE_O_CLOCK + 1_800_000);
      const runner = stateMachineRunner({
        clock,
        machines: Object.entries(machines).map(([name, definition]) => ({ name, definition })),
        invokeFunction: async () => ({}),
        store: watched,
      });
      await clock.run({ until: NINE_O_CLOCK + 0.9 * 3_600_000 });
      expect(taken).toEqual([]);
      await clock.run({ until: NINE_O_CLOCK + 3_600_000 });
      expect(taken).toEqual(['rest:rest']);
      await clock.run();
      expect(clock.millis()).toBe(NINE_O_CLOCK + 3 * 3_600_000);
      expect(taken.map((arn) => arn.split(':')[0])).toEqual(['rest', 'parent', 'child', 'lived']);
      expect(runner.executions().map(({ status }) => status)).toEqual(['FAILED', 'SUCCEEDED', 'TIMED_OUT', 'ABORTED']);
      store.close();
    },
  );

  test('are run by one process at a time', () => {
    const { open } = kept();
    const main = machine({ P: { Type: 'Pass', ...end } });
    const first = open({ main }, 0);
    expect(() => open({ main }, 0)).toThrow(ExecutionsInUse);
    first.store.close();
    open({ main }, 0).store.close();
  });

  test('may lie in the file of the table', async () => {
    const { open, path } = kept();
    const table = sqliteTable({ path, newId: () => 'w1' });
    const main = machine({ T: invoke('f', end) });
    const first = open({ main }, 0, {
      functions: { f: () => table.write([{ do: 'put', when: 'free', row: { pk: 'p', sk: 's', body: { n: 1 } } }]) },
    });
    const arn = await first.start();
    await first.clock.run();
    expect(first.runner.describeExecution(arn)?.status).toBe('SUCCEEDED');
    table.close();
  });
});
