import type { CheckOutcome } from '../journey/entry.ts';
import type { CheckId, GateKind, GateResult, Role } from '../names.ts';
import { BOOKING_CHECKS } from './booking-checks.ts';
import { DISCHARGE_CHECKS } from './discharge-checks.ts';
import { DOSING_DAY_PATIENT } from './dosing-day-patient.ts';
import { DOSING_DAY_RECORDS } from './dosing-day-records.ts';
import type { Check, Finding } from './finding.ts';
import { INTAKE_CHECKS } from './intake-checks.ts';
import { overridesOf, rolesToOverride } from './overrides.ts';
import type { Scene } from './scene.ts';

/** Every check by its id. */
const RULES: Readonly<Record<CheckId, Check>> = {
  ...INTAKE_CHECKS,
  ...BOOKING_CHECKS,
  ...DOSING_DAY_RECORDS,
  ...DOSING_DAY_PATIENT,
  ...DISCHARGE_CHECKS,
};

/**
 * What follows: the step may go on; people are asked to override; it waits (on a dosing day for the missing answers of
 * the nurse); the journey ends; or today's pair is cancelled without a debt and booked again.
 */
export type GateFollows = 'go-on' | 'review' | 'hold' | 'end' | 'book-again';

/** A gate's result with every check that the program asks, in the program's order. */
export type GateOutcome = {
  readonly result: GateResult;
  readonly checks: CheckOutcome[];
  /** Roles whose agreement the failing checks that can be overridden still need. */
  readonly reviewers: Role[];
  readonly follows: GateFollows;
  /** Somebody must act at once, whatever becomes of the step. */
  readonly crisis: boolean;
};

/** A check that holds or blocks and was not overridden; without `roles` nobody may override it. */
type Failure = {
  readonly check: CheckId;
  readonly finding: Finding;
  readonly roles: readonly Role[];
  readonly missing: Role[];
};

/** These pass of themselves once somebody has done what is open already, so nobody is asked to override them. */
const RESOLVE_THEMSELVES: readonly CheckId[] = ['no-hold', 'integration-owed', 'measures-due'];

const followsFrom = (gate: GateKind, failures: readonly Failure[]): GateFollows => {
  if (failures.length === 0) return 'go-on';
  const stuck = failures.filter(({ roles }) => roles.length === 0);
  if (gate === 'dosing-day' || gate === 'pre-dose') {
    if (stuck.some(({ finding }) => !finding.missing)) return 'book-again';
    return stuck.length > 0 ? 'hold' : 'review';
  }
  if (gate === 'discharge') return stuck.length > 0 ? 'hold' : 'review';
  if (failures.some(({ finding }) => finding.crisis)) return 'hold';
  if (stuck.some(({ finding }) => finding.result === 'block')) return 'end';
  const waits = stuck.length > 0 || failures.some(({ check }) => RESOLVE_THEMSELVES.includes(check));
  return waits ? 'hold' : 'review';
};

const worstOf = (failures: readonly Failure[]): GateResult => {
  if (failures.some(({ finding }) => finding.result === 'block')) return 'block';
  return failures.length > 0 ? 'hold' : 'pass';
};

/** Asks every check of a gate that the program names, takes overrides into account, and says what follows. */
export const evaluateGate = (gate: GateKind, scene: Scene): GateOutcome => {
  const failures: Failure[] = [];
  const checks = scene.program.gates[gate].map((check): CheckOutcome => {
    const finding = RULES[check](scene);
    if (finding.result === 'pass') return { id: check, result: 'pass' };
    const roles = rolesToOverride(check, finding);
    const { by, reason, missing } = overridesOf(gate, check, roles, scene);
    if (roles.length > 0 && missing.length === 0) return { id: check, result: 'overridden', by, reason };
    failures.push({ check, finding, roles, missing });
    return { id: check, result: finding.result };
  });
  return {
    result: worstOf(failures),
    checks,
    reviewers: [...new Set(failures.flatMap(({ missing }) => missing))],
    follows: followsFrom(gate, failures),
    crisis: failures.some(({ finding }) => finding.crisis === true),
  };
};
