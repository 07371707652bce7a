import type { Clinic } from '../../../functions/domain/clinic/clinic.ts';
import { type Check, toDo, unless } from '../finding.ts';

/** Somebody's account: whether they may use it, and in which groups they are. */
export type Account = { readonly id: string; readonly enabled: boolean; readonly groups: readonly string[] };

/** What the user pool says of itself; undefined where there is none. */
export type People = { readonly mfa: string; readonly accounts: readonly Account[] };

const problemsOf = ({ id, roles }: Clinic['practitioners'][number], accounts: readonly Account[]): string[] => {
  const account = accounts.find((each) => each.id.toLowerCase() === id.toLowerCase());
  if (account === undefined)
    return [`${id} has no account; make one under this name, with the groups ${roles.join(', ')}`];
  if (!account.enabled) return [`the account of ${id} is disabled; enable it, or take ${id} out of the clinic's file`];
  const missing = roles.filter((role) => !account.groups.includes(role));
  return missing.length === 0 ? [] : [`${id} may not act as ${missing.join(', ')}; add the account to the group`];
};

/** Everybody of the clinic's file can sign in as who they are, and nobody without a second factor. */
export const signIn = (
  { practitioners }: Clinic,
  { people }: { readonly people: () => Promise<People | undefined> },
): Check => ({
  name: 'sign-in',
  look: async () => {
    const found = await people();
    if (found === undefined) return [toDo('there is no user pool; deploy again')];
    return unless(
      [
        ...(found.mfa === 'ON' ? [] : [`a second factor is ${found.mfa}, not required; deploy again`]),
        ...practitioners.flatMap((each) => problemsOf(each, found.accounts)),
      ],
      `${practitioners.length} people, each with a second factor`,
    );
  },
});
