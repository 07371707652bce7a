import type * as z from 'zod';
import { frozen } from './frozen.ts';
import type { IndexKey, Key, Row, RowDraft } from './table.ts';

/** How one kind of record lies in the table. `I` is what names a record; every record can name itself. */
export type RowKind<T, I> = {
  key(id: I): Key;
  keyOf(value: T): Key;
  /** The record as a row, frozen, where a transaction knows its place and what stood there. What the schema refuses is never written, since nobody could read it any more. */
  row(value: T, known?: { readonly key: Key; readonly row: Row | undefined }): RowDraft;
  /** The record that a row holds; one that its own process wrote and its table kept needs no second look. */
  read(row: Row): T;
  parse(body: Row['body']): T;
  /** Whether a remembered value is there; what is remembered under this kind's keys was read by it. */
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
  const { schema } = kind;
  const wasChecked = (row: Row): row is Row & { readonly body: T } => row.checkedBy === schema;
  const keyOf = (value: T): Key => kind.key(kind.idOf(value));
  return {
    key: kind.key,
    keyOf,
    row(value, known) {
      const before = known?.row;
      if (before === undefined || before.body !== value || !wasChecked(before)) schema.parse(value);
      const { pk, sk } = known?.key ?? keyOf(value);
      return { pk, sk, ...kind.places?.(value), body: frozen(value), checkedBy: schema };
    },
    read(row) {
      if (wasChecked(row)) return row.body;
      if (!Object.isFrozen(row.body)) return schema.parse(row.body);
      // What a table gives again and again is looked at once.
      const body = frozen(schema.parse(row.body));
      Object.assign(row, { body, checkedBy: schema });
      return body;
    },
    parse: (body) => schema.parse(body),
    own: (value): value is T => value !== undefined,
  };
};
