/**
 * The Retry field of every Task, callbacks and nested machines included: what passes by itself is tried again for about
 * two minutes (2+4+8+16+32+64 s, jittered), everything else goes to the Catch and so to a person.
 *
 * It never names States.ALL, States.Timeout (a timeout is an answer: nobody replied) or States.TaskFailed (a child that
 * failed has its own failure task). A retried step may have done its work already, so every handler is idempotent.
 */
export const standardRetry = [
  {
    ErrorEquals: [
      // docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html
      'Lambda.ClientExecutionTimeoutException',
      'Lambda.ServiceException',
      'Lambda.AWSLambdaException',
      'Lambda.SdkClientException',
      'Lambda.TooManyRequestsException',
      // Out of memory, a crash or a function's own timeout; newer runtimes report the timeout by the second name.
      'Lambda.Unknown',
      'Sandbox.Timedout',
      // A nested start that was throttled: AWS documents the first name and reports refusals with the suffix of the second.
      'StepFunctions.ExecutionLimitExceeded',
      'StepFunctions.ExecutionLimitExceededException',
      'StepFunctions.AWSStepFunctionsException',
      'StepFunctions.SdkClientException',
      // functions/stores/table.ts: the table did not answer.
      'TableUnavailable',
    ],
    IntervalSeconds: 2,
    MaxAttempts: 6,
    BackoffRate: 2,
    JitterStrategy: 'FULL',
  },
] as const;
