import type { Task } from '../../domain/journey/task.ts';
import type { Role, TaskKind } from '../../domain/names.ts';
import type { Desk } from './desk.ts';

/** An answer as a person gave it. */
export type Given = {
  readonly answer: string;
  readonly by: { readonly role: Role; readonly id: string };
  readonly reason: string | null;
  readonly data: Task['data'];
};

/** Ends a transaction whose answer cannot be carried out now, so that nothing of it is written. */
export class AnswerRefused extends Error {
  override readonly name = 'AnswerRefused';
}

/** What an answer brings about, in the transaction that writes it; rejects with AnswerRefused where it cannot be given now. */
export type Effect = (desk: Desk, task: Task, given: Given) => Promise<void>;

/** For each kind of task, what its answers bring about; an answer that is not listed is only written down. */
export type Effects = Partial<Record<TaskKind, Record<string, Effect>>>;
