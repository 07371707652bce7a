import { beforeAll, describe, expect, test } from 'vitest';
import { sendMessage } from '../../functions/handlers/events/send-message.ts';
import { sendNow } from '../../functions/handlers/outbox/send-now.ts';
import { everyInterleaving, type Gate, outside } from '../support/interleavings.ts';
import { type Scene, sceneAt, type World, worldOf } from '../support/scenes.ts';

/** How often the timeline tells of each step of a message. */
const told = async (world: World, messageId: string): Promise<Record<string, number>> => {
  const message = await world.read.message(messageId);
  const entries = (await world.read.entries()).flatMap((entry) =>
    entry.kind === 'message' &&
    entry.message === message?.kind &&
    entry.person === message.person &&
    entry.occurrence === message.occurrence &&
    entry.attempt === message.attempt
      ? [entry.event]
      : [],
  );
  return Object.fromEntries(
    [...new Set(entries)].map((event) => [event, entries.filter((each) => each === event).length]),
  );
};

class SenderDied extends Error {
  override readonly name = 'SenderDied';
}

describe('A message', { timeout: 60_000 }, () => {
  let scene: Scene;
  let toPatient: string;
  let toStaff: string;

  beforeAll(async () => {
    scene = await sceneAt('the consult is to be booked');
    const world = await worldOf(scene);
    await world.open({ kind: 'answer-screening' });
    const planned = (await world.read.messages()).filter(({ state }) => state === 'planned');
    toPatient = planned.find(({ to }) => to === 'patient')?.id ?? '';
    toStaff = planned.find(({ to }) => to === 'staff')?.id ?? '';
    scene = world.scene();
  });

  const name = (messageId: string) => ({ journeyId: scene.journeyId, messageId });
  const delivered = (world: World, gate: Gate, messageId: string) =>
    world.store(gate).recordDelivery({ ...name(messageId), event: 'delivered', reason: null });

  test('whose schedule fires twice at once goes out once', async () => {
    const runs = await everyInterleaving({
      begin: () => worldOf(scene),
      actors: (world) => ({
        first: (gate) => sendMessage(world.deps(gate))(name(toPatient)),
        second: (gate) => sendMessage(world.deps(gate))(name(toPatient)),
      }),
      end: async (world, { first, second }) => {
        expect([first, second]).toEqual([{ value: {} }, { value: {} }]);
        expect(world.sent).toEqual([toPatient]);
        expect((await world.read.message(toPatient))?.state).toBe('sent');
        expect(await told(world, toPatient)).toEqual({ planned: 1, sent: 1 });
      },
    });
    expect(runs).toBeGreaterThan(3);
  });

  test('whose delivery is reported twice, while it is still being written down as sent, is sent and delivered once', async () => {
    const runs = await everyInterleaving({
      begin: () => worldOf(scene),
      actors: (world) => {
        let taken: () => void = () => undefined;
        const carrier = new Promise<void>((resolve) => {
          taken = resolve;
        });
        const email = world.deps().email;
        const reporting = {
          send: async (mail: Parameters<typeof email.send>[0]) => {
            const result = await email.send(mail);
            taken();
            return result;
          },
        };
        const report = async (gate: Gate) => {
          // No carrier reports what it was not given.
          await gate(outside('report'), async () => undefined);
          if (world.sent.length === 0) return 'nothing to report';
          await delivered(world, gate, toStaff);
          return carrier;
        };
        return {
          sender: (gate) => sendNow(world.deps(gate, { email: reporting }))(name(toStaff)),
          report,
          again: report,
        };
      },
      end: async (world, { sender }) => {
        expect(sender).toEqual({ value: 'struck' });
        await delivered(world, (_, act) => act(), toStaff);
        const before = await world.read.state();
        await delivered(world, (_, act) => act(), toStaff);
        expect(await world.read.state()).toEqual(before);
        expect(world.sent).toEqual([toStaff]);
        expect((await world.read.message(toStaff))?.state).toBe('delivered');
        expect(await told(world, toStaff)).toEqual({ planned: 1, sent: 1, delivered: 1 });
      },
    });
    expect(runs).toBeGreaterThan(10);
  });

  /** Sends, and dies before or after the carrier has it. */
  const dying = (world: World, when: 'before' | 'after', messageId: string): Promise<unknown> => {
    const { email, sms, ...rest } = world.deps();
    const dies =
      <T extends { messageId: string }>(send: (message: T) => Promise<unknown>) =>
      async (message: T) => {
        if (when === 'after') await send(message);
        throw new SenderDied();
      };
    const deps = { ...rest, email: { send: dies(email.send) }, sms: { send: dies(sms.send) } };
    return sendNow(deps)(name(messageId));
  };

  test('whose sender dies after the carrier has it is not sent again at once; its delivery tells that it went out', async () => {
    const world = await worldOf(scene);
    await expect(dying(world, 'after', toPatient)).rejects.toThrow(SenderDied);
    expect(await sendNow(world.deps())(name(toPatient))).toBe('pending');
    expect(world.sent).toEqual([toPatient]);
    await delivered(world, (_, act) => act(), toPatient);
    expect(await sendNow(world.deps())(name(toPatient))).toBe('done');
    expect(world.sent).toEqual([toPatient]);
    expect(await told(world, toPatient)).toEqual({ planned: 1, sent: 1, delivered: 1 });
  });

  test('to a clinician whose sender dies before the carrier has it is sent by another, once its sender is known to be lost', async () => {
    const world = await worldOf(scene);
    await expect(dying(world, 'before', toStaff)).rejects.toThrow(SenderDied);
    expect(await sendNow(world.deps())(name(toStaff))).toBe('pending');
    expect(world.sent).toEqual([]);
    world.clock.now = new Date(Date.parse(world.clock.now) + 11 * 60_000).toISOString();
    const lost = world.scene();
    await everyInterleaving({
      begin: () => worldOf({ ...lost, at: world.clock.now }),
      actors: (again) => ({
        stream: (gate) => sendNow(again.deps(gate))(name(toStaff)),
        sweep: (gate) => sendNow(again.deps(gate))(name(toStaff)),
      }),
      end: async (again) => {
        expect(again.sent).toEqual([toStaff]);
        expect((await again.read.message(toStaff))?.state).toBe('sent');
      },
    });
  });
});
