import type { Key, Operation, Row, RowDraft } from '../../functions/stores/table.ts';

/** What was read and written, in the units that DynamoDB bills on demand: 4 KB read, 1 KB written. */
export type TableUsage = { reads: number; writes: number };

const KILOBYTE = 1024;
/** A transactional write is billed twice; what it changes in an index once. */
const TWICE = 2;

/** Bodies are frozen and read again and again: each is measured once. */
const measured = new WeakMap<RowDraft['body'], number>();

const charactersOf = (body: RowDraft['body']): number => {
  if (!Object.isFrozen(body)) return JSON.stringify(body).length;
  const known = measured.get(body);
  if (known !== undefined) return known;
  const characters = JSON.stringify(body).length;
  measured.set(body, characters);
  return characters;
};

const sizeOf = ({ pk, sk, body }: RowDraft): number => charactersOf(body) + pk.length + sk.length;
const kilobytes = (row: RowDraft): number => Math.max(1, Math.ceil(sizeOf(row) / KILOBYTE));

type Places = readonly (string | undefined)[];
const placesOf = ({ by1, by2 }: RowDraft): Places => [by1, by2].map((place) => place && `${place.pk}\n${place.sk}`);

/** Counts what DynamoDB would bill for a table whose two indexes show whole rows. */
export const tableUsage = () => {
  const usage: TableUsage = { reads: 0, writes: 0 };
  const shown = new Map<string, Places>();
  const keyOf = ({ pk, sk }: Key) => `${pk}\n${sk}`;

  /** An index bills each entry that goes, and each that comes or is written anew. */
  const inIndexes = (before: Places, after: Places, size: number): number =>
    [0, 1].reduce((sum, index) => {
      const [was, is] = [before[index], after[index]];
      return sum + (was !== undefined && was !== is ? 1 : 0) + (is === undefined ? 0 : size);
    }, 0);

  const unitsOf = (operation: Operation): number => {
    if (operation.do === 'check') return TWICE;
    const key = keyOf(operation.do === 'put' ? operation.row : operation.key);
    const before = shown.get(key) ?? [];
    if (operation.do === 'delete') {
      shown.delete(key);
      return TWICE + inIndexes(before, [], 1);
    }
    const after = placesOf(operation.row);
    if (after.some((place) => place !== undefined)) shown.set(key, after);
    else shown.delete(key);
    const size = kilobytes(operation.row);
    return TWICE * size + inIndexes(before, after, size);
  };

  return {
    usage,
    read(rows: readonly Row[]): void {
      const bytes = rows.reduce((sum, row) => sum + sizeOf(row), 0);
      usage.reads += Math.max(1, Math.ceil(bytes / (4 * KILOBYTE)));
    },
    wrote(operations: readonly Operation[]): void {
      for (const operation of operations) usage.writes += unitsOf(operation);
    },
  };
};
