import { describe, expect, it } from 'vitest';
import type { AwsAnswer } from '../../functions/contracts/aws-answer.ts';
import { putOff } from '../../functions/messengers/put-off.ts';

const QUEUE = 'https://sqs.us-west-2.amazonaws.com/1/webhooks';
const answer = (status: number, code?: string): AwsAnswer => ({ status, code, said: {}, requestId: 'request-1' });

describe('A message of a queue that is put off', () => {
  it('stays hidden for so many seconds', async () => {
    const asked: unknown[] = [];
    await putOff(async (...all) => {
      asked.push(all);
      return answer(200);
    }, QUEUE)('handle-1', 40);
    expect(asked).toEqual([
      ['ChangeMessageVisibility', { QueueUrl: QUEUE, ReceiptHandle: 'handle-1', VisibilityTimeout: 40 }],
    ]);
  });

  it.each([
    [answer(400, 'ReceiptHandleIsInvalid'), 'MessengerRefused'],
    [answer(400, 'ThrottlingException'), 'MessengerUnavailable'],
    [answer(500, 'InternalError'), 'MessengerUnavailable'],
  ])('where the queue answers %j is told as %s', async (said, name) => {
    await expect(putOff(async () => said, QUEUE)('handle-1', 40)).rejects.toMatchObject({
      name,
      call: 'ChangeMessageVisibility',
      code: said.code,
      requestId: 'request-1',
    });
  });

  it('where nobody answers is told as unavailable', async () => {
    const broken = putOff(() => Promise.reject(new Error('ECONNRESET')), QUEUE);
    await expect(broken('handle-1', 40)).rejects.toMatchObject({ name: 'MessengerUnavailable' });
  });
});
