import middy, { type MiddlewareObj } from '@middy/core';
import type * as z from 'zod';
import { checkOutput, readInput } from './bad-input.ts';
import { log } from './logger.ts';

/** A deployed function in four parts: what it takes, what it gives, what it stands on, and what it does. */
export type Step<I, O, D> = {
  readonly name: string;
  readonly input: z.ZodType<I>;
  readonly output: z.ZodType<O>;
  readonly wire: () => D;
  readonly run: (deps: D) => (input: I) => Promise<O>;
};

/** Logs how long a call took or by what name it failed; the error itself may name facts, so it stays out. */
const loggedWithoutFacts = (name: string): MiddlewareObj<unknown, unknown> => {
  let startedAt = 0;
  return {
    before: () => {
      startedAt = performance.now();
    },
    after: () => log('info', 'done', { name, milliseconds: Math.round(performance.now() - startedAt) }),
    onError: ({ error }) => log('error', 'failed', { name, error: error instanceof Error ? error.name : 'unknown' }),
  };
};

/** A step as whoever calls it sees it: parsed in, checked out, wired on the first call only. */
export const calling = <I, O, D>(step: Step<I, O, D>): ((event: unknown) => Promise<O>) => {
  let run: ((input: I) => Promise<O>) | undefined;
  return async (event) => {
    run ??= step.run(step.wire());
    return checkOutput(step.name, step.output, await run(readInput(step.name, step.input, event)));
  };
};

/** Puts a step behind Lambda's door. */
export const frame = <I, O, D>(step: Step<I, O, D>) => middy(calling(step)).use(loggedWithoutFacts(step.name));
