import { describe, expect, it } from 'vitest';
import type { Operation, Query, RowDraft } from '../../functions/stores/table.ts';
import { body, fill, type OpenTable, partition, put } from './table-rows.ts';

const key = { pk: 'requests', sk: 'row' };
const row = (change: object): Operation => put({ ...key, body: {}, ...change });
const holding = (value: unknown): Operation => row({ body: { value } });
const deep = (levels: number): unknown => (levels === 0 ? 'bottom' : { inner: deep(levels - 1) });

const writes: readonly (readonly [string, readonly Operation[]])[] = [
  ['of nothing', []],
  ['of 101 operations', Array.from({ length: 101 }, (_, i) => row({ sk: `${i}` }))],
  ['that puts a row twice', [row({}), row({})]],
  ['that puts and checks one row', [row({}), { do: 'check', key, when: 'ifAbsent' }]],
  ['that deletes and puts one row', [{ do: 'delete', key, when: 'free' }, row({})]],
  ['of a row over 400 KB', [row({ body: body('x'.repeat(400 * 1024)) })]],
  ['of a row over 400 KB in bytes, not in characters', [row({ body: body('é'.repeat(210 * 1024)) })]],
  ['of more than 4 MB', Array.from({ length: 11 }, (_, i) => row({ sk: `${i}`, body: body('x'.repeat(390 * 1024)) }))],
  ['with an empty partition key', [row({ pk: '' })]],
  ['with an empty sort key', [row({ sk: '' })]],
  ['with an empty index key', [row({ by1: { pk: 'a', sk: '' } })]],
  ['with a sort key over 1024 bytes', [row({ sk: 'é'.repeat(513) })]],
  ['with a partition key over 2048 bytes', [row({ pk: 'x'.repeat(2049) })]],
  ['with a key that is no Unicode', [row({ sk: '\ud800' })]],
  ['with text that is no Unicode', [holding('\ud800')]],
  ['with a name that is no Unicode', [holding({ '\ud800': 1 })]],
  ['with an empty name', [holding({ '': 1 })]],
  ['with the name __proto__', [holding(JSON.parse('{"__proto__":1}'))]],
  ['with the name constructor', [holding({ constructor: 1 })]],
  ['with a number that is none', [holding(Number.NaN)]],
  ['with an endless number', [holding(Number.POSITIVE_INFINITY)]],
  ['with a whole number past 2^53', [holding(2 ** 53)]],
  ['with a number below 1E-130', [holding(1e-131)]],
  ['with a date', [holding(new Date(0))]],
  ['with a function', [holding(() => 1)]],
  ['with a gap in a list', [holding([undefined])]],
  ['nested too deep', [holding(deep(31))]],
  ['that expires at no whole second', [row({ expiresAt: 1.5 })]],
];

const queries: readonly (readonly [string, Partial<Query>])[] = [
  ['of an empty partition', { pk: '' }],
  ['of a partition that is no Unicode', { pk: '\ud800' }],
  ['with a prefix and a range', { prefix: 'a', from: 'a' }],
  ['with a limit of none', { limit: 0 }],
  ['with a limit of half a row', { limit: 0.5 }],
  ['with a cursor that is none', { cursor: 'x' }],
  ['with an empty cursor', { cursor: '' }],
];

/** What no table may be asked for; both refuse the same, before anything is sent. */
export const requestContract = (open: OpenTable): void => {
  describe('rejects a write', () => {
    it.each(writes)('%s', async (_, operations) => {
      await expect(open().write(operations)).rejects.toMatchObject({ name: 'InvalidRequest' });
    });
  });

  describe('rejects a query', () => {
    it.each(queries)('%s', async (_, query) => {
      await expect(open().query({ pk: 'requests', ...query })).rejects.toMatchObject({ name: 'InvalidRequest' });
    });

    it('whose cursor comes from another index or lies outside its range', async () => {
      const pk = partition();
      await fill(
        open(),
        ['a', 'b'].map((sk) => ({ pk, sk, by1: { pk, sk }, by2: { pk, sk }, body: {} })),
      );
      const { cursor = '' } = await open().query({ pk, index: 'by1', limit: 1 });
      for (const query of [
        { pk },
        { pk, index: 'by2' },
        { pk, index: 'by1', from: 'b' },
        { pk, index: 'by1', prefix: 'b' },
      ] as const) {
        await expect(open().query({ ...query, cursor })).rejects.toMatchObject({ name: 'InvalidRequest' });
      }
    });
  });

  it('rejects a get with an empty key', async () => {
    await expect(open().get({ pk: 'requests', sk: '' })).rejects.toMatchObject({ name: 'InvalidRequest' });
  });

  it('takes a row of nearly 400 KB and a write of nearly 4 MB', async () => {
    const pk = partition();
    const text = 'x'.repeat(399 * 1024);
    await open().write(Array.from({ length: 10 }, (_, i) => put({ pk, sk: `${i}`, body: body(text) })));
    expect((await open().get({ pk, sk: '9' }))?.body.text).toBe(text);
  });

  it('leaves out a property that is undefined, as JSON does', async () => {
    const place = { pk: partition(), sk: 'row' };
    const content = { kept: 1, left: undefined } as object as RowDraft['body'];
    await open().write([put({ ...place, body: content })]);
    expect((await open().get(place))?.body).toStrictEqual({ kept: 1 });
  });
};
