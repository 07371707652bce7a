import { functionPlaceholder, type MachineName, machinePlaceholder } from '../../../functions/contracts/deployment.ts';
import type { MachineTasks } from '../../../infra/machine-tasks.ts';
import { standardRetry } from '../../../infra/workflow-lint/standard-retry.ts';

type Fields = Readonly<Record<string, unknown>>;

const failing = { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Stop here' }] };

/** A Task that calls a function once, as every definition writes it. */
export const callTask = (
  name: string,
  next: Fields = { Next: 'Done' },
  payload: unknown = '{% $states.input %}',
): Fields => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: `\${${functionPlaceholder(name)}}`, Payload: payload },
  Retry: standardRetry,
  ...failing,
  ...next,
});

/** A Task that calls a function and waits for somebody's answer. */
export const waitTask = (
  name: string,
  next: Fields = { Next: 'Done' },
  payload: unknown = { token: '{% $states.context.Task.Token %}' },
): Fields => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
  Arguments: {
    FunctionName: `\${${functionPlaceholder(name)}}`,
    Payload: payload,
  },
  TimeoutSeconds: 3600,
  Retry: standardRetry,
  ...failing,
  ...next,
});

/** A Task that runs another machine to its end. */
export const runTask = (
  name: string,
  next: Fields = { Next: 'Done' },
  more: Fields = { Name: '{% $states.input.name %}', Input: '{% $states.input %}' },
): Fields => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::states:startExecution.sync:2',
  Arguments: {
    StateMachineArn: `\${${machinePlaceholder(name)}}`,
    ...more,
  },
  Retry: standardRetry,
  ...failing,
  ...next,
});

/** A whole definition around some states; the ends `Done` and `Stop here` are added where a state goes to them. */
export const machineOf = (states: Readonly<Record<string, Fields>>, more: Fields = {}): string => {
  const written = JSON.stringify(states);
  const ends = { Done: { Type: 'Succeed' }, 'Stop here': { Type: 'Fail' } };
  return JSON.stringify({
    Comment: 'The clinic looks after one patient from the first call.',
    QueryLanguage: 'JSONata',
    StartAt: Object.keys(states)[0] ?? 'Done',
    States: {
      ...states,
      ...Object.fromEntries(Object.entries(ends).filter(([name]) => written.includes(`:"${name}"`))),
    },
    ...more,
  });
};

/** A definition that calls exactly what a machine may, one after the other. */
export const sampleOf = ({ calls, runs }: MachineTasks): string => {
  const steps: readonly ((next: Fields) => Fields)[] = [
    ...calls.map((name) => (next: Fields) => (name.startsWith('wait') ? waitTask : callTask)(name, next)),
    ...runs.map((name) => (next: Fields) => runTask(name, next)),
  ];
  const states = steps.map((step, index): [string, Fields] => [
    `Step ${index}`,
    step({ Next: index + 1 < steps.length ? `Step ${index + 1}` : 'Done' }),
  ]);
  return machineOf(Object.fromEntries(states));
};

/** All eight machines, as small as their permissions allow. */
export const sampleDefinitions = (
  tasks: Readonly<Record<MachineName, MachineTasks>>,
): Readonly<Record<MachineName, string>> => ({
  intake: sampleOf(tasks.intake),
  cycle: sampleOf(tasks.cycle),
  'dosing-day': sampleOf(tasks['dosing-day']),
  completion: sampleOf(tasks.completion),
  appointment: sampleOf(tasks.appointment),
  'staff-task': sampleOf(tasks['staff-task']),
  'partner-handoff': sampleOf(tasks['partner-handoff']),
  'safety-event': sampleOf(tasks['safety-event']),
});
