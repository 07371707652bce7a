import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { OutboxItem } from '../../../functions/contracts/outbox.ts';
import type { Message } from '../../../functions/domain/journey/message.ts';
import type { Wish } from '../../../functions/domain/ledger/plan-message.ts';
import { MessageRefused, SendingThrottled, SendingUnknown } from '../../../functions/messengers/errors.ts';
import { TableUnavailable } from '../../../functions/stores/table.ts';
import { journeyId, NOW } from '../support/fakes.ts';
import { refusalOf } from '../support/handlers.ts';
import { type RealClinic, realClinic } from '../support/real-clinic.ts';

const toPatient = { to: 'patient', person: 'patient', sendAt: NOW } as const;
const checkIn: Wish = { kind: 'check-in', ...toPatient };
const withdrawn: Wish = {
  kind: 'partner-withdrawn',
  to: 'partner',
  person: 'partner-1',
  sendAt: NOW,
  taskId: 'offer-1',
};
const formRequest: Wish = { kind: 'form-request', ...toPatient };
const welcome: Wish = { kind: 'welcome', ...toPatient };
const tomorrow = '2026-03-03T17:00:00.000Z';

/** What people must get: at least once. */
const MUST = [
  ['safety', checkIn],
  ['task', withdrawn],
] as const;
/** What is better lost than told twice. */
const MAY = [
  ['reminder', formRequest],
  ['care', welcome],
] as const;

let clinic: RealClinic;
beforeEach(async () => {
  clinic = await realClinic();
});

const carrierOf = ({ channel }: Message) => (channel === 'sms' ? clinic.deps.sms : clinic.deps.email);
const isSending = (item: OutboxItem): boolean => item.kind === 'send-message';
const pending = async (): Promise<number> => (await clinic.outbox()).filter(isSending).length;
const timesTaken = ({ id }: Message): number => clinic.taken.filter((each) => each === id).length;
const stateOf = async ({ id }: Message): Promise<string> => (await clinic.message(id)).state;

/** A function hands a message to its carrier and is never heard of again. */
const dieOver = async (wish: Wish, start: (message: Message) => Promise<unknown> = () => clinic.stream()) => {
  const message = await clinic.plan(wish);
  const { send } = carrierOf(message);
  send.mockImplementationOnce(() => new Promise<never>(() => undefined));
  if (message.schedule !== null) {
    await clinic.stream();
    clinic.pass((Date.parse(message.sendAt) - Date.parse(NOW)) / 60_000);
  }
  void start(message);
  await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(1), { interval: 1 });
  return { message, send };
};

describe.each(MUST)('A %s message whose sender died over it', (kind, wish) => {
  it('is left alone for ten minutes, since somebody may still be sending it', async () => {
    const { message, send } = await dieOver(wish);
    expect(message.class).toBe(kind);
    for (const minutes of [2, 3, 4.99]) {
      clinic.pass(minutes);
      await expect(clinic.sweep()).resolves.toEqual({ done: 0, left: 1 });
    }
    expect(send).toHaveBeenCalledTimes(1);
    expect(await stateOf(message)).toBe('sending');
  });

  it('is sent again after ten minutes, and the outbox is done with it', async () => {
    const { message, send } = await dieOver(wish);
    clinic.pass(10);
    await expect(clinic.sweep()).resolves.toEqual({ done: 1, left: 0 });
    expect(send).toHaveBeenCalledTimes(2);
    expect(send.mock.calls[1]).toEqual([
      ...(send.mock.calls[0] ?? []).map((asked) => ({ ...asked, ...('now' in asked && { now: expect.any(String) }) })),
    ]);
    expect(await stateOf(message)).toBe('sent');
    expect(await pending()).toBe(0);
    clinic.pass(60);
    await expect(clinic.sweep()).resolves.toEqual({ done: 0, left: 0 });
    expect(send).toHaveBeenCalledTimes(2);
  });

  it('waits ten minutes anew when the next sender dies over it too', async () => {
    const { message, send } = await dieOver(wish);
    clinic.pass(11);
    send.mockImplementationOnce(() => new Promise<never>(() => undefined));
    void clinic.sweep();
    await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(2), { interval: 1 });
    clinic.pass(9);
    await expect(clinic.sweep()).resolves.toEqual({ done: 0, left: 1 });
    clinic.pass(1);
    await expect(clinic.sweep()).resolves.toEqual({ done: 1, left: 0 });
    expect(send).toHaveBeenCalledTimes(3);
    expect(await stateOf(message)).toBe('sent');
  });

  it('is sent again by one only of two who find it at once', async () => {
    const { message, send } = await dieOver(wish);
    clinic.pass(10);
    await Promise.all([clinic.sweep(), clinic.sweep()]);
    await clinic.sweep();
    expect(send).toHaveBeenCalledTimes(2);
    expect(await stateOf(message)).toBe('sent');
    expect(await pending()).toBe(0);
  });

  it('is sent again when the carrier took it but nobody could write that down', async () => {
    const message = await clinic.plan(wish);
    vi.spyOn(clinic.deps.journeys, 'recordSending').mockRejectedValueOnce(new TableUnavailable('away'));
    await expect(clinic.stream()).resolves.toMatchObject({ batchItemFailures: [{ itemIdentifier: '0' }] });
    expect(timesTaken(message)).toBe(1);
    clinic.pass(10);
    await clinic.sweep();
    expect(timesTaken(message)).toBe(2);
    expect(await stateOf(message)).toBe('sent');
  });

  it('is sent again after ten minutes when its carrier gave no certain answer', async () => {
    const message = await clinic.plan(wish);
    carrierOf(message).send.mockRejectedValueOnce(new SendingUnknown(message.id, { code: 'TimeoutError' }));
    await clinic.stream();
    expect(await stateOf(message)).toBe('sending');
    clinic.pass(9);
    await expect(clinic.sweep()).resolves.toEqual({ done: 0, left: 1 });
    clinic.pass(1);
    await expect(clinic.sweep()).resolves.toEqual({ done: 1, left: 0 });
    expect(timesTaken(message)).toBe(1);
    expect(await stateOf(message)).toBe('sent');
  });
});

describe.each(MAY)('A %s message whose sender died over it', (kind, wish) => {
  it('is left alone for ten minutes, since somebody may still be sending it', async () => {
    const { message, send } = await dieOver(wish);
    expect(message.class).toBe(kind);
    clinic.pass(9.99);
    await expect(clinic.sweep()).resolves.toEqual({ done: 0, left: 1 });
    expect(await stateOf(message)).toBe('sending');
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('is then left as unknown and not sent twice, and the outbox is done with it', async () => {
    const { message, send } = await dieOver(wish);
    clinic.pass(10);
    await expect(clinic.sweep()).resolves.toEqual({ done: 1, left: 0 });
    expect(await stateOf(message)).toBe('unknown');
    clinic.pass(60);
    await clinic.sweep();
    await clinic.fire(message.id);
    expect(send).toHaveBeenCalledTimes(1);
    expect(await stateOf(message)).toBe('unknown');
    expect(await pending()).toBe(0);
  });

  it('is unknown at once when its carrier gave no certain answer, and never sent again', async () => {
    const message = await clinic.plan(wish);
    const { send } = carrierOf(message);
    send.mockRejectedValueOnce(new SendingUnknown(message.id, { code: 'TimeoutError' }));
    await clinic.stream();
    expect(await stateOf(message)).toBe('unknown');
    clinic.pass(11);
    await expect(clinic.sweep()).resolves.toEqual({ done: 1, left: 0 });
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('is known again when its carrier reports it after all', async () => {
    const { message } = await dieOver(wish);
    clinic.pass(10);
    await clinic.sweep();
    const tags = { journeyId: [journeyId], messageId: [message.id] };
    await clinic.reported({ source: 'aws.ses', detail: { eventType: 'Delivery', mail: { tags } } });
    expect(await clinic.message(message.id)).toMatchObject({ state: 'delivered', sentAt: expect.any(String) });
  });
});

describe('A message whose sender died over it', () => {
  it('is not sent again when its carrier has reported meanwhile that it arrived', async () => {
    const { message, send } = await dieOver(checkIn);
    const text = JSON.stringify({
      eventType: 'TEXT_DELIVERED',
      isFinal: true,
      context: { journeyId, messageId: message.id },
    });
    await clinic.reported({ Records: [{ Sns: { Message: text } }] });
    clinic.pass(10);
    await expect(clinic.sweep()).resolves.toEqual({ done: 1, left: 0 });
    expect(send).toHaveBeenCalledTimes(1);
    expect(await stateOf(message)).toBe('delivered');
  });

  it('is not sent again when it is of no use any more', async () => {
    const { message, send } = await dieOver({ ...checkIn, usefulUntil: '2026-03-02T17:05:00.000Z' });
    clinic.pass(10);
    await expect(clinic.sweep()).resolves.toEqual({ done: 1, left: 0 });
    expect(send).toHaveBeenCalledTimes(1);
    expect(await clinic.message(message.id)).toMatchObject({ state: 'skipped', reason: 'too-late' });
  });

  it('goes out over the other channel when the second sending is refused', async () => {
    const { message, send } = await dieOver(checkIn);
    send.mockRejectedValueOnce(new MessageRefused(message.id, { code: 'ValidationException' }));
    clinic.pass(10);
    await clinic.sweep();
    await clinic.stream();
    expect(await clinic.message(message.id)).toMatchObject({ state: 'failed', reason: 'ValidationException' });
    expect(clinic.deps.email.send.mock.calls).toMatchObject([[{ messageId: 'check-in-patient-1-1-2' }]]);
  });
});

describe('A message that its carrier is too busy for', () => {
  const throttled = ({ id }: Message) => new SendingThrottled(id, { code: 'ThrottlingException' });

  it.each([...MUST, ...MAY])('stays planned and is tried again, also a %s message', async (_kind, wish) => {
    const message = await clinic.plan(wish);
    const { send } = carrierOf(message);
    send.mockRejectedValueOnce(throttled(message)).mockRejectedValueOnce(throttled(message));
    await expect(clinic.stream()).resolves.toEqual({ batchItemFailures: [{ itemIdentifier: '0' }] });
    expect(await stateOf(message)).toBe('planned');
    expect(await pending()).toBe(1);
    clinic.pass(2);
    expect((await refusalOf(clinic.sweep())).name).toBe('SendingThrottled');
    expect(await stateOf(message)).toBe('planned');
    await expect(clinic.sweep()).resolves.toEqual({ done: 1, left: 0 });
    expect(timesTaken(message)).toBe(1);
    expect(await stateOf(message)).toBe('sent');
  });

  it('may be taken back until then', async () => {
    const message = await clinic.plan({ ...formRequest, usefulUntil: '2026-03-02T17:01:00.000Z' });
    carrierOf(message).send.mockRejectedValueOnce(throttled(message));
    await clinic.stream();
    clinic.pass(2);
    await expect(clinic.sweep()).resolves.toEqual({ done: 1, left: 0 });
    expect(timesTaken(message)).toBe(0);
    expect(await clinic.message(message.id)).toMatchObject({ state: 'skipped', reason: 'too-late' });
  });

  it('is refused to its schedule, so that Lambda tries again', async () => {
    const message = await clinic.plan({ ...formRequest, sendAt: tomorrow });
    await clinic.stream();
    clinic.pass(24 * 60);
    carrierOf(message).send.mockRejectedValueOnce(throttled(message));
    expect((await refusalOf(clinic.fire(message.id))).name).toBe('SendingThrottled');
    expect(await stateOf(message)).toBe('planned');
    await clinic.fire(message.id);
    expect(timesTaken(message)).toBe(1);
    expect(await stateOf(message)).toBe('sent');
  });
});

describe('A message for later', () => {
  it('is given to its schedule and needs the outbox no more', async () => {
    const message = await clinic.plan({ ...formRequest, sendAt: tomorrow });
    expect(await clinic.outbox()).toEqual([{ kind: 'schedule-message', journeyId, messageId: message.id }]);
    await clinic.stream();
    expect(clinic.deps.schedules.put.mock.calls).toMatchObject([[{ name: message.schedule, at: tomorrow }]]);
    expect(await clinic.outbox()).toEqual([]);
  });

  it('is sent once, though its schedule fires twice, and leaves nothing in the outbox', async () => {
    const message = await clinic.plan({ ...formRequest, sendAt: tomorrow });
    await clinic.stream();
    clinic.pass(24 * 60);
    await clinic.fire(message.id);
    await clinic.fire(message.id);
    clinic.pass(11);
    await clinic.sweep();
    expect(timesTaken(message)).toBe(1);
    expect(await clinic.outbox()).toEqual([]);
  });

  const fired = ({ id }: Message) => clinic.fire(id);

  it('leaves a row in the outbox while it is being sent, so that a sender that died is found', async () => {
    const { message } = await dieOver({ ...checkIn, sendAt: tomorrow }, fired);
    expect(await clinic.outbox()).toEqual([{ kind: 'send-message', journeyId, messageId: message.id }]);
  });

  it.each([...MUST])('whose sender died over it is sent again after ten minutes: %s', async (_kind, wish) => {
    const { message } = await dieOver({ ...wish, sendAt: tomorrow }, fired);
    clinic.pass(11);
    await clinic.sweep();
    expect(await stateOf(message)).toBe('sent');
    expect(await clinic.outbox()).toEqual([]);
  });

  it.each([...MAY])('whose sender died over it is left as unknown and not sent twice: %s', async (_kind, wish) => {
    const { message, send } = await dieOver({ ...wish, sendAt: tomorrow }, fired);
    clinic.pass(11);
    await clinic.sweep();
    expect(await stateOf(message)).toBe('unknown');
    expect(send).toHaveBeenCalledTimes(1);
    expect(await clinic.outbox()).toEqual([]);
  });

  it('is tried again by the sweep when its carrier was too busy for it as often as Lambda tried', async () => {
    const message = await clinic.plan({ ...formRequest, sendAt: tomorrow });
    await clinic.stream();
    clinic.pass(24 * 60);
    carrierOf(message).send.mockRejectedValueOnce(new SendingThrottled(message.id, { code: 'ThrottlingException' }));
    expect((await refusalOf(clinic.fire(message.id))).name).toBe('SendingThrottled');
    clinic.pass(5);
    await clinic.sweep();
    expect(await stateOf(message)).toBe('sent');
  });

  it('is sent again after ten minutes when its carrier gave no certain answer and it must arrive', async () => {
    const message = await clinic.plan({ ...checkIn, sendAt: tomorrow });
    await clinic.stream();
    clinic.pass(24 * 60);
    carrierOf(message).send.mockRejectedValueOnce(new SendingUnknown(message.id, { code: 'TimeoutError' }));
    await clinic.fire(message.id);
    clinic.pass(11);
    await clinic.sweep();
    expect(await stateOf(message)).toBe('sent');
  });
});

describe('A sweep over the real table', () => {
  it('comes past more rows that have to stay than it reads at once', async () => {
    const stuck = Array.from(
      { length: 120 },
      (_, index): OutboxItem => ({
        kind: 'drop-schedule',
        journeyId,
        name: `stuck-${String(index).padStart(3, '0')}`,
      }),
    );
    await clinic.follow(stuck.slice(0, 60));
    await clinic.follow(stuck.slice(60));
    clinic.deps.schedules.remove.mockImplementation(async () => Promise.reject(new TableUnavailable('away')));
    clinic.pass(1);
    const message = await clinic.plan(formRequest);
    clinic.pass(2);
    expect((await refusalOf(clinic.sweep())).name).toBe('TableUnavailable');
    expect(timesTaken(message)).toBe(1);
    expect(clinic.deps.schedules.remove).toHaveBeenCalledTimes(120);
    expect(await pending()).toBe(0);
  });
});
