import { functionPlaceholder, machinePlaceholder } from '../../../functions/contracts/deployment.ts';
import { standardRetry } from '../../../infra/workflow-lint/standard-retry.ts';

type Fields = Readonly<Record<string, unknown>>;

const failing = { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Stop here' }] };

/** A Task that calls a function once, as every definition writes it. */
export const callTask = (name: string, next: Fields = { Next: 'Done' }): Fields => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: `\${${functionPlaceholder(name)}}`, Payload: '{% $states.input %}' },
  Retry: standardRetry,
  ...failing,
  ...next,
});

/** A Task that calls a function and waits for somebody's answer. */
export const waitTask = (name: string, next: Fields = { Next: 'Done' }): Fields => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
  Arguments: {
    FunctionName: `\${${functionPlaceholder(name)}}`,
    Payload: { token: '{% $states.context.Task.Token %}' },
  },
  TimeoutSeconds: 3600,
  Retry: standardRetry,
  ...failing,
  ...next,
});

/** A Task that runs another machine to its end. */
export const runTask = (name: string, next: Fields = { Next: 'Done' }): Fields => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::states:startExecution.sync:2',
  Arguments: {
    StateMachineArn: `\${${machinePlaceholder(name)}}`,
    Name: '{% $states.input.name %}',
    Input: '{% $states.input %}',
  },
  Retry: standardRetry,
  ...failing,
  ...next,
});

/** A whole definition around some states; `Done` and `Stop here` are there already. */
export const machineOf = (states: Readonly<Record<string, Fields>>, more: Fields = {}): string =>
  JSON.stringify({
    Comment: 'The clinic looks after one patient from the first call.',
    QueryLanguage: 'JSONata',
    StartAt: Object.keys(states)[0] ?? 'Done',
    States: { ...states, Done: { Type: 'Succeed' }, 'Stop here': { Type: 'Fail' } },
    ...more,
  });
