import { CHECKS, type CheckId, type GateKind, type Role } from '../names.ts';
import type { Finding } from './finding.ts';
import type { Scene } from './scene.ts';

const OF_A_CYCLE: readonly GateKind[] = ['booking', 'dosing-day', 'pre-dose', 'discharge'];

/** What an override of a gate counts for: the cycle with its number (`c3`), or the whole journey. */
export const scopeOf = (gate: GateKind, cycle: { readonly number: number } | undefined): string =>
  OF_A_CYCLE.includes(gate) && cycle !== undefined ? `c${cycle.number}` : 'journey';

/** The roles that must all agree before a finding may be overridden; none: nobody may override it. */
export const rolesToOverride = (check: CheckId, { final, reviewers }: Finding): readonly Role[] =>
  final ? [] : (reviewers ?? CHECKS[check].override);

/** Who has overridden a check at a gate, role by role, and which roles have not. */
export const overridesOf = (gate: GateKind, check: CheckId, roles: readonly Role[], { journey, cycle }: Scene) => {
  const scope = scopeOf(gate, cycle);
  const entries = roles.flatMap(
    (role) =>
      journey.overrides.findLast(
        (each) => each.gate === gate && each.scope === scope && each.check === check && each.role === role,
      ) ?? [],
  );
  return {
    by: [...new Set(entries.map(({ by }) => by))],
    reason: [...new Set(entries.map(({ reason }) => reason))].join('; '),
    missing: roles.filter((role) => !entries.some((each) => each.role === role)),
  };
};
