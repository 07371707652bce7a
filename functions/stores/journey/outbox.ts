import * as z from 'zod';
import type { OutboxItem } from '../../contracts/outbox.ts';
import type { Message } from '../../domain/journey/message.ts';
import { heads, messages, outboxItems } from '../journey-rows.ts';
import { type Key, type Row, type Table, WriteRefused } from '../table.ts';
import { type Transaction, transact } from '../transaction.ts';
import type { DeskPorts } from './desk.ts';

/** How many due items a sweep looks at in one page. */
const SWEEP = 100;

export type Pending = { readonly item: OutboxItem; readonly version: string };

/** A row that no version of this code can read: written by a newer one that was taken back, or by hand. */
export type Unreadable = { readonly unreadable: Key; readonly version: string };

const readingOf = (row: Row): Pending | Unreadable => {
  try {
    return { item: outboxItems.read(row).item, version: row.version };
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    return { unreadable: { pk: row.pk, sk: row.sk }, version: row.version };
  }
};

/** The outbox row of a key as long as it is pending; one that was set aside is not. */
export const pendingItem = async (
  { table }: { table: Table },
  key: { pk: string; sk: string },
): Promise<Pending | Unreadable | undefined> => {
  const row = await table.get(key);
  return row?.by1 === undefined ? undefined : readingOf(row);
};

/** A page of pending items, oldest first, as far as the index shows them; the cursor leads past those that stay. */
export const pendingItems = async (
  { table }: { table: Table },
  page: { before: string; cursor?: string },
): Promise<{ items: (Pending | Unreadable)[]; cursor: string | null }> => {
  const { before, cursor } = page;
  const found = await table.query({
    index: 'by1',
    pk: 'outbox',
    to: before,
    limit: SWEEP,
    ...(cursor !== undefined && { cursor }),
  });
  return { items: found.rows.map(readingOf), cursor: found.cursor ?? null };
};

/** Takes a row that cannot be read out of the index and keeps it as it is, for a person to look at. */
export const setAside = async ({ table }: { table: Table }, { unreadable, version }: Unreadable): Promise<void> => {
  const row = await table.get(unreadable);
  if (row === undefined || row.version !== version) return;
  const { pk, sk, body } = row;
  try {
    await table.write([{ do: 'put', row: { pk, sk, body }, when: { ifVersion: version } }]);
  } catch (error) {
    if (!(error instanceof WriteRefused)) throw error;
  }
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
