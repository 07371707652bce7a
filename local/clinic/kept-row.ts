import { frozen } from '../../functions/stores/frozen.ts';
import type { RowDraft } from '../../functions/stores/table.ts';
import type { Looked } from '../../functions/stores/table-body.ts';
import type { Spilled, SpillFile } from './spill-file.ts';

type Body = RowDraft['body'];

/** A row as it is kept: its body as its writer froze it, or in the file, or both. */
export type Kept = {
  readonly draft: Omit<RowDraft, 'body'>;
  readonly version: string;
  /** About as many characters as its body takes as JSON. */
  readonly characters: number;
  body: Body | undefined;
  spilled: Spilled | undefined;
  /** Somebody has asked for it since it was last passed over. */
  used: boolean;
};

/** The body as readers may share it: what is frozen stays as it is, another is copied, since its writer may go on changing it. */
export const sharedBody = (body: Body, { leavesOut }: Looked): Body =>
  Object.isFrozen(body) && !leavesOut ? body : frozen(JSON.parse(JSON.stringify(body)));

/** A row's body, from the file where it lies there alone. */
export const bodyOf = ({ body, spilled }: Kept, file: SpillFile): Body =>
  body ?? (spilled === undefined ? {} : frozen(JSON.parse(file.read(spilled))));
