import { ServiceError } from './errors.ts';
import { limits } from './limits.ts';
import { isDeeperThan, isLargerThan } from './plain-json.ts';

// AWS: no blanks, brackets, wildcards, special or control characters, at most 80.
const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u;
/** Refuses the name of an execution that AWS does not take. */
export const checkName = (name: string): void => {
  if (!NAME.test(name)) throw new ServiceError('InvalidName', `Invalid Name: '${name}'`);
};

/** Refuses an input that is missing, too large, or nested deeper than can be read. */
export const checkInput = (input: unknown): void => {
  if (isDeeperThan(input, limits.nesting))
    throw new ServiceError('InvalidExecutionInput', 'Invalid State Machine Execution Input: it is nested too deeply');
  if (input === undefined || isLargerThan(input, limits.payloadBytes))
    throw new ServiceError(
      'InvalidExecutionInput',
      `Invalid State Machine Execution Input: it is missing or larger than ${limits.payloadBytes} bytes`,
    );
};
