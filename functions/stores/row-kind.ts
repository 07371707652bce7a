import type * as z from 'zod';
import { frozen } from './frozen.ts';
import type { IndexKey, Key, Row, RowDraft } from './table.ts';

/** How one kind of record lies in the table. `I` is what names a record; every record can name itself. */
export type RowKind<T, I> = {
  key(id: I): Key;
  row(value: T): RowDraft;
  parse(body: Row['body']): T;
  /** Whether a remembered value is there; what is remembered under this kind's keys was parsed by it. */
  own(value: unknown): value is T;
};

type Places = { readonly by1?: IndexKey; readonly by2?: IndexKey; readonly expiresAt?: number };

/** Parses each body once and hands out the same frozen value: a table that remembers rows is asked for them far more often than they change. */
const parsedOnce = <T extends object>(parse: (body: Row['body']) => T): ((body: Row['body']) => T) => {
  const known = new WeakMap<Row['body'], T>();
  return (body) => {
    const before = known.get(body);
    if (before !== undefined) return before;
    const value = frozen(parse(body));
    known.set(body, value);
    return value;
  };
};

/** Declares a kind of record: its schema, its place, and where the indexes show it. */
export const rowKind = <T extends RowDraft['body'], I>(kind: {
  readonly schema: z.ZodType<T>;
  readonly key: (id: I) => Key;
  readonly idOf: (value: T) => NoInfer<I>;
  readonly places?: (value: T) => Places;
}): RowKind<T, I> => ({
  key: kind.key,
  row: (value) => ({ ...kind.key(kind.idOf(value)), ...kind.places?.(value), body: value }),
  parse: parsedOnce((body) => kind.schema.parse(body)),
  own: (value): value is T => value !== undefined,
});
