import type { CheckOutcome } from '../../functions/domain/journey/entry.ts';
import { CHECKS, CLINICIAN_ROLES, type Role } from '../../functions/domain/names.ts';
import { allOf, type Invariant, saysWhy, type World } from './world.ts';

const isCheck = (id: string): id is keyof typeof CHECKS => Object.hasOwn(CHECKS, id);

const rolesOf = ({ scenario }: World, id: string): readonly Role[] =>
  scenario.clinic.practitioners.find((each) => each.id === id)?.roles ?? [];

/** Everybody who had to agree did; the medical director may stand in for any of them. */
const disagreed = (world: World, { id, by = [] }: CheckOutcome): readonly Role[] => {
  const needed: readonly Role[] = isCheck(id) ? CHECKS[id].override : [];
  const held = by.flatMap((person) => rolesOf(world, person));
  return needed.filter((role) => !held.includes(role) && !held.includes('medical-director'));
};

const checks = (world: World): string[] =>
  allOf(world.entries, 'gate').flatMap(({ gate, occurrence, checks: all }) =>
    all.flatMap((check) => {
      if (check.result !== 'overridden') return [];
      const where = `${check.id} of ${gate} gate ${occurrence}`;
      if (!saysWhy(check)) return [`${where} was overridden without who and why`];
      if (isCheck(check.id) && CHECKS[check.id].override.length === 0)
        return [`${where} was overridden, which nobody may`];
      return disagreed(world, check).map((role) => `${where} was overridden without a ${role}`);
    }),
  );

const answers = (world: World): string[] =>
  allOf(world.entries, 'task').flatMap((task) =>
    (task.answer === 'overridden' || task.answer === 'waived') && !saysWhy(task)
      ? [`task ${task.id} was ${task.answer} without who and why`]
      : [],
  );

const clinicians: ReadonlySet<string> = new Set(CLINICIAN_ROLES);

const waivers = (world: World): string[] =>
  allOf(world.entries, 'debt').flatMap(({ cycle, event, by, reason }) => {
    if (event !== 'waived') return [];
    if (by === undefined || reason === undefined || reason.trim() === '')
      return [`the debt of dose ${cycle} was waived without who and why`];
    const roles = rolesOf(world, by);
    // Somebody whom the clinic does not know by name is the patient, who may decline, or the system that closes what death ended.
    return roles.length > 0 && !roles.some((role) => clinicians.has(role))
      ? [`the debt of dose ${cycle} was waived by ${by}, who is no clinician`]
      : [];
  });

/** 10: whoever lets something pass says who they are and why. */
export const overrides: Invariant = {
  id: 10,
  title: 'Every override names who and why',
  violations: (world) => [...checks(world), ...answers(world), ...waivers(world)],
};
