import type { Role } from '../../domain/names.ts';
import type { Desk } from './desk.ts';

/** What one role let pass: checks of a gate, for what the scope names. */
type Passed = {
  readonly gate: string;
  readonly scope: string;
  readonly checks: readonly string[];
  readonly role: Role;
  readonly by: string;
  readonly reason: string;
};

/** Keeps who let which checks pass, and why. What is let pass at check-in stands right before the drug too, for the same readings. */
export const letPass = (desk: Desk, { gate, checks, ...who }: Passed): void => {
  const gates = gate === 'dosing-day' ? ['dosing-day', 'pre-dose'] : [gate];
  const given = gates.flatMap((each) => checks.map((check) => ({ gate: each, check, ...who })));
  desk.keep({ overrides: [...desk.journey.overrides, ...given] });
};
