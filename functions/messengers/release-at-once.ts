import type { Answer } from '../contracts/run.ts';
import { TaskDoesNotExist, TaskTimedOut } from './errors.ts';
import type { Workflows } from './workflows.ts';

/** Releases the state that called, if it need not wait; one that is gone was released by this call the first time, whose answer was lost. */
export const releaseAtOnce = async (
  { succeed }: Pick<Workflows, 'succeed'>,
  token: string,
  release: Answer | null,
): Promise<void> => {
  if (release === null) return;
  try {
    await succeed(token, release);
  } catch (error) {
    if (!(error instanceof TaskTimedOut || error instanceof TaskDoesNotExist)) throw error;
  }
};
