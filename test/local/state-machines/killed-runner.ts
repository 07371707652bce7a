import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { stateMachineRunner } from '../../../local/state-machines/runner.ts';
import { sqliteExecutions } from '../../../local/state-machines/sqlite-executions.ts';
import { virtualClock } from '../../../local/virtual-clock.ts';

// A process that a test kills and starts again until it comes to its end: `node killed-runner.ts FOLDER`.
const folder = process.argv[2] ?? '.';
const start = Date.UTC(2026, 0, 5, 9);
const invoke = (name: string, more: object) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: name, Payload: '{% $states.context.State.RetryCount %}' },
  Output: '{% $states.result.Payload %}',
  ...more,
});
const visit = {
  QueryLanguage: 'JSONata',
  StartAt: 'Visits',
  States: {
    Visits: {
      Type: 'Map',
      Items: '{% [1..6] %}',
      MaxConcurrency: 2,
      ItemProcessor: {
        StartAt: 'Call',
        States: {
          Call: invoke('flaky', { Retry: [{ ErrorEquals: ['Flaky'], IntervalSeconds: 60 }], Next: 'Rest' }),
          Rest: { Type: 'Wait', Seconds: 3600, Next: 'Ask' },
          Ask: {
            Type: 'Task',
            Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
            Arguments: { FunctionName: 'ask', Payload: '{% $states.context.Task.Token %}' },
            End: true,
          },
        },
      },
      End: true,
    },
  },
};
const week = {
  QueryLanguage: 'JSONata',
  StartAt: 'Both',
  States: {
    Both: {
      Type: 'Parallel',
      Branches: ['left', 'right'].map((name) => ({
        StartAt: `Visit ${name}`,
        States: {
          [`Visit ${name}`]: {
            Type: 'Task',
            Resource: 'arn:aws:states:::states:startExecution.sync:2',
            Arguments: { StateMachineArn: 'visit', Name: name },
            Assign: { done: '{% $states.result.Output %}' },
            End: true,
          },
        },
      })),
      Next: 'Tell',
    },
    Tell: invoke('slow', { End: true }),
  },
};

const store = sqliteExecutions(join(folder, 'state.db'));
const clock = virtualClock(Math.max(start, store.stood().now));
const tokens = join(folder, 'tokens');
const answer = (token: string) => runner.sendTaskSuccess(token, { thanks: true }).catch(() => undefined);
const functions: Record<string, (payload: unknown) => unknown> = {
  slow: () => ({ told: true }),
  flaky: (retries) => {
    if (retries === 0) throw Object.assign(new Error('once more'), { name: 'Flaky' });
    return {};
  },
  ask(token) {
    appendFileSync(tokens, `${String(token)}\n`);
    clock.at(clock.millis() + 60_000, () => void answer(String(token)));
    return {};
  },
};
const runner = stateMachineRunner({
  clock,
  record: true,
  machines: [
    { name: 'week', definition: week },
    { name: 'visit', definition: visit },
  ],
  store,
  async invokeFunction(name, payload) {
    appendFileSync(join(folder, 'calls'), `${name}\n`);
    await setTimeout(4);
    return functions[name]?.(payload);
  },
  onFinished: ({ name }) => appendFileSync(join(folder, 'ends'), `${name}\n`),
});
if (existsSync(tokens)) for (const token of readFileSync(tokens, 'utf8').trim().split('\n')) void answer(token);
if (store.executions().length === 0)
  await runner.startExecution({ stateMachine: 'week', name: 'one', input: { patient: 'p1' } });
appendFileSync(join(folder, 'starts'), '.');
await clock.run();
process.exit(0);
