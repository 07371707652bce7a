import { InvalidToken, TaskDoesNotExist, TaskTimedOut } from '../../functions/messengers/errors.ts';
import type { Workflows } from '../../functions/messengers/workflows.ts';
import type { ExecutionSummary } from '../state-machines/execution.ts';
import type { StateMachineRunner } from '../state-machines/runner.ts';
import type { Call } from './functions.ts';

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');

const arnOf = (machine: string, name: string): string =>
  `arn:aws:states:local:000000000000:execution:${machine}:${name}`;

/** The state machines of one machine behind the port of the deployed ones. */
export const localWorkflows = (runner: () => StateMachineRunner): Workflows => ({
  async start({ machine, name, input }) {
    try {
      await runner().startExecution({ stateMachine: machine, name, input });
      return 'started';
    } catch (error) {
      if (nameOf(error) === 'ExecutionAlreadyExists') return 'already';
      throw error;
    }
  },
  async succeed(token, output) {
    try {
      await runner().sendTaskSuccess(token, output);
    } catch (error) {
      const name = nameOf(error);
      if (name === 'TaskTimedOut') throw new TaskTimedOut();
      if (name === 'TaskDoesNotExist') throw new TaskDoesNotExist();
      if (name === 'InvalidToken') throw new InvalidToken();
      throw error;
    }
  },
  async status({ machine, name }) {
    return runner().describeExecution(arnOf(machine, name))?.status ?? 'MISSING';
  },
});

/** What the bus rule of AWS does: an execution that did not end well is told of. */
export const tellingOfFailures =
  (tell: Call) =>
  ({ name, status }: Pick<ExecutionSummary, 'name' | 'status'>): unknown =>
    status === 'SUCCEEDED' || status === 'RUNNING' ? undefined : tell({ detail: { name, status } });
