import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { workflowProblems } from '../../infra/constructs/workflow-problems.ts';
import { type MachineTasks, machineTasks } from '../../infra/machine-tasks.ts';
import { parseDefinition } from '../../infra/workflow-lint/definition.ts';
import { permissionsIn } from './support/permissions.ts';
import { callTask, machineOf, runTask, sampleDefinitions } from './support/sample-definitions.ts';
import { stackOf } from './support/stack.ts';

const problems = (text: string, tasks: MachineTasks) => workflowProblems(text, parseDefinition(text), tasks);

describe('A definition and its permissions', () => {
  const text = machineOf({ Check: callTask('check-gate', { Next: 'Ask' }), Ask: runTask('staff-task') });

  it('fit each other when the machine is given exactly what it calls', () => {
    expect(problems(text, { calls: ['check-gate'], runs: ['staff-task'] })).toEqual([]);
  });

  it('do not fit when it calls a function or a machine that it is not given', () => {
    expect(problems(text, { calls: [], runs: [] })).toEqual([
      expect.stringMatching(/^uses \$\{CheckGateFunctionArn\}, but is given no such function or machine$/),
      expect.stringMatching(/^uses \$\{StaffTaskMachineArn\}, but is given no such function or machine$/),
    ]);
  });

  it('do not fit when it is given what it does not call', () => {
    expect(problems(text, { calls: ['check-gate', 'start-dose'], runs: ['staff-task', 'cycle'] })).toEqual([
      'is given "start-dose", but no Task calls it',
      'is given "cycle", but no Task calls it',
    ]);
  });

  it('do not fit when a function that answers people or events is called as a task', () => {
    const wrong = machineOf({ Decide: callTask('decide-task') });
    expect(problems(wrong, { calls: ['decide-task'], runs: [] })).toEqual([
      'calls "decide-task", which answers people or events and is no task',
    ]);
  });

  it('do not fit when a Task reaches past the functions to a service', () => {
    const wrong = machineOf({ Write: { ...callTask('check-gate'), Resource: 'arn:aws:states:::dynamodb:putItem' } });
    expect(problems(wrong, { calls: ['check-gate'], runs: [] })[0]).toContain(
      'State "Write" uses the resource "arn:aws:states:::dynamodb:putItem"',
    );
  });

  it('do not fit when it handles an error that nothing throws', () => {
    const handling = (...ErrorEquals: string[]) =>
      machineOf({ Check: callTask('check-gate', { Next: 'Done', Catch: [{ ErrorEquals, Next: 'Stop here' }] }) });
    const found = (...errors: string[]) => problems(handling(...errors), { calls: ['check-gate'], runs: [] });
    expect(found('TableUnavailable', 'EpochPast', 'States.ALL', 'Lambda.Unknown')).toEqual([]);
    expect(found('EpochGone', 'States.Tiemout')).toEqual([
      'State "Check" handles the error "EpochGone", which nothing throws',
      'State "Check" handles the error "States.Tiemout", which nothing throws',
    ]);
  });

  it('keep a retired function permitted, though the definition no longer calls it', () => {
    const retired = [{ name: 'start-dose', retiredOn: '2026-11-01' }] as const;
    expect(problems(text, { calls: ['check-gate'], runs: ['staff-task'], retired })).toEqual([]);
  });
});

describe('Synth', () => {
  const definitions = sampleDefinitions(machineTasks);

  it('fails when a definition asks for what its machine is not given', () => {
    const cycle = machineOf({ Dose: callTask('start-dose') });
    expect(() => stackOf({ definitions: { ...definitions, cycle } })).toThrow(
      /cycle.asl.json: uses ..StartDoseFunctionArn/,
    );
  });

  it('keeps what has left a definition permitted, for the executions that began before', () => {
    const retired = [{ name: 'start-dose', retiredOn: '2026-11-01' }] as const;
    const tasks = { ...machineTasks, cycle: { ...machineTasks.cycle, retired } };
    const { stack } = stackOf({ tasks, definitions });
    const invokes = permissionsIn(Template.fromStack(stack)).CycleMachine?.find((line) => line.startsWith('lambda:'));
    expect(invokes).toMatch(/, StartDoseFunction$/);
  });

  it('fails when a function is called by nothing', () => {
    const safety: MachineTasks = { calls: ['record-failure'], runs: ['staff-task'] };
    const tasks = { ...machineTasks, 'safety-event': safety };
    const { app } = stackOf({ tasks, definitions: sampleDefinitions(tasks) });
    expect(() => app.synth()).toThrow('Function "close-safety-event" is called by no state machine and no event');
  });
});
