import fc from 'fast-check';
import { expect, it } from 'vitest';
import type {
  Condition,
  Index,
  Json,
  Key,
  Operation,
  Query,
  Row,
  RowDraft,
  Table,
} from '../../functions/stores/table.ts';
import { everyRow, keyOf, type OpenTable, partition } from './table-rows.ts';

/** A condition before it is known which version the row has: `read` is the current one, `missed` an older one. */
type Wish = 'free' | 'ifAbsent' | 'ifPresent' | 'read' | 'missed';
type Place = { readonly pk: string; readonly sk: string };
type Part = {
  readonly does: Operation['do'];
  readonly at: Place;
  readonly wish: Wish;
  readonly by1?: Place;
  readonly by2?: Place;
  readonly body: RowDraft['body'];
};
type Step =
  | { readonly step: 'write'; readonly parts: readonly Part[] }
  | { readonly step: 'query'; readonly query: Query };

const pk = fc.constantFrom('p', 'q');
const sk = fc.constantFrom('a', 'a#1', 'a#2', 'b', 'ｚ', '😀');
const place = fc.record({ pk, sk });
const name = fc.constantFrom('name', 'count', 'x.y', '😀');
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.oneof(fc.string({ unit: 'grapheme' }), fc.boolean(), fc.constant(null), fc.maxSafeInteger()),
    fc.double({ min: -1e15, max: 1e15, noNaN: true }).map((number) => (Math.abs(number) < 1e-100 ? 0 : number)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));
const body = fc.dictionary(name, value, { noNullPrototype: true });
const part: fc.Arbitrary<Part> = fc.record(
  {
    does: fc.constantFrom<Operation['do']>('put', 'put', 'put', 'delete', 'check'),
    at: place,
    wish: fc.constantFrom<Wish>('free', 'free', 'ifAbsent', 'ifPresent', 'read', 'read', 'missed'),
    by1: place,
    by2: place,
    body,
  },
  { requiredKeys: ['does', 'at', 'wish', 'body'] },
);
const parts = fc.uniqueArray(part, { minLength: 1, maxLength: 5, selector: ({ at }) => `${at.pk} ${at.sk}` });
const range: fc.Arbitrary<Omit<Query, 'pk'>> = fc.oneof(
  fc.record({ prefix: sk }),
  fc.record({ from: sk, to: sk }, { requiredKeys: [] }),
);
const query: fc.Arbitrary<Query> = fc
  .tuple(
    fc.record(
      {
        pk,
        index: fc.constantFrom<Index>('by1', 'by2'),
        limit: fc.integer({ min: 1, max: 4 }),
        descending: fc.boolean(),
      },
      { requiredKeys: ['pk'] },
    ),
    range,
  )
  .map(([base, bounds]) => ({ ...base, ...bounds }));
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ step: fc.constant('write' as const), parts }) },
  { weight: 2, arbitrary: fc.record({ step: fc.constant('query' as const), query }) },
);

type Model = Map<string, Row>;
const nameOf = (key: Key): string => JSON.stringify([key.pk, key.sk]);
const bytes = (left: string, right: string): number => Buffer.compare(Buffer.from(left), Buffer.from(right));

const conditionOf = (model: Model, key: Key, wish: Wish): Condition => {
  if (wish === 'read') return { ifVersion: model.get(nameOf(key))?.version ?? 'none' };
  return wish === 'missed' ? { ifVersion: 'missed' } : wish;
};

const holds = (row: Row | undefined, when: Condition): boolean => {
  if (when === 'free') return true;
  if (when === 'ifAbsent') return row === undefined;
  return row !== undefined && (when === 'ifPresent' || row.version === when.ifVersion);
};

const toOperation = (
  model: Model,
  inside: (place: Place) => Place,
  { does, at, wish, by1, by2, body: content }: Part,
): Operation => {
  const key = inside(at);
  const when = conditionOf(model, key, wish);
  if (does === 'delete') return { do: 'delete', key, when };
  if (does === 'check') return { do: 'check', key, when: when === 'free' ? 'ifPresent' : when };
  const places = { ...(by1 && { by1: inside(by1) }), ...(by2 && { by2: inside(by2) }) };
  return { do: 'put', row: { ...key, ...places, body: content }, when };
};

const checkWrite = async (table: Table, model: Model, operations: readonly Operation[]): Promise<void> => {
  const keyed = operations.map((operation) => ({
    operation,
    key: operation.do === 'put' ? keyOf(operation.row) : operation.key,
  }));
  const refused = keyed
    .filter(({ operation, key }) => !holds(model.get(nameOf(key)), operation.when))
    .map(({ key }) => key);
  if (refused.length > 0) {
    await expect(table.write(operations)).rejects.toMatchObject({ name: 'WriteRefused', keys: refused });
    return;
  }
  const version = await table.write(operations);
  for (const { operation, key } of keyed) {
    if (operation.do === 'put') model.set(nameOf(key), { ...operation.row, version });
    if (operation.do === 'delete') model.delete(nameOf(key));
  }
};

const placeOf = (row: Row, index: Index | undefined): Place | undefined => (index === undefined ? row : row[index]);

const checkQuery = async (table: Table, model: Model, asked: Query): Promise<void> => {
  const sortKey = (row: Row): string => placeOf(row, asked.index)?.sk ?? '';
  const expected = [...model.values()].filter((row) => {
    const at = placeOf(row, asked.index);
    if (at?.pk !== asked.pk || !at.sk.startsWith(asked.prefix ?? '')) return false;
    return (
      (asked.from === undefined || bytes(at.sk, asked.from) >= 0) &&
      (asked.to === undefined || bytes(at.sk, asked.to) <= 0)
    );
  });
  const inOrder = (rows: readonly Row[]): readonly Row[] =>
    rows.toSorted((a, b) => bytes(sortKey(a), sortKey(b)) || bytes(nameOf(a), nameOf(b)));
  const found = await everyRow(table, asked);
  expect(inOrder(found)).toEqual(inOrder(expected));
  const sks = found.map(sortKey);
  const sorted = sks.toSorted(bytes);
  expect(sks).toEqual(asked.descending === true ? sorted.toReversed() : sorted);
};

/** Any sequence of writes and queries gives what a plain map in memory gives. */
export const modelContract = (open: OpenTable, runs: number): void => {
  it(`does what a plain map does, whatever the sequence of writes and queries (${runs} sequences)`, async () => {
    const steps = fc.array(step, { minLength: 1, maxLength: 25, size: 'max' });
    const property = fc.asyncProperty(steps, async (sequence) => {
      const model: Model = new Map();
      const own = partition();
      const inside = ({ pk: part, sk: sort }: Place): Place => ({ pk: `${own}/${part}`, sk: sort });
      for (const next of sequence) {
        if (next.step === 'write')
          await checkWrite(
            open(),
            model,
            next.parts.map((each) => toOperation(model, inside, each)),
          );
        else await checkQuery(open(), model, { ...next.query, pk: `${own}/${next.query.pk}` });
      }
      for (const row of model.values()) expect(await open().get(keyOf(row))).toEqual(row);
    });
    await fc.assert(property, { numRuns: runs });
  });
};
