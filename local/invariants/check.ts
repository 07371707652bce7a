import { crisisFirst } from './crisis-first.ts';
import { debts } from './debts.ts';
import { doses } from './doses.ts';
import { forward } from './forward.ts';
import { noFactsOutside } from './no-facts-outside.ts';
import { nothingLost } from './nothing-lost.ts';
import { nothingTwice } from './nothing-twice.ts';
import { oneOutcome } from './one-outcome.ts';
import { overrides } from './overrides.ts';
import { reminders } from './reminders.ts';
import { safetyReached } from './safety-reached.ts';
import { tasksEnd } from './tasks-end.ts';
import type { Invariant, InvariantResult, World } from './world.ts';

/** The twelve invariants of the design, in order. */
export const INVARIANTS: readonly Invariant[] = [
  doses,
  debts,
  reminders,
  safetyReached,
  tasksEnd,
  oneOutcome,
  crisisFirst,
  nothingTwice,
  nothingLost,
  overrides,
  noFactsOutside,
  forward,
];

/** Checks every invariant against what a journey left behind. */
export const checkInvariants = (world: World): InvariantResult[] =>
  INVARIANTS.map(({ id, violations }) => {
    const found = violations(world);
    return { id, held: found.length === 0, violations: found };
  });
