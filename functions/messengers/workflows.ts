import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  SendTaskSuccessCommand,
  SFNClient,
  InvalidToken as SfnInvalidToken,
  TaskDoesNotExist as SfnTaskDoesNotExist,
  TaskTimedOut as SfnTaskTimedOut,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { callFailure, InvalidToken, MessengerRefused, TaskDoesNotExist, TaskTimedOut } from './errors.ts';

/** Which execution of which machine; `name` is unique per machine until 90 days after it closed. */
export type ExecutionName = { readonly machine: string; readonly name: string };

/** How an execution stands; `MISSING` also shortly after a start, because DescribeExecution is eventually consistent. */
export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'MISSING';

/** Commands to the state machines; `input` and `output` hold ids, kinds and instants only. */
export type Workflows = {
  /** `already`: the name is taken, by a closed execution or by one with another input. Repeating a start is `started`. */
  start(execution: ExecutionName & { readonly input: unknown }): Promise<'started' | 'already'>;
  /** Resumes the wait behind the token; rejects with TaskTimedOut, TaskDoesNotExist or InvalidToken when there is none. */
  succeed(token: string, output: unknown): Promise<void>;
  status(execution: ExecutionName): Promise<ExecutionStatus>;
};

export type StepFunctionsOptions = {
  readonly client?: SFNClient;
  /** Machine name -> ARN of its alias, `arn:aws:states:<region>:<account>:stateMachine:<name>:<alias>`. */
  readonly machines: Readonly<Record<string, string>>;
};

const executionArn = (machineArn: string, name: string) => {
  const [arn, partition, service, region, account, , machine] = machineArn.split(':');
  return [arn, partition, service, region, account, 'execution', machine, name].join(':');
};

/** Speaks to AWS Step Functions; everything else that fails is MessengerRefused or MessengerUnavailable. */
export const stepFunctions = ({ client, machines }: StepFunctionsOptions): Workflows => {
  let existing = client;
  const sfn = () => {
    existing ??= new SFNClient({ requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 } });
    return existing;
  };
  const arnOf = (call: string, machine: string) => {
    const arn = machines[machine];
    if (arn === undefined) throw new MessengerRefused(call, { code: 'UnknownMachine' });
    return arn;
  };

  return {
    async start({ machine, name, input }) {
      const stateMachineArn = arnOf('StartExecution', machine);
      try {
        await sfn().send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
        return 'started';
      } catch (error) {
        if (error instanceof ExecutionAlreadyExists) return 'already';
        throw callFailure('StartExecution', error);
      }
    },

    async succeed(token, output) {
      try {
        await sfn().send(new SendTaskSuccessCommand({ taskToken: token, output: JSON.stringify(output) }));
      } catch (error) {
        if (error instanceof SfnTaskTimedOut) throw new TaskTimedOut('the wait has ended already');
        if (error instanceof SfnTaskDoesNotExist) throw new TaskDoesNotExist('nothing waits behind this token');
        if (error instanceof SfnInvalidToken) throw new InvalidToken('this is not a task token');
        throw callFailure('SendTaskSuccess', error);
      }
    },

    async status({ machine, name }) {
      const arn = executionArn(arnOf('DescribeExecution', machine), name);
      try {
        const { status } = await sfn().send(
          new DescribeExecutionCommand({ executionArn: arn, includedData: 'METADATA_ONLY' }),
        );
        // PENDING_REDRIVE is a closed child of a map that will run again.
        return status === undefined || status === 'PENDING_REDRIVE' ? 'RUNNING' : status;
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return 'MISSING';
        throw callFailure('DescribeExecution', error);
      }
    },
  };
};
