import type { FollowUpRules } from './rules.ts';

/** What is still to be done before a journey is complete; a patient who stops is owed the last visit as well (S25). */
export const completionGaps = (done: readonly string[], { completion }: Pick<FollowUpRules, 'completion'>): string[] =>
  completion.map(({ id }) => id).filter((id) => !done.includes(id));
