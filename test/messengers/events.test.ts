import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { MessengerUnavailable } from '../../functions/messengers/errors.ts';
import { busEvents } from '../../functions/messengers/events.ts';

const bus = mockClient(EventBridgeClient);
const events = busEvents({ busName: 'clinic', source: 'throughline', pauses: [0, 0] });
const event = (number: number) => ({
  kind: 'dose-ended',
  journeyId: 'j1',
  at: '2026-03-02T22:00:00.000Z',
  id: `e${number}`,
});
const many = (count: number) => Array.from({ length: count }, (_, number) => event(number));
const placed = { EventId: 'x' };
const failed = { ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' };
const idsOf = () =>
  bus
    .commandCalls(PutEventsCommand)
    .map((call) => call.args[0].input.Entries?.map((entry) => JSON.parse(entry.Detail ?? '{}').id));

beforeEach(() => bus.reset());

describe('publishing events', () => {
  it('asks EventBridge for exactly this, ids and an instant only', async () => {
    bus.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [placed] });
    await events.publish([event(1)]);
    expect(bus.commandCalls(PutEventsCommand).map((call) => call.args[0].input)).toEqual([
      {
        Entries: [
          {
            EventBusName: 'clinic',
            Source: 'throughline',
            DetailType: 'dose-ended',
            Time: new Date('2026-03-02T22:00:00.000Z'),
            Detail: '{"version":1,"id":"e1","journeyId":"j1","at":"2026-03-02T22:00:00.000Z"}',
          },
        ],
      },
    ]);
  });

  it('goes ten at a time, and not at all for none', async () => {
    bus.on(PutEventsCommand).callsFake(async ({ Entries }) => ({ Entries: Entries.map(() => placed) }));
    await events.publish(many(23));
    expect(idsOf().map((ids) => ids?.length)).toEqual([10, 10, 3]);
    bus.resetHistory();
    await events.publish([]);
    expect(bus.calls()).toHaveLength(0);
  });

  it('sends again only what failed', async () => {
    bus
      .on(PutEventsCommand)
      .resolvesOnce({ FailedEntryCount: 2, Entries: [placed, failed, placed, failed] })
      .resolvesOnce({ FailedEntryCount: 1, Entries: [placed, failed] })
      .resolves({ FailedEntryCount: 0, Entries: [placed] });
    await events.publish(many(4));
    expect(idsOf()).toEqual([['e0', 'e1', 'e2', 'e3'], ['e1', 'e3'], ['e3']]);
  });

  it('gives up after the third time and says why', async () => {
    bus.on(PutEventsCommand).resolves({ FailedEntryCount: 1, Entries: [failed] });
    await expect(events.publish([event(1)])).rejects.toMatchObject({
      name: 'MessengerUnavailable',
      code: 'ThrottlingException',
    });
    expect(bus.calls()).toHaveLength(3);
  });

  it('leaves a call that failed whole to whoever repeats it', async () => {
    bus.on(PutEventsCommand).rejects(Object.assign(new Error(''), { name: 'InternalException', $fault: 'server' }));
    await expect(events.publish([event(1)])).rejects.toThrow(MessengerUnavailable);
  });
});
