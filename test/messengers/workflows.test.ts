import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StateMachineDoesNotExist,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { MessengerRefused, MessengerUnavailable } from '../../functions/messengers/errors.ts';
import { stepFunctions } from '../../functions/messengers/workflows.ts';

const sfn = mockClient(SFNClient);
const workflows = stepFunctions({
  machines: { cycle: 'arn:aws:states:us-west-2:111122223333:stateMachine:clinic-cycle:live' },
});
const execution = { machine: 'cycle', name: 'j1-cycle-3-1' };
const answer = { message: '', $metadata: {} };
const throttled = Object.assign(new Error(''), { name: 'ThrottlingException', $fault: 'client' });
const inputs = () => sfn.calls().map((call) => call.args[0].input);

beforeEach(() => sfn.reset());

describe('starting an execution', () => {
  it('asks for the alias, the name and the input', async () => {
    sfn.on(StartExecutionCommand).resolves({ executionArn: 'x' });
    await expect(workflows.start({ ...execution, input: { journeyId: 'j1' } })).resolves.toBe('started');
    expect(inputs()).toEqual([
      {
        stateMachineArn: 'arn:aws:states:us-west-2:111122223333:stateMachine:clinic-cycle:live',
        name: 'j1-cycle-3-1',
        input: '{"journeyId":"j1"}',
      },
    ]);
  });

  it('under a name that is taken is no error', async () => {
    sfn.on(StartExecutionCommand).rejects(new ExecutionAlreadyExists(answer));
    await expect(workflows.start({ ...execution, input: {} })).resolves.toBe('already');
  });

  it.each([
    ['throttling', throttled, MessengerUnavailable],
    ['a machine that is gone', new StateMachineDoesNotExist(answer), MessengerRefused],
    ['a lost connection', Object.assign(new Error(''), { name: 'TimeoutError' }), MessengerUnavailable],
  ])('tells of %s', async (_, error, kind) => {
    sfn.on(StartExecutionCommand).rejects(error);
    await expect(workflows.start({ ...execution, input: {} })).rejects.toThrow(kind);
  });

  it('of a machine that nobody deployed is refused before asking', async () => {
    await expect(workflows.start({ machine: 'nothing', name: 'x', input: {} })).rejects.toThrow(MessengerRefused);
    expect(inputs()).toEqual([]);
  });
});

describe('resuming a wait', () => {
  it('sends the output as JSON', async () => {
    sfn.on(SendTaskSuccessCommand).resolves({});
    await workflows.succeed('secret-token', { answer: 'booked' });
    expect(inputs()).toEqual([{ taskToken: 'secret-token', output: '{"answer":"booked"}' }]);
  });

  it.each([
    ['TaskTimedOut', new TaskTimedOut(answer)],
    ['TaskDoesNotExist', new TaskDoesNotExist(answer)],
    ['InvalidToken', new InvalidToken(answer)],
    ['MessengerUnavailable', throttled],
  ])('names the failure %s and never the token', async (name, error) => {
    sfn.on(SendTaskSuccessCommand).rejects(error);
    const failure = await workflows.succeed('secret-token', {}).catch((caught: unknown) => caught);
    expect(failure).toMatchObject({ name });
    expect(`${(failure as Error).stack}${JSON.stringify(failure)}`).not.toContain('secret-token');
  });
});

describe('asking how an execution stands', () => {
  it('asks by the ARN that its name gives', async () => {
    sfn.on(DescribeExecutionCommand).resolves({ status: 'RUNNING' });
    await workflows.status(execution);
    expect(inputs()).toEqual([
      {
        executionArn: 'arn:aws:states:us-west-2:111122223333:execution:clinic-cycle:j1-cycle-3-1',
        includedData: 'METADATA_ONLY',
      },
    ]);
  });

  it.each(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const)('hands %s on', async (status) => {
    sfn.on(DescribeExecutionCommand).resolves({ status });
    await expect(workflows.status(execution)).resolves.toBe(status);
  });

  it('says MISSING of one that there is not', async () => {
    sfn.on(DescribeExecutionCommand).rejects(new ExecutionDoesNotExist(answer));
    await expect(workflows.status(execution)).resolves.toBe('MISSING');
  });

  it('does not take a throttle for an absence', async () => {
    sfn.on(DescribeExecutionCommand).rejects(throttled);
    await expect(workflows.status(execution)).rejects.toThrow(MessengerUnavailable);
  });
});
