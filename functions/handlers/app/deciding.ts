import type { JourneyStore } from '../../stores/journey-store.ts';
import { Refused } from './errors.ts';

/** Answers a task; rejects with Refused where the rules refuse it, or where another answer stands. */
export const decide = async (
  { decideTask }: Pick<JourneyStore, 'decideTask'>,
  given: Parameters<JourneyStore['decideTask']>[0],
): Promise<{ answer: string; by: string }> => {
  const decided = await decideTask(given);
  if (!decided.accepted) throw new Refused(decided.reason);
  if (decided.answer !== given.answer || decided.by !== given.by.id)
    throw new Refused(`it was answered before: ${decided.answer}, by ${decided.by}`);
  return { answer: decided.answer, by: decided.by };
};
