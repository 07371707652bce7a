import { describe, expect, it } from 'vitest';
import type { Index, Query } from '../../functions/stores/table.ts';
import { body, everyPage, everyRow, fill, keyOf, type OpenTable, partition, put, sortKeys } from './table-rows.ts';

const SKS = ['a', 'a#1', 'a#2', 'a#3', 'a$', 'b', 'b#1', 'c'];

const ranges: readonly (readonly [string, Omit<Query, 'pk'>, readonly string[]])[] = [
  ['all of a partition', {}, SKS],
  ['a prefix', { prefix: 'a#' }, ['a#1', 'a#2', 'a#3']],
  ['a prefix that is a whole key', { prefix: 'b' }, ['b', 'b#1']],
  ['a prefix of nothing', { prefix: 'x' }, []],
  ['an empty prefix', { prefix: '' }, SKS],
  ['from a key on', { from: 'a$' }, ['a$', 'b', 'b#1', 'c']],
  ['up to a key', { to: 'a#2' }, ['a', 'a#1', 'a#2']],
  ['between two keys, both included', { from: 'a#2', to: 'b' }, ['a#2', 'a#3', 'a$', 'b']],
  ['between keys that are not there', { from: 'a#25', to: 'b#0' }, ['a#3', 'a$', 'b']],
  ['one key', { from: 'b', to: 'b' }, ['b']],
  ['a range that ends before it begins', { from: 'c', to: 'a' }, []],
  ['up to nothing', { to: '' }, []],
  ['from nothing', { from: '' }, SKS],
];

/** Partitions and indexes as they are read in order, in ranges and in pages. */
export const queryContract = (open: OpenTable): void => {
  const orders: readonly { readonly by: string; readonly index?: Index }[] = [
    { by: 'key' },
    { by: 'by1', index: 'by1' },
    { by: 'by2', index: 'by2' },
  ];
  describe.each(orders)('queries by $by', ({ index }) => {
    const at = index === undefined ? {} : { index };
    /** Rows whose place in the queried order is one of these sort keys. */
    const filled = async (sks: readonly string[]): Promise<string> => {
      const pk = partition();
      const keys = sks.map((sk) => (index === undefined ? { pk, sk } : { pk: `of ${pk}`, sk, [index]: { pk, sk } }));
      await fill(open(), [...keys.map((key) => ({ ...key, body: body(key.sk) })), { pk: `${pk}+`, sk: 'b', body: {} }]);
      return pk;
    };

    it.each(ranges)('read %s', async (_, range, expected) => {
      const pk = await filled(SKS);
      expect(await sortKeys(open(), { ...at, pk, ...range })).toEqual(expected);
      const downward = await sortKeys(open(), { ...at, pk, ...range, descending: true });
      expect(downward).toEqual(expected.toReversed());
    });

    it.each(ranges)('page through %s, up and down', async (_, range, expected) => {
      const pk = await filled(SKS);
      for (const descending of [false, true]) {
        const pages = await everyPage(open(), { ...at, pk, ...range, descending, limit: 2 });
        expect(pages.slice(0, -1).every((page) => page.length === 2)).toBe(true);
        const sks = pages.flat().map(({ sk }) => sk);
        expect(sks).toEqual(descending ? expected.toReversed() : expected);
      }
    });

    it('order by the bytes of UTF-8, not by the units of UTF-16', async () => {
      const ordered = [
        'A',
        'Z',
        'a',
        'e\u0301',
        'z',
        'é',
        '한',
        '\ud7ff',
        '\ue000',
        '～',
        '\uffff',
        '😀',
        '\u{10ffff}',
      ];
      const pk = await filled(ordered.toReversed());
      expect(await sortKeys(open(), { ...at, pk })).toEqual(ordered);
      expect(await sortKeys(open(), { ...at, pk, from: '\uffff' })).toEqual(['\uffff', '😀', '\u{10ffff}']);
      expect(await sortKeys(open(), { ...at, pk, from: 'z', to: '～' })).toEqual(ordered.slice(4, 10));
    });

    it.each(['é', '\ud7ff', '\uffff', '😀', '\u{10ffff}', 'a\u{10ffff}', "'", '%', '\u0000'])(
      'take the prefix %j as it stands',
      async (prefix) => {
        const inside = [prefix, `${prefix}\u0000`, `${prefix}a`, `${prefix}\u{10ffff}\u{10ffff}`];
        const pk = await filled(['!', 'a', 'b', '\ue000', '😁', ...inside]);
        expect(await sortKeys(open(), { ...at, pk, prefix })).toEqual(inside);
      },
    );

    it('give whole rows', async () => {
      const pk = await filled(['a']);
      const [row] = await everyRow(open(), { ...at, pk });
      expect(row).toStrictEqual(row && (await open().get(keyOf(row))));
      expect(row?.body).toEqual(body('a'));
    });

    it('end a page by themselves when rows are many or large, with a cursor', async () => {
      const sks = Array.from({ length: 12 }, (_, i) => `${i + 10}`);
      const pk = partition();
      const large = 'x'.repeat(200_000);
      for (const sk of sks) {
        const key = index === undefined ? { pk, sk } : { pk: `of ${pk}`, sk, [index]: { pk, sk } };
        await open().write([put({ ...key, body: body(large) })]);
      }
      const pages = await everyPage(open(), { ...at, pk });
      expect(pages.length).toBeGreaterThan(1);
      expect(pages.flat().map(({ sk }) => sk)).toEqual(sks);
    });

    it('go on behind the cursor although its row is gone', async () => {
      const pk = await filled(['a', 'b', 'c']);
      const first = await open().query({ ...at, pk, limit: 1 });
      const [row] = first.rows;
      if (row === undefined || first.cursor === undefined) throw new Error('No page');
      await open().write([{ do: 'delete', key: keyOf(row), when: 'ifPresent' }]);
      const next = await open().query({ ...at, pk, limit: 1, cursor: first.cursor });
      expect(next.rows.map(({ sk }) => sk)).toEqual(['b']);
    });
  });

  describe.each(['by1', 'by2'] as const)('the index %s', (index) => {
    it('holds only rows that have a place in it', async () => {
      const pk = partition();
      const other = index === 'by1' ? 'by2' : 'by1';
      await fill(open(), [
        { pk, sk: 'in', [index]: { pk, sk: '1' }, body: {} },
        { pk, sk: 'elsewhere', [other]: { pk, sk: '1' }, body: {} },
        { pk, sk: 'nowhere', body: {} },
      ]);
      expect(await sortKeys(open(), { index, pk })).toEqual(['in']);
    });

    it('follows a row that moves, leaves and comes back', async () => {
      const pk = partition();
      const moved = async (place: string | undefined) => {
        await open().write([
          put({ pk, sk: 'r', ...(place && { [index]: { pk: `${pk}/${place}`, sk: 's' } }), body: {} }),
        ]);
        const found = ['a', 'b'].map((name) => sortKeys(open(), { index, pk: `${pk}/${name}` }));
        return (await Promise.all(found)).map((rows) => rows.length);
      };
      expect(await moved('a')).toEqual([1, 0]);
      expect(await moved('b')).toEqual([0, 1]);
      expect(await moved(undefined)).toEqual([0, 0]);
      expect(await moved('a')).toEqual([1, 0]);
      await open().write([{ do: 'delete', key: { pk, sk: 'r' }, when: 'free' }]);
      expect(await sortKeys(open(), { index, pk: `${pk}/a` })).toEqual([]);
    });

    it.each([1, 2, 3, 7])('pages by %i through many rows at the same place and loses none', async (limit) => {
      const pk = partition();
      const rows = Array.from({ length: 12 }, (_, i) => ({
        pk: `${pk}-${i % 3}`,
        sk: `${i}`,
        [index]: { pk, sk: 'same' },
        body: {},
      }));
      await fill(open(), rows);
      for (const descending of [false, true]) {
        const found = await everyRow(open(), { index, pk, limit, descending });
        expect(new Set(found.map(({ sk }) => sk)).size).toBe(12);
        expect(found).toHaveLength(12);
      }
    });
  });
};
