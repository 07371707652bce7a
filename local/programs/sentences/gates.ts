import { CHECKS, type CheckId, GATES, type GateKind, type Role } from '../../../functions/domain/names.ts';
import type { Program } from '../../../functions/domain/program/program.ts';
import { GATE_WORDS } from '../../rehearsal/words.ts';
import { CHECK_NAMES, the } from '../names.ts';
import { all } from '../wording.ts';

const overrideOf = (id: CheckId): string => {
  const roles: readonly Role[] = CHECKS[id].override;
  return roles.length === 0 ? '' : ` (${all(roles.map(the))} may override, with a reason)`;
};

const sameAs = (found: Program['gates'], gate: GateKind): GateKind | undefined =>
  GATES.slice(0, GATES.indexOf(gate)).find((before) => found[before].join() === found[gate].join());

const gateSentences = (found: Program['gates'], gate: GateKind): string[] => {
  const before = sameAs(found, gate);
  if (before !== undefined) return [`${GATE_WORDS[gate]}: the same again as under “${GATE_WORDS[before]}”.`];
  return [`${GATE_WORDS[gate]}:`, ...found[gate].map((id) => `  ${id}: ${CHECK_NAMES[id]}${overrideOf(id)}`)];
};

/** What has to hold before each step, and who may let a check pass. */
export const gates = ({ gates: found }: Program): string[] => [
  'All checks of a step must hold. Where nobody is named, nobody may override.',
  ...GATES.filter((gate) => found[gate].length > 0).flatMap((gate) => gateSentences(found, gate)),
];
