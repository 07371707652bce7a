import type { Clinic, Practitioner } from '../../functions/domain/clinic/clinic.ts';
import { personOf } from '../../functions/domain/clinic/roster.ts';
import { InputRefused, shown } from '../../functions/domain/problems.ts';

/** The person of the clinic who decides, one of the roles that may; throws InputRefused. */
export const decider = (clinic: Clinic, id: string, roles: readonly string[]): Practitioner => {
  const may = clinic.practitioners.filter((each) => each.roles.some((role) => roles.includes(role)));
  const person = personOf(clinic, id);
  const ids = may.map((each) => each.id).join(', ');
  if (person === undefined) throw new InputRefused([`options.by: unknown person ${shown(id)}; one of ${ids}`]);
  if (!may.includes(person))
    throw new InputRefused([`options.by: ${id} is ${person.roles.join(', ')} and may not decide this; one of ${ids}`]);
  return person;
};
