import { createHash } from 'node:crypto';
import { ServiceError } from './errors.ts';
import { limits } from './limits.ts';
import type { TaskCall } from './task.ts';

const seal = (number: number) => createHash('sha256').update(`task token ${number}`).digest('base64');

/** Tokens by count: opaque to look at, the same in every run, and told from made-up ones without keeping the old ones. */
const countedTokens = (issued: number) => {
  let count = issued;
  return {
    issued: () => count,
    issue: () => `AQB4AAAAKgAAAAMAAAAAAAAAA${seal(++count)}.${count.toString(36)}`,
    wasIssued: (token: string) => {
      const number = Number.parseInt(token.slice(token.lastIndexOf('.') + 1), 36);
      return (
        number >= 1 && number <= count && token === `AQB4AAAAKgAAAAMAAAAAAAAAA${seal(number)}.${number.toString(36)}`
      );
    },
    isWellFormed: (token: string) => token.startsWith('AQB4AAAAKgAAAAMAAAAAAAAAA') && token.includes('.'),
  };
};

const givenTokens = (newToken: () => string) => {
  const issued = new Set<string>();
  return {
    issued: () => issued.size,
    issue: () => {
      const token = newToken();
      issued.add(token);
      return token;
    },
    wasIssued: (token: string) => issued.has(token),
    isWellFormed: () => true,
  };
};

/** The task tokens of one runner; `wake` takes up whoever waits for a token and sleeps. */
export const taskTokens = (
  newToken: (() => string) | undefined,
  issued = 0,
  wake: (token: string) => void = () => undefined,
) => {
  const source = newToken === undefined ? countedTokens(issued) : givenTokens(newToken);
  const waiting = new Map<string, TaskCall>();
  return {
    issue: source.issue,
    /** How many there were. */
    issued: source.issued,
    wait: (token: string, holder: TaskCall) => void waiting.set(token, holder),
    release: (token: string) => void waiting.delete(token),
    /** The task that waits for a token; throws what AWS throws for a token that is wrong, unknown, late or used. */
    holder(token: string): TaskCall {
      const known = waiting.get(token);
      if (known !== undefined) return known;
      if (
        typeof token !== 'string' ||
        token === '' ||
        token.length > limits.tokenCharacters ||
        !source.isWellFormed(token)
      )
        throw new ServiceError('InvalidToken', "Invalid Token: 'Invalid token'");
      wake(token);
      const woken = waiting.get(token);
      if (woken !== undefined) return woken;
      if (source.wasIssued(token))
        throw new ServiceError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
      throw new ServiceError('TaskDoesNotExist', "Task does not exist: 'Provided task does not exist'");
    },
  };
};

export type Tokens = ReturnType<typeof taskTokens>;
