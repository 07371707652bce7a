import type * as z from 'zod';
import { frozen } from './frozen.ts';
import type { IndexKey, Key, Row, RowDraft } from './table.ts';

/** How one kind of record lies in the table. `I` is what names a record; every record can name itself. */
export type RowKind<T, I> = {
  key(id: I): Key;
  /** The record as a row, frozen; what the schema refuses is never written, since nobody could read it any more. */
  row(value: T): RowDraft;
  parse(body: Row['body']): T;
  /** Whether a remembered value is there; what is remembered under this kind's keys was parsed by it. */
  own(value: unknown): value is T;
};

type Places = { readonly by1?: IndexKey; readonly by2?: IndexKey; readonly expiresAt?: number };

/** Declares a kind of record: its schema, its place, and where the indexes show it. */
export const rowKind = <T extends RowDraft['body'], I>(kind: {
  readonly schema: z.ZodType<T>;
  readonly key: (id: I) => Key;
  readonly idOf: (value: T) => NoInfer<I>;
  readonly places?: (value: T) => Places;
}): RowKind<T, I> => {
  // A table that remembers rows hands out the same body until it is written again; each is looked at once, by its writer or its first reader.
  const known = new WeakMap<Row['body'], T>();
  return {
    key: kind.key,
    row(value) {
      if (!known.has(value)) {
        kind.schema.parse(value);
        known.set(frozen(value), value);
      }
      return { ...kind.key(kind.idOf(value)), ...kind.places?.(value), body: value };
    },
    parse(body) {
      const before = known.get(body);
      if (before !== undefined) return before;
      const value = frozen(kind.schema.parse(body));
      known.set(body, value);
      return value;
    },
    own: (value): value is T => value !== undefined,
  };
};
