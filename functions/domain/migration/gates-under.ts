import { evaluateGate } from '../gates/evaluate-gate.ts';
import type { Journey } from '../journey/journey.ts';
import { type CheckId, GATES, type GateKind } from '../names.ts';
import { isSame, type Move } from './move.ts';

/** How a gate that lies ahead is another: the checks that it asks, and what would be found now. */
export type GateChange = {
  readonly gate: GateKind;
  readonly added: readonly CheckId[];
  readonly dropped: readonly CheckId[];
  /** Checks that pass now and would not, and the other way round; only of gates that can be asked now. */
  readonly wouldFail: readonly CheckId[];
  readonly wouldPass: readonly CheckId[];
};

/** The first gate that still lies ahead in each phase; those of a dose come with every dose. */
const FIRST: Readonly<Record<NonNullable<Journey['phase']>, GateKind>> = {
  consult: 'commitment',
  screening: 'screening',
  clearance: 'clearance',
  plan: 'enrolment',
  preparation: 'booking',
  series: 'booking',
  completion: 'booking',
};

/** These read what is recorded at check-in and at the end of the day, which is not there yet. */
const ON_THE_DAY: readonly GateKind[] = ['dosing-day', 'pre-dose', 'discharge'];

const passing = (gate: GateKind, scene: Move['before']): readonly string[] =>
  evaluateGate(gate, scene)
    .checks.filter(({ result }) => result === 'pass' || result === 'overridden')
    .map(({ id }) => id);

/** The gates that lie ahead of a journey and differ between the versions. */
export const gatesUnder = (move: Move): GateChange[] => {
  const { phase } = move.before.journey;
  const ahead = GATES.slice(GATES.indexOf(FIRST[phase ?? 'consult']));
  return ahead.flatMap((gate): GateChange[] => {
    const [was, is] = [move.from.gates[gate], move.to.gates[gate]];
    const canBeAsked = gate === FIRST[phase ?? 'consult'] && !ON_THE_DAY.includes(gate);
    const [passed, passes] = canBeAsked ? [passing(gate, move.before), passing(gate, move.after)] : [[], []];
    const change: GateChange = {
      gate,
      added: is.filter((id) => !was.some((each) => each === id)),
      dropped: was.filter((id) => !is.some((each) => each === id)),
      wouldFail: canBeAsked
        ? is.filter((id) => !passes.includes(id) && (passed.includes(id) || !was.some((each) => each === id)))
        : [],
      wouldPass: canBeAsked
        ? is.filter((id) => passes.includes(id) && was.some((each) => each === id) && !passed.includes(id))
        : [],
    };
    const { gate: _, ...rest } = change;
    return isSame(Object.values(rest).flat(), []) ? [] : [change];
  });
};
