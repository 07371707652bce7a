import { createHmac } from 'node:crypto';
import { countOne, type Limit, Window } from '../domain/limits/fixed-window.ts';
import { toMs } from '../domain/time/instants.ts';
import { rowKind } from './row-kind.ts';
import { WriteRefused } from './table.ts';
import { type TransactionPorts, transact } from './transaction.ts';

const windows = rowKind({
  schema: Window,
  key: ({ who, what }: { who: string; what: string }) => ({ pk: `limit#${what}#${who}`, sk: 'window' }),
  idOf: (window) => window,
  places: ({ endsAt }) => ({ expiresAt: Math.ceil(toMs(endsAt) / 1000) }),
});

/** What is limited: how often one visitor may do it, or how often it may be done with one thing. */
export type Limited = Limit & {
  readonly what: string;
  /** An address, or the id of a link. It is kept as its hash under the key, so nobody learns it from the table. */
  readonly who: string;
};

/**
 * Limits of the public entry points, counted in the table by conditional writes: one count for however many processes serve.
 * Gives after how many seconds to come again; undefined where there is room.
 */
export const limits = (ports: TransactionPorts & { readonly key: Uint8Array }) => ({
  async take({ what, who, ...limit }: Limited): Promise<number | undefined> {
    const named = { what, who: createHmac('sha256', ports.key).update(`${what} ${who}`).digest('base64url') };
    try {
      return await transact(ports, 'limit', async (transaction) => {
        const counted = countOne(named, await transaction.get(windows, named), limit, transaction.now);
        if ('retryAfter' in counted) return counted.retryAfter;
        transaction.put(windows, counted.window);
        return undefined;
      });
    } catch (error) {
      // So many at one moment that no count gets through is too many.
      if (error instanceof WriteRefused) return 1;
      throw error;
    }
  },
});

export type Limits = ReturnType<typeof limits>;
