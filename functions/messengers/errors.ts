import * as z from 'zod';

/*
 * No error here keeps the SDK's own as `cause`: SES names the address that it refused in its message, and a logger
 * prints causes. The error code and the AWS request id say what support needs.
 */

/** What may be told of a failed call without telling whom it was about. */
export type Failure = { readonly code: string; readonly requestId?: string | undefined };

/** The message was not sent and never will be as it stands: try the other channel, or let a person call. */
export class MessageRefused extends Error {
  override readonly name = 'MessageRefused';
  readonly messageId: string;
  readonly code: string;
  readonly requestId: string | undefined;
  constructor(messageId: string, { code, requestId }: Failure) {
    super(`message ${messageId} was refused: ${code}`);
    this.messageId = messageId;
    this.code = code;
    this.requestId = requestId;
  }
}

/** The message was certainly not sent; the same send may be tried again later. */
export class SendingThrottled extends Error {
  override readonly name = 'SendingThrottled';
  readonly messageId: string;
  readonly code: string;
  readonly requestId: string | undefined;
  constructor(messageId: string, { code, requestId }: Failure) {
    super(`message ${messageId} was not taken yet: ${code}`);
    this.messageId = messageId;
    this.code = code;
    this.requestId = requestId;
  }
}

/** The message may or may not have gone out; only a delivery event tells, so it is not blindly sent again. */
export class SendingUnknown extends Error {
  override readonly name = 'SendingUnknown';
  readonly messageId: string;
  readonly code: string;
  readonly requestId: string | undefined;
  constructor(messageId: string, { code, requestId }: Failure) {
    super(`message ${messageId} may have been sent: ${code}`);
    this.messageId = messageId;
    this.code = code;
    this.requestId = requestId;
  }
}

/** A schedule, workflow or event call did not go through; it is idempotent, so the same call may simply be repeated. */
export class MessengerUnavailable extends Error {
  override readonly name = 'MessengerUnavailable';
  readonly call: string;
  readonly code: string;
  readonly requestId: string | undefined;
  constructor(call: string, { code, requestId }: Failure) {
    super(`${call} did not go through: ${code}`);
    this.call = call;
    this.code = code;
    this.requestId = requestId;
  }
}

/** A schedule, workflow or event call was refused (wrong input, missing permission); repeating it changes nothing. */
export class MessengerRefused extends Error {
  override readonly name = 'MessengerRefused';
  readonly call: string;
  readonly code: string;
  readonly requestId: string | undefined;
  constructor(call: string, { code, requestId }: Failure) {
    super(`${call} was refused: ${code}`);
    this.call = call;
    this.code = code;
    this.requestId = requestId;
  }
}

/** The wait behind the token has ended already, by an answer or by its deadline (Step Functions' error of the same name). */
export class TaskTimedOut extends Error {
  override readonly name = 'TaskTimedOut';
}

/** The execution behind the token is gone (Step Functions' error of the same name). */
export class TaskDoesNotExist extends Error {
  override readonly name = 'TaskDoesNotExist';
}

/** The token was never one (Step Functions' error of the same name). */
export class InvalidToken extends Error {
  override readonly name = 'InvalidToken';
}

const SdkError = z.object({
  name: z.string(),
  $fault: z.enum(['client', 'server']).optional(),
  $metadata: z.object({ requestId: z.string().optional(), httpStatusCode: z.number().optional() }).optional(),
});

/** The names under which SES, End User Messaging, Scheduler, Step Functions and EventBridge throttle. */
const THROTTLES = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'KmsThrottlingException',
]);

const read = (error: unknown): Failure & { readonly kind: 'refused' | 'throttled' | 'unknown' } => {
  const parsed = SdkError.safeParse(error);
  if (!parsed.success) return { kind: 'unknown', code: 'NotAnError' };
  const { name: code, $fault, $metadata } = parsed.data;
  const requestId = $metadata?.requestId;
  if (THROTTLES.has(code) || $metadata?.httpStatusCode === 429) return { kind: 'throttled', code, requestId };
  // The SDK gives an error that it does not know the fault `client` whatever its status, so the status comes first.
  const refused = $fault === 'client' && ($metadata?.httpStatusCode ?? 400) < 500;
  return { kind: refused ? 'refused' : 'unknown', code, requestId };
};

/** Says of a failed send whether it was refused, certainly not taken, or may have gone out. */
export const sendingFailure = (messageId: string, error: unknown): Error => {
  const failure = read(error);
  if (failure.kind === 'throttled') return new SendingThrottled(messageId, failure);
  if (failure.kind === 'refused') return new MessageRefused(messageId, failure);
  return new SendingUnknown(messageId, failure);
};

/** Says of a failed idempotent call whether it may be repeated. */
export const callFailure = (call: string, error: unknown): Error => {
  const failure = read(error);
  return failure.kind === 'refused' ? new MessengerRefused(call, failure) : new MessengerUnavailable(call, failure);
};
