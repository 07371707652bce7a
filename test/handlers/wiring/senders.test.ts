import { describe, expect, it, vi } from 'vitest';
import { counted } from '../../../functions/handlers/wiring/senders.ts';
import { MessageRefused } from '../../../functions/messengers/errors.ts';

describe('A sender that is counted', () => {
  it('counts nothing while the carrier takes what it is given', async () => {
    const count = vi.fn();
    await expect(counted(async (text: string) => `${text} sent`, count).send('hello')).resolves.toBe('hello sent');
    expect(count).not.toHaveBeenCalled();
  });

  it('counts what the carrier did not take, and lets its error through as it is', async () => {
    const count = vi.fn();
    const refused = new MessageRefused('m1', { code: 'MessageRejected' });
    await expect(counted(() => Promise.reject(refused), count).send('hello')).rejects.toBe(refused);
    expect(count.mock.calls).toEqual([[{ FailedSends: 1 }]]);
  });
});
