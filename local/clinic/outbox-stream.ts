import type { Key, RowDraft } from '../../functions/stores/table.ts';
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
      const swept = await functions().sweep({});
      if (typeof swept === 'object' && swept !== null && 'left' in swept && swept.left !== 0) sweepLater();
    });
  };

  return {
    put(row: RowDraft): void {
      if (!isOutbox(row)) return;
      const name = nameOf(row);
      pending.add(name);
      const record = { dynamodb: { SequenceNumber: row.sk, Keys: { pk: { S: row.pk }, sk: { S: row.sk } } } };
      clock.at(clock.millis(), async () => {
        await functions().work({ Records: [record] });
        if (pending.has(name)) sweepLater();
      });
    },
    deleted(key: Key): void {
      if (isOutbox(key)) pending.delete(nameOf(key));
    },
  };
};
