import { frozen } from '../../functions/stores/frozen.ts';
import type { IndexKey, Row, RowDraft } from '../../functions/stores/table.ts';
import type { Looked } from '../../functions/stores/table-body.ts';
import type { SpillFile } from './spill-file.ts';

type Body = RowDraft['body'];

/** A row as it is kept: its body as its writer froze it, or in the file, or both. There are many, so each is one flat object. */
export type Kept = {
  readonly pk: string;
  readonly sk: string;
  readonly by1: IndexKey | undefined;
  readonly by2: IndexKey | undefined;
  readonly expiresAt: number | undefined;
  readonly checkedBy: object | undefined;
  readonly version: string;
  /** About as many characters as its body takes as JSON. */
  readonly characters: number;
  body: Body | undefined;
  /** Where its body lies in the file, in bytes; -1 while it does not. */
  at: number;
  bytes: number;
  /** Somebody has asked for it since it was last passed over. */
  used: boolean;
};

/** The body as readers may share it: what is frozen stays as it is, another is copied, since its writer may go on changing it. */
const sharedBody = (body: Body, { leavesOut }: Looked): Body =>
  Object.isFrozen(body) && !leavesOut ? body : frozen(JSON.parse(JSON.stringify(body)));

/** A row that was just written, under its partition's own text: equal keys of many rows would each take their place. */
export const keptOf = (row: RowDraft, pk: string, looked: Looked, version: string): Kept => ({
  pk,
  sk: row.sk,
  by1: frozen(row.by1),
  by2: frozen(row.by2),
  expiresAt: row.expiresAt,
  checkedBy: row.checkedBy,
  version,
  characters: looked.characters,
  body: sharedBody(row.body, looked),
  at: -1,
  bytes: 0,
  used: false,
});

/** A row's body, from the file where it lies there alone. */
export const bodyOf = ({ body, at, bytes }: Kept, file: SpillFile): Body =>
  body ?? frozen(JSON.parse(file.read({ at, bytes })));

/** The row as readers get it. */
export const rowOf = ({ pk, sk, by1, by2, expiresAt, checkedBy, version }: Kept, body: Body): Row => ({
  pk,
  sk,
  ...(by1 && { by1 }),
  ...(by2 && { by2 }),
  ...(expiresAt !== undefined && { expiresAt }),
  ...(checkedBy && { checkedBy }),
  version,
  body,
});
