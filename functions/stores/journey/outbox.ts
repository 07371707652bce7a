import type { OutboxItem } from '../../contracts/outbox.ts';
import type { Message } from '../../domain/journey/message.ts';
import { heads, messages, outboxItems } from '../journey-rows.ts';
import { type Table, WriteRefused } from '../table.ts';
import { type Transaction, transact } from '../transaction.ts';
import type { DeskPorts } from './desk.ts';

/** How many due items a sweep looks at in one page. */
const SWEEP = 100;

/** The item of an outbox row that is still pending. */
export const pendingItem = async (
  { table }: { table: Table },
  key: { pk: string; sk: string },
): Promise<{ item: OutboxItem; version: string } | undefined> => {
  const row = await table.get(key);
  return row && { item: outboxItems.read(row).item, version: row.version };
};

/** A page of pending items, oldest first, as far as the index shows them; the cursor leads past those that stay. */
export const pendingItems = async (
  { table }: { table: Table },
  page: { before: string; cursor?: string },
): Promise<{ items: { item: OutboxItem; version: string }[]; cursor: string | null }> => {
  const { before, cursor } = page;
  const found = await table.query({
    index: 'by1',
    pk: 'outbox',
    to: before,
    limit: SWEEP,
    ...(cursor !== undefined && { cursor }),
  });
  const items = found.rows.map((row) => ({ item: outboxItems.read(row).item, version: row.version }));
  return { items, cursor: found.cursor ?? null };
};

/** Strikes an item off; one that was asked for again meanwhile stays. */
export const strikeOff = async (
  { table }: { table: Table },
  { item, version }: { item: OutboxItem; version: string },
): Promise<void> => {
  try {
    await table.write([{ do: 'delete', key: outboxItems.key(item), when: { ifVersion: version } }]);
  } catch (error) {
    if (!(error instanceof WriteRefused)) throw error;
  }
};

/**
 * Strikes an item off together with what it asks for. To be called before all else is read: an item that is asked for again
 * meanwhile then makes the transaction decide again, from what is there by now.
 */
export const strike = async (transaction: Transaction, item: OutboxItem): Promise<void> => {
  if ((await transaction.get(outboxItems, item)) !== undefined) transaction.remove(outboxItems, item);
};

/** The last signal, as a line that starts now takes it along. */
export const lastSignal = (ports: DeskPorts, journeyId: string): Promise<number> =>
  transact(ports, 'read', async (transaction) => (await transaction.need(heads, journeyId)).lastSignal);

/** A message as the ledger has it. */
export const messageAt = (ports: DeskPorts, id: { journeyId: string; id: string }): Promise<Message | undefined> =>
  transact(ports, 'read', (transaction) => transaction.get(messages, id));
