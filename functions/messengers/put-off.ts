import type { AskAws } from '../contracts/aws-answer.ts';
import { callFailure } from './errors.ts';

const CALL = 'ChangeMessageVisibility';

/** Keeps a message of a queue hidden for so many seconds more, at most 12 hours, before it is handed out again. */
export const putOff =
  (ask: AskAws, queueUrl: string) =>
  async (receiptHandle: string, seconds: number): Promise<void> => {
    const input = { QueueUrl: queueUrl, ReceiptHandle: receiptHandle, VisibilityTimeout: seconds };
    const { status, code, requestId } = await ask(CALL, input).catch((error: unknown) => {
      throw callFailure(CALL, error);
    });
    if (code === undefined) return;
    throw callFailure(CALL, { name: code, $fault: 'client', $metadata: { httpStatusCode: status, requestId } });
  };
