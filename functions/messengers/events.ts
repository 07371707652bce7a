import { setTimeout as sleep } from 'node:timers/promises';
import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { DomainEventData } from '../contracts/domain-events.ts';
import { callFailure, MessengerUnavailable } from './errors.ts';

/** What happened to a journey, for whoever listens: ids and an instant, never facts. */
export type DomainEvent = {
  readonly kind: string;
  readonly journeyId: string;
  /** ISO-8601 instant. */
  readonly at: string;
  /** Of this event, so that a listener can drop a repetition. */
  readonly id: string;
  /** The appointment that it is about, if it is about one. */
  readonly appointmentId?: string;
};

/** What is told of an event, as its schema has it (contracts/domain-events.ts). */
export const eventData = ({ id, journeyId, at, appointmentId }: DomainEvent): DomainEventData => ({
  version: 1,
  id,
  journeyId,
  ...(appointmentId !== undefined && { appointmentId }),
  at,
});

/** Publishes at least once, in no promised order; rejects when an event could not be placed. */
export type DomainEvents = { publish(events: readonly DomainEvent[]): Promise<void> };

export type BusOptions = {
  readonly client?: EventBridgeClient;
  readonly busName: string;
  /** E.g. `throughline`. */
  readonly source: string;
  /** Milliseconds before the second and third attempt. */
  readonly pauses?: readonly number[];
};

/** PutEvents takes at most 10 entries a call (EventBridge quotas). */
const BATCH = 10;

/** Publishes on an EventBridge bus; PutEvents answers 200 with failed entries in it, and only those are sent again. */
export const busEvents = ({ client, busName, source, pauses = [100, 400] }: BusOptions): DomainEvents => {
  let bus = client;
  const entryOf = (event: DomainEvent): PutEventsRequestEntry => ({
    EventBusName: busName,
    Source: source,
    DetailType: event.kind,
    Time: new Date(event.at),
    Detail: JSON.stringify(eventData(event)),
  });

  const place = async (entries: PutEventsRequestEntry[]) => {
    bus ??= new EventBridgeClient({ requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 } });
    const answer = await bus.send(new PutEventsCommand({ Entries: entries })).catch((error: unknown) => {
      throw callFailure('PutEvents', error);
    });
    const results = answer.Entries ?? [];
    const code = results.find((result) => result.ErrorCode !== undefined)?.ErrorCode ?? 'NoAnswer';
    return { failed: entries.filter((_, index) => results[index]?.EventId === undefined), code };
  };

  const placeAll = async (entries: PutEventsRequestEntry[]) => {
    let { failed, code } = await place(entries);
    for (const pause of pauses) {
      if (failed.length === 0) return;
      await sleep(pause);
      ({ failed, code } = await place(failed));
    }
    if (failed.length > 0) throw new MessengerUnavailable('PutEvents', { code });
  };

  return {
    async publish(events) {
      for (let first = 0; first < events.length; first += BATCH)
        await placeAll(events.slice(first, first + BATCH).map(entryOf));
    },
  };
};
