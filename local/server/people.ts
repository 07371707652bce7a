import * as z from 'zod';
import type { Clinic } from '../../functions/domain/clinic/clinic.ts';
import { personOf } from '../../functions/domain/clinic/roster.ts';
import type { Viewer } from '../../functions/domain/law/reach.ts';
import { ROLES, type Role } from '../../functions/domain/names.ts';
import { InputRefused, parseInput } from '../../functions/domain/problems.ts';

const SignIn = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$/, 'the id of a person of the clinic, or of a patient'),
  role: z.enum(ROLES),
});

/** Everybody who can sign in by name, with their roles; whoever takes turns on call has that role too. */
export const peopleOf = (clinic: Clinic): { id: string; name: string; roles: Role[] }[] =>
  clinic.practitioners.map(({ id, name, roles, partner }) => ({
    id,
    name,
    roles: [
      ...roles,
      ...(clinic.onCall.includes(id) ? (['on-call'] as const) : []),
      ...(partner === undefined ? [] : (['partner'] as const)),
    ],
  }));

/** Who signs in: somebody of the clinic in a role that they have, or a patient. Throws InputRefused with what is allowed. */
export const signingIn = (asked: unknown, clinic: Clinic): Viewer => {
  const { id, role } = parseInput(SignIn, asked, 'sign-in');
  if (role === 'patient') return { id, roles: [role], practice: null };
  const person = peopleOf(clinic).find((each) => each.id === id);
  if (person === undefined)
    throw new InputRefused([
      `sign-in.id: nobody of the clinic; one of ${clinic.practitioners.map((each) => each.id).join(', ')}`,
    ]);
  if (!person.roles.includes(role))
    throw new InputRefused([`sign-in.role: is not one of theirs; one of ${person.roles.join(', ')}`]);
  return { id, roles: [role], practice: personOf(clinic, id)?.partner ?? null };
};
