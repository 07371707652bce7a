import type { Key, RowDraft, Table } from '../../functions/stores/table.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import type { Call } from './functions.ts';

const SWEEP_EVERY = 300_000;

const isOutbox = ({ sk }: Key): boolean => sk.startsWith('outbox#');
const nameOf = ({ pk, sk }: Key): string => `${pk} ${sk}`;

/** The table's stream on one machine: each outbox row goes to work-outbox right after its commit, what stays pending to the sweep. */
export const outboxStream = (clock: VirtualClock, functions: () => { work: Call; sweep: Call }) => {
  const pending = new Set<string>();
  let sweeping = false;

  const sweepLater = (): void => {
    if (sweeping) return;
    sweeping = true;
    clock.at(clock.millis() + SWEEP_EVERY, async () => {
      sweeping = false;
      try {
        await functions().sweep({});
      } finally {
        if (pending.size > 0) sweepLater();
      }
    });
  };

  const deliver = (row: Key): void => {
    const name = nameOf(row);
    pending.add(name);
    const record = { dynamodb: { SequenceNumber: row.sk, Keys: { pk: { S: row.pk }, sk: { S: row.sk } } } };
    clock.at(clock.millis(), async () => {
      try {
        await functions().work({ Records: [record] });
      } finally {
        if (pending.has(name)) sweepLater();
      }
    });
  };

  return {
    put(row: RowDraft): void {
      if (isOutbox(row)) deliver(row);
    },
    /** Takes up what another process left pending. */
    async takeUp(table: Pick<Table, 'query'>): Promise<void> {
      let cursor: string | undefined;
      do {
        const page = await table.query({ index: 'by1', pk: 'outbox', ...(cursor !== undefined && { cursor }) });
        for (const row of page.rows) deliver(row);
        cursor = page.cursor;
      } while (cursor !== undefined);
    },
    deleted(key: Key): void {
      if (isOutbox(key)) pending.delete(nameOf(key));
    },
  };
};
