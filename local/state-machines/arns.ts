const ACCOUNT = 'arn:aws:states:local:000000000000';

/** The ARN of a state machine by its name. */
export const stateMachineArn = (name: string): string => `${ACCOUNT}:stateMachine:${name}`;

/** The ARN of an execution by its machine and its own name. */
export const executionArn = (machine: string, name: string): string => `${ACCOUNT}:execution:${machine}:${name}`;

/** The role that `$states.context.Execution.RoleArn` names. */
export const roleArn = 'arn:aws:iam::000000000000:role/local';

/** The machine that an ARN, with or without an alias or a version, or a bare name stands for. */
export const machineName = (arnOrName: string): string =>
  arnOrName.startsWith('arn:') ? (arnOrName.split(':')[6] ?? '') : arnOrName;

/** The function that an ARN, with or without an alias or a version, or a bare name stands for. */
export const functionName = (arnOrName: string): string =>
  arnOrName.startsWith('arn:') ? (arnOrName.split(':')[6] ?? '') : arnOrName;
