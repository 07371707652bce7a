import type { Task } from '../../domain/journey/task.ts';
import { NotAnAnswer, NotATotal } from '../../domain/measures/score.ts';
import type { Role, TaskKind } from '../../domain/names.ts';
import { InputRefused } from '../../domain/problems.ts';
import type { Desk } from './desk.ts';

/** An answer as a person gave it. */
export type Given = {
  readonly answer: string;
  readonly by: { readonly role: Role; readonly id: string };
  readonly reason: string | null;
  readonly data: Task['data'];
  /** By a link, which does not ask for all of it. */
  readonly isPart?: boolean;
};

/** Ends a transaction whose answer cannot be carried out now, so that nothing of it is written. */
export class AnswerRefused extends Error {
  override readonly name = 'AnswerRefused';
}

/** Reads what came with an answer; what is not well-formed refuses the answer with the same words. */
export const refusing = <T>(read: () => T): T => {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputRefused || error instanceof NotAnAnswer || error instanceof NotATotal)
      throw new AnswerRefused(error.message, { cause: error });
    throw error;
  }
};

/**
 * What an answer brings about, in the transaction that writes it; rejects with AnswerRefused where it cannot be given now.
 * `reopen`: the answer is kept, and the same is asked once more, since something in it is still open; with a role, of them.
 */
export type Effect = (desk: Desk, task: Task, given: Given) => Promise<void> | Promise<AskedAgain | undefined>;
export type AskedAgain = 'reopen' | { readonly reopenFor: Role };

/** For each kind of task, what its answers bring about; an answer that is not listed is only written down. */
export type Effects = Partial<Record<TaskKind, Record<string, Effect>>>;
