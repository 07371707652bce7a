import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';
import { callFailure } from './errors.ts';

let client: SQSClient | undefined;

/** Keeps a message of a queue hidden for so many seconds more, at most 12 hours, before it is handed out again. */
export const putOff =
  (queueUrl: string) =>
  async (receiptHandle: string, seconds: number): Promise<void> => {
    client ??= new SQSClient({ requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 } });
    const command = new ChangeMessageVisibilityCommand({
      QueueUrl: queueUrl,
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: seconds,
    });
    await client.send(command).catch((error: unknown) => {
      throw callFailure('ChangeMessageVisibility', error);
    });
  };
