import { type OutcomeKind, REPEATING_ANSWERS, type Role } from '../names.ts';
import type { Instant } from '../time/instants.ts';
import type { Cycle } from './cycle.ts';
import type { Ending } from './journey.ts';

/** Whether a first dose was begun: the line between an ending that never was a treatment and one that stops it. */
export const hasBegun = (cycles: readonly Cycle[]): boolean => cycles.some(({ startedAt }) => startedAt !== null);

/** How a journey ends when somebody of the clinic says no. */
export const clinicianEnding = (cycles: readonly Cycle[], reason: string, at: Instant): Ending => ({
  kind: hasBegun(cycles) ? 'stopped-medically' : 'ineligible',
  reason,
  at,
});

/** How a journey ends when the patient says no to a step. */
export const patientEnding = (cycles: readonly Cycle[], reason: string, at: Instant): Ending => ({
  kind: hasBegun(cycles) ? 'withdrawn' : 'declined',
  reason,
  at,
});

/** How a journey ends after the fourth repetition of an answer: it counts as a decline by whoever gave it. */
export const repetitionEnding = (
  answer: keyof typeof REPEATING_ANSWERS,
  by: Role,
  cycles: readonly Cycle[],
  at: Instant,
): Ending => {
  const counts: string = REPEATING_ANSWERS[answer];
  const named: OutcomeKind | undefined = counts === 'unresponsive' || counts === 'transferred' ? counts : undefined;
  const reason = `${answer} for the fourth time`;
  if (named !== undefined) return { kind: named, reason, at };
  return by === 'patient' ? patientEnding(cycles, reason, at) : clinicianEnding(cycles, reason, at);
};
