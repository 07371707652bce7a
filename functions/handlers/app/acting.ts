import type { Viewer } from '../../domain/law/reach.ts';
import type { Role } from '../../domain/names.ts';
import { Forbidden } from './errors.ts';

/** Somebody in the one of their roles in which they act. */
export type By = { readonly role: Role; readonly id: string };

/** The first of somebody's roles that may; rejects with Forbidden, naming those that may, where none does. */
export const actingAs = ({ id, roles }: Viewer, may: readonly Role[], what: string): By => {
  const role = may.find((each) => roles.includes(each));
  if (role === undefined)
    throw new Forbidden(`${what} is not for ${roles.join(', ') || 'nobody'}; ${[...new Set(may)].join(', ')} may`);
  return { role, id };
};
