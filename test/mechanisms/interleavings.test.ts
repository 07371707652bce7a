import { describe, expect, test } from 'vitest';
import { sqliteTable } from '../../functions/stores/sqlite-table.ts';
import type { Key, Table } from '../../functions/stores/table.ts';
import { everyInterleaving, type Gate, gatedTable } from '../support/interleavings.ts';

const begin = () => {
  let writes = 0;
  const newId = () => {
    writes += 1;
    return `w${writes}`;
  };
  return sqliteTable({ path: ':memory:', newId });
};

const read = async (table: Table, key: Key): Promise<number> => Number((await table.get(key))?.body.count ?? 0);

const addOne =
  (table: Table, key: Key) =>
  async (gate: Gate): Promise<void> => {
    const gated = gatedTable(table, gate);
    const count = await read(gated, key);
    await gated.write([{ do: 'put', row: { ...key, body: { count: count + 1 } }, when: 'free' }]);
  };

const one = { pk: 'p', sk: 'one' };
const two = { pk: 'p', sk: 'two' };

describe('Every order of steps that can make a difference', () => {
  test('is tried: two who add to one number without a condition end at one or at two', async () => {
    const seen = new Set<number>();
    const runs = await everyInterleaving({
      begin,
      actors: (table) => ({ first: addOne(table, one), second: addOne(table, one) }),
      end: async (table) => void seen.add(await read(table, one)),
    });
    expect([...seen].toSorted()).toEqual([1, 2]);
    // Of six orders, those that only swap the two reads are the same.
    expect(runs).toBe(4);
  });

  test('leaves orders out that make none: two who touch nothing in common are run once', async () => {
    const runs = await everyInterleaving({
      begin,
      actors: (table) => ({ first: addOne(table, one), second: addOne(table, two) }),
      end: async (table) => expect(await read(table, one)).toBe(1),
    });
    expect(runs).toBe(1);
  });

  test('is tried for three as well, and the same ones each time', async () => {
    const count = async () => {
      const seen: number[] = [];
      await everyInterleaving({
        begin,
        actors: (table) => ({ a: addOne(table, one), b: addOne(table, one), c: addOne(table, one) }),
        end: async (table) => void seen.push(await read(table, one)),
      });
      return seen;
    };
    const first = await count();
    expect(new Set(first)).toEqual(new Set([1, 2, 3]));
    expect(await count()).toEqual(first);
  });

  test('tells the order of steps in which something did not hold', async () => {
    const failing = everyInterleaving({
      begin,
      actors: (table) => ({ first: addOne(table, one), second: addOne(table, one) }),
      end: async (table) => expect(await read(table, one)).toBe(2),
    });
    await expect(failing).rejects.toThrow(/first: get one\n {2}second: get one/);
  });
});
