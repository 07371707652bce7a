import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FUNCTIONS = join(import.meta.dirname, '../../functions');

let names: ReadonlySet<string> | undefined;

/** The names of all errors that functions throw: the `name` of every error class below functions/. */
export const thrownErrors = (): ReadonlySet<string> => {
  names ??= new Set(
    readdirSync(FUNCTIONS, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [
        ...readFileSync(join(FUNCTIONS, file), 'utf8').matchAll(/override readonly name(?:: string)? = '(\w+)'/g),
      ])
      .map(([, name]) => name ?? ''),
  );
  return names;
};

/** What the services themselves report (Step Functions Developer Guide, Error names; Lambda's and its own by prefix). */
const OF_AWS =
  /^(Lambda|Sandbox|StepFunctions)\.|^States\.(ALL|Timeout|TaskFailed|Permissions|HeartbeatTimeout|DataLimitExceeded|Runtime|ExceedToleratedFailureThreshold|QueryEvaluationError|IntrinsicFailure|NoChoiceMatched|BranchFailed|ItemReaderFailed|ResultWriterFailed)$/;

/** Whether something may ever be reported under this name. */
export const isThrown = (name: string, thrown = thrownErrors()): boolean => OF_AWS.test(name) || thrown.has(name);
