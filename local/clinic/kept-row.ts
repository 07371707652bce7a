import { frozen } from '../../functions/stores/frozen.ts';
import type { IndexKey, Row, RowDraft } from '../../functions/stores/table.ts';
import type { Looked } from '../../functions/stores/table-body.ts';
import type { SpillFile } from './spill-file.ts';

type Body = RowDraft['body'];

/** A row as it is kept: as readers get it, or its body in the file, or both. There are many, so each is one flat object. */
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
  row: Row | undefined;
  /** Where its body lies in the file, in bytes; -1 while it does not. */
  at: number;
  bytes: number;
  /** Somebody has asked for it since it was last passed over. */
  used: boolean;
};

/** The body as readers may share it: what is frozen stays as it is, another is copied, since its writer may go on changing it. */
const sharedBody = (body: Body, { leavesOut }: Looked): Body =>
  Object.isFrozen(body) && !leavesOut ? body : frozen(JSON.parse(JSON.stringify(body)));

type Place = Pick<Kept, 'pk' | 'sk' | 'by1' | 'by2' | 'expiresAt' | 'checkedBy' | 'version'>;

/** Frozen, since all its readers share it. */
const rowOf = ({ pk, sk, by1, by2, expiresAt, checkedBy, version }: Place, body: Body): Row =>
  Object.freeze({
    pk,
    sk,
    ...(by1 && { by1 }),
    ...(by2 && { by2 }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(checkedBy && { checkedBy }),
    version,
    body,
  });

/** A row that was just written, under its partition's own text: equal keys of many rows would each take their place. */
export const keptOf = (
  { sk, by1, by2, expiresAt, checkedBy, body }: RowDraft,
  pk: string,
  looked: Looked,
  version: string,
): Kept => {
  const { characters } = looked;
  const kept: Kept = {
    pk,
    sk,
    by1: frozen(by1),
    by2: frozen(by2),
    expiresAt,
    checkedBy,
    version,
    characters,
    row: undefined,
    at: -1,
    bytes: 0,
    used: false,
  };
  kept.row = rowOf(kept, sharedBody(body, looked));
  return kept;
};

/** The row as its body in the file has it. */
export const rowInFile = ({ at, bytes, ...kept }: Kept, file: SpillFile): Row =>
  rowOf(kept, frozen(JSON.parse(file.read({ at, bytes }))));
