import { approximateSeconds } from '../program/values.ts';
import type { FollowUpRules } from './rules.ts';

/** A prescriber's wish to go on after the series. */
export type Renewal = {
  /** Why this patient goes on, and why so often; written anew each time. */
  readonly reason: string;
  /** The pause between two doses so far and from now on. */
  readonly every: { readonly before: string; readonly now: string };
  /** Whether the response held at the pause so far. */
  readonly responseHeld: boolean;
};

/** What keeps a renewal from being signed: no reason of its own, or more often although the response held (reference 5). */
export const renewalProblems = ({ reason, every, responseHeld }: Renewal): string[] => [
  ...(reason.trim() === '' ? ['reason: missing; why this patient goes on'] : []),
  ...(responseHeld && approximateSeconds(every.now) < approximateSeconds(every.before)
    ? [
        `every.now: ${every.now} is more often than ${every.before}, and the response held; the lowest frequency that keeps it`,
      ]
    : []),
];

/** What is still to be done before a journey is complete; a patient who stops is owed the last visit as well (S25). */
export const completionGaps = (done: readonly string[], { completion }: Pick<FollowUpRules, 'completion'>): string[] =>
  completion.map(({ id }) => id).filter((id) => !done.includes(id));
