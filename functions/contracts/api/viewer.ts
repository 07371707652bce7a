import type { Viewer } from '../../domain/law/reach.ts';
import { ROLES, type Role } from '../../domain/names.ts';

/** A partner practice is a group of its own: `partner.` and the practice's id. */
const PRACTICE = 'partner.';

/** Who somebody is by the groups that their account is in; a practice's people who have no other role act for the practice. */
export const viewerOf = (id: string, groups: readonly string[]): Viewer => {
  const practice = groups.find((group) => group.startsWith(PRACTICE))?.slice(PRACTICE.length) ?? null;
  const roles: Role[] = ROLES.filter((role) => groups.includes(role));
  return { id, roles: practice !== null && !roles.includes('partner') ? [...roles, 'partner'] : roles, practice };
};

/** The groups of an account with these roles. */
export const groupsOf = ({ roles, practice }: Pick<Viewer, 'roles' | 'practice'>): string[] => [
  ...roles,
  ...(practice === null ? [] : [`${PRACTICE}${practice}`]),
];

/** Every group that accounts of a clinic may be in: its roles, and its partner practices. */
export const groupsWith = (practices: readonly string[]): string[] => [
  ...ROLES,
  ...practices.flatMap((practice) => groupsOf({ roles: [], practice })),
];
