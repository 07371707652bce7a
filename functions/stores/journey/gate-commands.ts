import { overridesOf, scopeOf } from '../../domain/gates/overrides.ts';
import { isPending, type Task } from '../../domain/journey/task.ts';
import { CHECKS, type CheckId, GATES, type GateKind, type Role } from '../../domain/names.ts';
import { type CommandAct, CommandRefused } from './command-act.ts';
import { cyclesOf } from './cycles.ts';
import type { Desk } from './desk.ts';
import { letPass } from './overriding.ts';
import { sceneFor } from './scene.ts';
import { supersedeWhere } from './signals.ts';

const isCheck = (id: unknown): id is CheckId => typeof id === 'string' && Object.hasOwn(CHECKS, id);

/** The cycle that a gate of the series looks at next: the one whose dose lies ahead, at discharge the one that was begun. */
const cycleAhead = async (desk: Desk, gate: GateKind): Promise<number | undefined> => {
  const all = await cyclesOf(desk);
  const cycle =
    gate === 'discharge'
      ? all.findLast(({ startedAt, dischargedAt }) => startedAt !== null && dischargedAt === null)
      : all.findLast(({ startedAt }) => startedAt === null);
  return cycle?.number;
};

/** Lets one check of a gate pass by the word of a role whose agreement it needs; the medical director may stand in for any. */
export const overrideGate: CommandAct = async (desk, { data, by, reason }) => {
  const gate = GATES.find((each) => each === data.gate);
  if (gate === undefined)
    throw new CommandRefused(`unknown gate ${JSON.stringify(data.gate ?? null)}; one of ${GATES.join(', ')}`);
  const asked: readonly CheckId[] = desk.program.gates[gate];
  const { check } = data;
  if (!isCheck(check) || !asked.includes(check))
    throw new CommandRefused(
      `the ${gate} gate does not ask ${JSON.stringify(check ?? null)}; one of ${asked.join(', ')}`,
    );
  const roles: readonly Role[] = CHECKS[check].override;
  if (roles.length === 0) throw new CommandRefused(`${check} cannot be overridden`);
  if (reason === null || reason.trim() === '') throw new CommandRefused('an override needs a reason');
  const number = await cycleAhead(desk, gate);
  if (number === undefined) throw new CommandRefused(`no dose stands before the ${gate} gate`);
  const scene = await sceneFor(desk, number);
  const { missing } = overridesOf(gate, check, roles, scene);
  if (missing.length === 0) throw new CommandRefused(`${check} is overridden already`);
  const role = missing.find((each) => each === by.role) ?? (by.role === 'medical-director' ? missing[0] : undefined);
  if (role === undefined)
    throw new CommandRefused(`${check} is for ${roles.join(' and ')} to override, not for a ${by.role}`);
  const scope = scopeOf(gate, scene.cycle);
  letPass(desk, { gate, scope, checks: [check], role, by: by.id, reason });
  await answerReviews(desk, scope);
  return [];
};

/** A review all of whose checks that role has let pass by now asks for nothing any more. */
const answerReviews = (desk: Desk, scope: string): Promise<void> => {
  const isAnswered = (task: Task): boolean => {
    const [gate, of] = (task.ask.about ?? '').split(':');
    return (
      task.kind === 'gate-review' &&
      isPending(task) &&
      of === scope &&
      (task.ask.checks ?? []).every((check) =>
        desk.journey.overrides.some(
          (each) => each.gate === gate && each.scope === scope && each.check === check && each.role === task.role,
        ),
      )
    );
  };
  return supersedeWhere(desk, 'override-gate', isAnswered, { gates: true });
};
