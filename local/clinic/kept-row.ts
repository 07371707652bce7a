import type { Row, RowDraft } from '../../functions/stores/table.ts';
import type { SpillFile, Spilled } from './spill-file.ts';

/** A row as it is kept: its body as text, here or put aside, and as readers have it while they ask for it. */
export type Kept = {
  readonly draft: Omit<RowDraft, 'body'>;
  readonly version: string;
  readonly length: number;
  text: string | Spilled;
  row: Row | undefined;
  /** Something else stands in its place. */
  gone: boolean;
};

/** A row's body as text. */
export const textOf = ({ text }: Kept, file: SpillFile): string => (typeof text === 'string' ? text : file.read(text));
