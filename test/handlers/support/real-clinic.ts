import { vi } from 'vitest';
import { ConsultRequest } from '../../../functions/contracts/consult-request.ts';
import type { OutboxItem } from '../../../functions/contracts/outbox.ts';
import type { Message } from '../../../functions/domain/journey/message.ts';
import type { Wish } from '../../../functions/domain/ledger/plan-message.ts';
import { step as onMessageEvent } from '../../../functions/handlers/events/on-message-event.ts';
import { step as sendMessage } from '../../../functions/handlers/events/send-message.ts';
import { step as sweepOutbox } from '../../../functions/handlers/events/sweep-outbox.ts';
import { step as workOutbox } from '../../../functions/handlers/events/work-outbox.ts';
import type { OutboxDeps } from '../../../functions/handlers/outbox/carry-out.ts';
import { bundledData, libraryOf } from '../../../functions/stores/bundled-library.ts';
import { deskFor } from '../../../functions/stores/journey/desk.ts';
import { planMessage } from '../../../functions/stores/journey/ledger.ts';
import { journeyPartition, messages, outboxItems } from '../../../functions/stores/journey-rows.ts';
import { journeyStore } from '../../../functions/stores/journey-store.ts';
import { sqliteTable } from '../../../functions/stores/sqlite-table.ts';
import { transact } from '../../../functions/stores/transaction.ts';
import { released } from '../../contracts-released/released.ts';
import { journeyId, NOW } from './fakes.ts';
import { call } from './handlers.ts';

const MINUTE = 60_000;

/** A journey in the real store, the real functions around its outbox, and carriers that a test may let fail. */
export const realClinic = async () => {
  let instant = Date.parse(NOW);
  const counter = (prefix: string) => {
    let count = 0;
    return () => {
      count += 1;
      return `${prefix}${String(count).padStart(10, '0')}`;
    };
  };
  const now = () => new Date(instant).toISOString();
  const table = sqliteTable({ path: ':memory:', newId: counter('v') });
  const ports = {
    table,
    now,
    ordinal: counter(''),
    library: libraryOf(bundledData()),
  };
  const taken: string[] = [];
  const takes = (channel: string) =>
    vi.fn(async ({ messageId }: { messageId: string }) => {
      taken.push(messageId);
      return { providerMessageId: `${channel}-${taken.length}` };
    });
  const journeys = journeyStore(ports);
  const deps = {
    journeys,
    now,
    email: { send: takes('email') },
    sms: { send: takes('sms') },
    workflows: {
      start: async () => 'started' as const,
      succeed: async () => undefined,
      status: async () => 'RUNNING' as const,
    },
    schedules: { put: vi.fn(async () => undefined), remove: vi.fn(async () => undefined) },
    events: { publish: async () => undefined },
  } satisfies OutboxDeps;

  const outbox = async (): Promise<OutboxItem[]> => {
    const { rows } = await table.query({ pk: journeyPartition(journeyId), prefix: 'outbox#' });
    return rows.map(({ body }) => outboxItems.parse(body).item);
  };
  /** The stream shows the rows that are in the outbox. */
  const stream = async () => {
    const Records = (await outbox()).map((item, index) => {
      const { pk, sk } = outboxItems.key(item);
      return { dynamodb: { SequenceNumber: String(index), Keys: { pk: { S: pk }, sk: { S: sk } } } };
    });
    return call(workOutbox, deps, { Records });
  };
  const consult = ConsultRequest.parse(released('handlers/request-consult')[0]);
  await journeys.requestConsult({ ...consult, journeyId });
  await stream();

  return {
    deps,
    ports,
    taken,
    outbox,
    stream,
    sweep: () => call(sweepOutbox, deps, {}),
    fire: (messageId: string) => call(sendMessage, deps, { journeyId, messageId }),
    reported: (event: unknown) => call(onMessageEvent, { ...deps, measure: () => undefined }, event),
    pass: (minutes: number) => {
      instant += minutes * MINUTE;
    },
    plan: (wish: Wish): Promise<Message> =>
      transact(ports, 'test', async (transaction) => planMessage(await deskFor(ports, transaction, journeyId), wish)),
    follow: (items: readonly OutboxItem[]): Promise<void> =>
      transact(ports, 'test', async (transaction) => {
        for (const item of items) transaction.follow(item);
      }),
    message: async (id: string): Promise<Message> => {
      const row = await table.get(messages.key({ journeyId, id }));
      if (row === undefined) throw new Error(`no message ${id}`);
      return messages.parse(row.body);
    },
  };
};

export type RealClinic = Awaited<ReturnType<typeof realClinic>>;
