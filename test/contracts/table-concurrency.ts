import { describe, expect, it } from 'vitest';
import { type Key, type Table, WriteRefused } from '../../functions/stores/table.ts';
import { type OpenTable, partition, put } from './table-rows.ts';

const increment = async (table: Table, key: Key): Promise<void> => {
  for (;;) {
    const row = await table.get(key);
    const count = Number(row?.body.count ?? 0) + 1;
    try {
      await table.write([
        put({ ...key, body: { count } }, row === undefined ? 'ifAbsent' : { ifVersion: row.version }),
      ]);
      return;
    } catch (error) {
      if (!(error instanceof WriteRefused)) throw error;
    }
  }
};

/** Several writers at once. */
export const concurrencyContract = (open: OpenTable): void => {
  describe('with several writers at once', () => {
    it('lets exactly one of many create a row', async () => {
      const key = { pk: partition(), sk: 'slot' };
      const writers = Array.from({ length: 12 }, (_, writer) =>
        open().write([put({ ...key, body: { writer } }, 'ifAbsent')]),
      );
      const results = await Promise.allSettled(writers);
      const winners = results.flatMap((result, writer) =>
        result.status === 'fulfilled' ? [{ writer, version: result.value }] : [],
      );
      const losers = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
      expect(winners).toHaveLength(1);
      expect(losers.every((error) => error instanceof WriteRefused)).toBe(true);
      expect(await open().get(key)).toMatchObject({
        body: { writer: winners[0]?.writer },
        version: winners[0]?.version,
      });
    });

    it('loses no count when each tries again after a refusal', async () => {
      const key = { pk: partition(), sk: 'counter' };
      await Promise.all(Array.from({ length: 8 }, () => increment(open(), key)));
      expect((await open().get(key))?.body).toEqual({ count: 8 });
    });

    it('lets a check hold a row against a writer that changes it', async () => {
      const pk = partition();
      const seen = await open().write([put({ pk, sk: 'hold', body: { open: false } })]);
      const results = await Promise.allSettled([
        open().write([
          { do: 'check', key: { pk, sk: 'hold' }, when: { ifVersion: seen } },
          put({ pk, sk: 'dose', body: {} }, 'ifAbsent'),
        ]),
        open().write([
          { do: 'check', key: { pk, sk: 'dose' }, when: 'ifAbsent' },
          put({ pk, sk: 'hold', body: { open: true } }, { ifVersion: seen }),
        ]),
      ]);
      expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    });
  });
};
