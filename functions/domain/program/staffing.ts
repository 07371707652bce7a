import type { Clinic } from '../clinic/clinic.ts';
import { keysOf, PRACTITIONER_ROLES, type Role, TASKS, type TaskKind } from '../names.ts';
import type { Program } from './program.ts';

/** Who answers a kind of task in a program: the program's own choice, else the default role. */
export const roleOf = ({ tasks }: Pick<Program, 'tasks'>, kind: TaskKind): Role =>
  tasks.roles?.[kind] ?? TASKS[kind].role;

/** How long a kind of task may take: the program's own time, else the clinic's. */
export const dueInOf = ({ tasks }: Pick<Program, 'tasks'>, clinic: Pick<Clinic, 'tasks'>, kind: TaskKind): string =>
  tasks.dueIn?.[kind] ?? clinic.tasks.dueIn[kind];

/** Every role that a program needs somebody for, with the part of the program that first asks for it. */
const needs = (program: Program): Map<string, string> => {
  const all: [string, string][] = [
    [program.consult.role, 'consult'],
    ...program.clearances.map(({ role, kind }): [string, string] => [role, `the ${kind} clearance`]),
    [program.preparation.role, 'preparation'],
    ...program.dosing.roles.map((role): [string, string] => [role, 'dosing']),
    [program.integration.role, 'integration'],
    ...(program.providerReview === undefined
      ? []
      : [[program.providerReview.role, 'the review between doses'] satisfies [string, string]]),
    ...program.plan.signOffs.map((role): [string, string] => [role, 'the plan']),
    ...keysOf(TASKS).map((kind): [string, string] => [roleOf(program, kind), `the task ${kind}`]),
  ];
  return new Map(all.toReversed());
};

/** Why a clinic cannot run a program: roles that nobody holds, rooms without the kit, too few therapists. One line each, its path under `root`. */
export const unmetNeeds = (program: Program, clinic: Clinic, root = 'clinic'): string[] => {
  const held = new Set<string>(clinic.practitioners.flatMap(({ roles }) => roles));
  const roles = [...needs(program)]
    .filter(([role]) => PRACTITIONER_ROLES.some((each) => each === role) && !held.has(role))
    .map(([role, part]) => `${root}.practitioners: nobody has the role "${role}"; ${program.id} needs it for ${part}`);
  const { kit, setting, therapistPresent } = program.dosing;
  const equipped = setting === 'home' || clinic.rooms.some((room) => kit.every((item) => room.kit.includes(item)));
  const therapists = clinic.practitioners.filter((each) => each.roles.includes('therapist')).length;
  return [
    ...roles,
    ...(equipped ? [] : [`${root}.rooms: no room has ${kit.join(', ')}; ${program.id} needs one for dosing`]),
    ...(therapistPresent === 'two' && therapists === 1
      ? [`${root}.practitioners: one therapist; ${program.id} needs two for dosing`]
      : []),
    ...(program.integration.provider === 'partner' && clinic.partners.length === 0 && therapists === 0
      ? [`${root}.partners: found none; ${program.id} needs one for integration`]
      : []),
  ];
};
