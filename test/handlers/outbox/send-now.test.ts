import { describe, expect, it, vi } from 'vitest';
import { sendNow } from '../../../functions/handlers/outbox/send-now.ts';
import { MessageRefused, SendingThrottled, SendingUnknown } from '../../../functions/messengers/errors.ts';
import { VISIT as visit } from '../../support/visit.ts';
import { journeyId, NOW, outboxWorld } from '../support/fakes.ts';
import { refusalOf } from '../support/handlers.ts';

const messageId = 'reminder-patient-1-1-1';
const name = { journeyId, messageId };
const claimed = {
  claim: 'taken' as const,
  to: '+12065550123',
  subject: 'Your visit',
  text: 'Tue, Mar 3',
  usefulUntil: '2026-03-03T17:00:00.000Z',
};
type Channel = 'email' | 'sms';
const claiming = (channel: Channel) => async () => ({ ...claimed, channel });

/** Sends a message that the carrier of its channel fails to take. */
const failing = async (channel: Channel, error: Error) => {
  const recordSending = vi.fn(async () => undefined);
  const { deps } = outboxWorld({ claimMessage: claiming(channel), recordSending });
  deps[channel].send.mockRejectedValueOnce(error);
  const work = sendNow(deps)(name);
  return { work, recordSending, sends: deps[channel].send };
};

describe('Sending a message', () => {
  it('sends nothing when it may not go out, or was sent already, and is done with it', async () => {
    const { deps, did } = outboxWorld({ claimMessage: async () => ({ claim: 'none' }) });
    await expect(sendNow(deps)(name)).resolves.toBe('done');
    expect(did).toEqual([]);
  });

  it('sends nothing while somebody else is sending it, and is not done with it', async () => {
    const { deps, did } = outboxWorld({ claimMessage: async () => ({ claim: 'busy' }) });
    await expect(sendNow(deps)(name)).resolves.toBe('pending');
    expect(did).toEqual([]);
  });

  it('hands a text message to its carrier, with the instant after which it is of no use', async () => {
    const recordSending = vi.fn(async () => undefined);
    const { deps, did } = outboxWorld({ claimMessage: claiming('sms'), recordSending });
    await expect(sendNow(deps)(name)).resolves.toBe('struck');
    const { to, text, usefulUntil } = claimed;
    expect(did).toEqual([['sms', { to, text, ...name, usefulUntil, now: NOW }]]);
    expect(recordSending.mock.calls).toEqual([[{ ...name, result: 'sent', providerMessageId: 'sms-1' }]]);
  });

  it('hands an e-mail to its carrier with its subject and the visit that it is about', async () => {
    const recordSending = vi.fn(async () => undefined);
    const claimMessage = async () => ({ ...claimed, channel: 'email' as const, visit });
    const { deps, did } = outboxWorld({ claimMessage, recordSending });
    await expect(sendNow(deps)(name)).resolves.toBe('struck');
    const { to, subject, text } = claimed;
    expect(did).toEqual([['email', { to, subject, text, ...name, visit, now: NOW }]]);
    expect(recordSending.mock.calls).toEqual([[{ ...name, result: 'sent', providerMessageId: 'ses-1' }]]);
  });

  it('claims the message before anything leaves', async () => {
    const order: string[] = [];
    const { deps } = outboxWorld({
      async claimMessage() {
        order.push('claim');
        return { ...claimed, channel: 'sms' };
      },
      recordSending: async () => void order.push('record'),
    });
    deps.sms.send.mockImplementationOnce(async () => {
      order.push('send');
      return { providerMessageId: 'sms-1' };
    });
    await sendNow(deps)(name);
    expect(order).toEqual(['claim', 'send', 'record']);
  });

  describe.each<Channel>(['email', 'sms'])('when the carrier of %s', (channel) => {
    it('refuses it, writes the code down and is done with it', async () => {
      const { work, recordSending, sends } = await failing(
        channel,
        new MessageRefused(messageId, { code: 'MessageRejected' }),
      );
      await expect(work).resolves.toBe('struck');
      expect(recordSending.mock.calls).toEqual([[{ ...name, result: 'refused', reason: 'MessageRejected' }]]);
      expect(sends).toHaveBeenCalledTimes(1);
    });

    it('is busy, gives the message back and fails, so that it is tried again', async () => {
      const { work, recordSending } = await failing(channel, new SendingThrottled(messageId, { code: 'Throttling' }));
      expect(await refusalOf(work)).toMatchObject({ name: 'SendingThrottled', code: 'Throttling' });
      expect(recordSending.mock.calls).toEqual([[{ ...name, result: 'throttled' }]]);
    });

    it('gives no certain answer, writes that down, sends nothing more and is not done with it', async () => {
      const { work, recordSending, sends } = await failing(
        channel,
        new SendingUnknown(messageId, { code: 'TimeoutError' }),
      );
      await expect(work).resolves.toBe('pending');
      expect(recordSending.mock.calls).toEqual([[{ ...name, result: 'unknown' }]]);
      expect(sends).toHaveBeenCalledTimes(1);
    });

    it('fails in a way that nobody foresaw, fails too and claims nothing about it', async () => {
      const { work, recordSending } = await failing(channel, new TypeError('a defect of ours'));
      expect(await refusalOf(work)).toMatchObject({ name: 'TypeError' });
      expect(recordSending).not.toHaveBeenCalled();
    });
  });

  it('fails, and does not send again, when what was sent could not be written down', async () => {
    const recordSending = vi.fn(async () => Promise.reject(new Error('the table is away')));
    const { deps } = outboxWorld({ claimMessage: claiming('sms'), recordSending });
    expect((await refusalOf(sendNow(deps)(name))).message).toBe('the table is away');
    expect(deps.sms.send).toHaveBeenCalledTimes(1);
    expect(recordSending).toHaveBeenCalledTimes(1);
  });
});
