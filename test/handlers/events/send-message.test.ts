import { describe, expect, it, vi } from 'vitest';
import { step } from '../../../functions/handlers/events/send-message.ts';
import { SendingThrottled } from '../../../functions/messengers/errors.ts';
import { journeyId, outboxWorld } from '../support/fakes.ts';
import { call, refusalOf } from '../support/handlers.ts';

const input = { journeyId, messageId: 'reminder-patient-1-1-1' };
const claimed = {
  claim: 'taken',
  channel: 'sms',
  to: '+12065550123',
  subject: '',
  text: 'Tue, Mar 3',
  usefulUntil: null,
} as const;

describe('A reminder whose schedule has fired', () => {
  it('goes out and is written down, and nothing of it is answered', async () => {
    const recordSending = vi.fn(async () => undefined);
    const { deps, did } = outboxWorld({ claimMessage: async () => claimed, recordSending });
    await expect(call(step, deps, input)).resolves.toEqual({});
    expect(did).toMatchObject([['sms', { text: 'Tue, Mar 3' }]]);
    expect(recordSending.mock.calls).toMatchObject([[{ result: 'sent' }]]);
  });

  it.each([
    ['when it may not any more', 'none'],
    ['while somebody else is sending it', 'busy'],
  ] as const)('does not go out %s', async (_case, claim) => {
    const { deps, did } = outboxWorld({ claimMessage: async () => ({ claim }) });
    await expect(call(step, deps, input)).resolves.toEqual({});
    expect(did).toEqual([]);
  });

  it('fails when the carrier is busy, so that Lambda tries again', async () => {
    const { deps } = outboxWorld({ claimMessage: async () => claimed, recordSending: async () => undefined });
    deps.sms.send.mockRejectedValueOnce(new SendingThrottled(input.messageId, { code: 'ThrottlingException' }));
    expect((await refusalOf(call(step, deps, input))).name).toBe('SendingThrottled');
  });
});
