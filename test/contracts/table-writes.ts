import { describe, expect, it } from 'vitest';
import { type Condition, type Operation, type RowDraft, WriteRefused } from '../../functions/stores/table.ts';
import { body, type OpenTable, partition, put, sortKeys } from './table-rows.ts';

const bodies: readonly (readonly [string, RowDraft['body']])[] = [
  ['nothing', {}],
  ['empty text, lists and maps', { text: '', list: [], map: {}, inList: [[], {}, ''] }],
  ['null and truth', { none: null, yes: true, no: false, list: [null, true, false] }],
  [
    'whole numbers',
    { zero: 0, one: 1, minus: -1, largest: Number.MAX_SAFE_INTEGER, smallest: Number.MIN_SAFE_INTEGER },
  ],
  ['broken numbers', { sum: 0.1 + 0.2, third: 1 / 3, tiny: 1.5e-100, minus: -2.5e-7 }],
  ['names of any kind', { 'a.b': 1, '#c': 2, ':d': 3, 'e f': 4, size: 5, toString: 6, 'ä😀': 7 }],
  ['text of any kind', { text: 'Zoë said “hi” 👩‍⚕️\n\t\\ud83d \u0000 \uffff', right: 'مرحبا' }],
  ['31 levels', Array.from({ length: 30 }).reduce<RowDraft['body']>((inner) => ({ inner }), { bottom: true })],
];

/** Tries to change what was read; a table may refuse by handing out what is frozen. */
const meddle = (value: unknown, change: object): void => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) Object.assign(value, change);
};

/** Rows as they are written and read one by one. */
export const writeContract = (open: OpenTable): void => {
  describe('keeps a row', () => {
    it.each(bodies)('with %s', async (_, content) => {
      const row = { pk: partition(), sk: 'row', body: content };
      const version = await open().write([put(row)]);
      expect(await open().get(row)).toStrictEqual({ ...row, version });
    });

    it('with its index places and its expiry', async () => {
      const pk = partition();
      const row = {
        pk,
        sk: 'r',
        by1: { pk, sk: '1' },
        by2: { pk, sk: '2' },
        expiresAt: 4_102_444_800,
        body: body('all'),
      };
      const version = await open().write([put(row)]);
      expect(await open().get({ pk, sk: 'r' })).toStrictEqual({ ...row, version });
    });

    it('without places it no longer has', async () => {
      const pk = partition();
      await open().write([
        put({ pk, sk: 'r', by1: { pk, sk: '1' }, by2: { pk, sk: '2' }, expiresAt: 4_102_444_800, body: {} }),
      ]);
      const version = await open().write([put({ pk, sk: 'r', body: {} })]);
      expect(await open().get({ pk, sk: 'r' })).toStrictEqual({ pk, sk: 'r', body: {}, version });
    });

    it.each([
      'a',
      ' ',
      '#',
      'a\u0000b',
      "'; DROP TABLE rows; --",
      '😀',
      'é',
      'e\u0301',
      '\u{10ffff}',
      '%_',
      'a'.repeat(1024),
    ])('under the sort key %j', async (sk) => {
      const pk = partition();
      await open().write([put({ pk, sk, body: body(sk) }), put({ pk, sk: 'another', body: {} })]);
      expect(await open().get({ pk, sk })).toMatchObject({ sk, body: body(sk) });
    });

    it('apart from rows whose key only looks the same', async () => {
      const pk = partition();
      const keys = [
        { pk, sk: 'a b' },
        { pk: `${pk} a`, sk: 'b' },
        { pk, sk: 'A B' },
        { pk, sk: 'a\u0000b' },
        { pk, sk: 'a' },
      ];
      await open().write(keys.map((key, position) => put({ ...key, body: { position } })));
      const rows = await Promise.all(keys.map((key) => open().get(key)));
      expect(rows.map((row) => row?.body.position)).toEqual([0, 1, 2, 3, 4]);
    });

    it('that a reader cannot change', async () => {
      const row = { pk: partition(), sk: 'row', body: { list: [1], map: { a: 1 } } };
      await open().write([put(row)]);
      const first = await open().get(row);
      meddle(first?.body.map, { a: 2 });
      meddle(first, { version: 'other' });
      expect((await open().get(row))?.body).toEqual({ list: [1], map: { a: 1 } });
    });

    it('that its writer cannot change afterwards', async () => {
      const content = { list: [1] };
      const row = { pk: partition(), sk: 'row', body: content };
      const written = open().write([put(row)]);
      content.list.push(2);
      await written;
      expect((await open().get(row))?.body).toEqual({ list: [1] });
    });
  });

  it('reads nothing where there is no row', async () => {
    expect(await open().get({ pk: partition(), sk: 'none' })).toBeUndefined();
  });

  it('gives every write an id of its own, the version of all the rows it put and of no other', async () => {
    const pk = partition();
    const first = await open().write([put({ pk, sk: 'a', body: {} }), put({ pk, sk: 'b', body: {} })]);
    const second = await open().write([
      put({ pk, sk: 'b', body: {} }),
      { do: 'check', key: { pk, sk: 'a' }, when: 'ifPresent' },
    ]);
    const { rows } = await open().query({ pk });
    expect(rows.map(({ version }) => version)).toEqual([first, second]);
    expect(first).not.toBe(second);
  });

  describe('goes through only when its condition holds:', () => {
    const stale: Condition = { ifVersion: 'of-another-write' };
    const kinds: readonly Operation['do'][] = ['put', 'delete', 'check'];
    const cases = kinds.flatMap((kind) => [
      { kind, when: 'ifAbsent', onRow: false, onNone: true } as const,
      { kind, when: 'ifPresent', onRow: true, onNone: false } as const,
      { kind, when: 'current', onRow: true, onNone: false } as const,
      { kind, when: stale, onRow: false, onNone: false } as const,
      ...(kind === 'check' ? [] : [{ kind, when: 'free', onRow: true, onNone: true } as const]),
    ]);

    const operation = (kind: Operation['do'], key: { pk: string; sk: string }, when: Condition): Operation => {
      if (kind === 'put') return put({ ...key, body: body('new') }, when);
      if (kind === 'delete') return { do: 'delete', key, when };
      return { do: 'check', key, when: when === 'free' ? 'ifPresent' : when };
    };
    const after = { put: 'new', delete: undefined, check: 'old' };

    it.each(cases)('$kind $when on a row: $onRow', async ({ kind, when, onRow }) => {
      const key = { pk: partition(), sk: 'row' };
      const version = await open().write([put({ ...key, body: body('old') })]);
      const condition = when === 'current' ? { ifVersion: version } : when;
      const written = open().write([operation(kind, key, condition)]);
      if (onRow) await written;
      else await expect(written).rejects.toMatchObject({ name: 'WriteRefused', keys: [key] });
      expect((await open().get(key))?.body.text).toBe(onRow ? after[kind] : 'old');
    });

    it.each(cases)('$kind $when on no row: $onNone', async ({ kind, when, onNone }) => {
      const key = { pk: partition(), sk: 'row' };
      const condition = when === 'current' ? { ifVersion: 'never-written' } : when;
      const written = open().write([operation(kind, key, condition)]);
      if (onNone) await written;
      else await expect(written).rejects.toMatchObject({ name: 'WriteRefused', keys: [key] });
      expect((await open().get(key))?.body.text).toBe(onNone && kind === 'put' ? 'new' : undefined);
    });
  });

  describe('is all or nothing', () => {
    it('with 100 operations that go through', async () => {
      const pk = partition();
      await open().write([put({ pk, sk: 'gone', body: {} }), put({ pk, sk: 'seen', body: {} })]);
      const version = await open().write([
        { do: 'delete', key: { pk, sk: 'gone' }, when: 'ifPresent' },
        { do: 'check', key: { pk, sk: 'seen' }, when: 'ifPresent' },
        ...Array.from({ length: 98 }, (_, i) => put({ pk, sk: `new-${i}`, body: { i } }, 'ifAbsent')),
      ]);
      const { rows } = await open().query({ pk });
      expect(rows).toHaveLength(99);
      expect(rows.filter((row) => row.version === version)).toHaveLength(98);
    });

    it('with 100 operations of which the last one is refused', async () => {
      const pk = partition();
      const before = await open().write([put({ pk, sk: 'old', body: body('old') }), put({ pk, sk: 'kept', body: {} })]);
      const written = open().write([
        put({ pk, sk: 'old', body: body('new') }),
        { do: 'delete', key: { pk, sk: 'kept' }, when: 'free' },
        ...Array.from({ length: 97 }, (_, i) => put({ pk, sk: `new-${i}`, body: {} }, 'ifAbsent')),
        { do: 'check', key: { pk, sk: 'missing' }, when: 'ifPresent' },
      ]);
      await expect(written).rejects.toMatchObject({ keys: [{ pk, sk: 'missing' }] });
      expect(await sortKeys(open(), { pk })).toEqual(['kept', 'old']);
      expect(await open().get({ pk, sk: 'old' })).toMatchObject({ body: body('old'), version: before });
    });

    it('and names every row that refused', async () => {
      const pk = partition();
      await open().write([put({ pk, sk: 'here', body: {} })]);
      const refusal = await open()
        .write([
          put({ pk, sk: 'here', body: {} }, 'ifAbsent'),
          put({ pk, sk: 'fine', body: {} }, 'ifAbsent'),
          { do: 'check', key: { pk, sk: 'there' }, when: 'ifPresent' },
        ])
        .catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(WriteRefused);
      expect(refusal).toHaveProperty('keys', [
        { pk, sk: 'here' },
        { pk, sk: 'there' },
      ]);
    });
  });
};
