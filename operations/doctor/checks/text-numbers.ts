import { type Check, unless } from '../finding.ts';

/** A number of the account as AWS End User Messaging has it. */
export type TextNumber = {
  readonly id: string;
  readonly status: string;
  readonly sendsText: boolean;
  /** How its registration stands; undefined where it needs none. */
  readonly registration: string | undefined;
  /** Whether texts go out through a pool of numbers that it is in. */
  readonly inPool: boolean;
};

/** Every number of the settings is the account's, registered with the carriers, and in the pool. */
export const textNumbers = (
  wanted: readonly string[],
  { numbers }: { readonly numbers: () => Promise<readonly TextNumber[]> },
): Check => ({
  name: 'text numbers',
  look: async () => {
    const all = await numbers();
    const problems = wanted.flatMap((id) => {
      const found = all.find((each) => each.id === id);
      if (found === undefined)
        return [`${id} is not a number of this account and region; settings.sms.phoneNumbers names it`];
      return [
        ...(found.status === 'ACTIVE' ? [] : [`${id} is ${found.status}; wait until it is ACTIVE`]),
        ...(found.sendsText ? [] : [`${id} cannot send texts; take a number with the capability SMS`]),
        ...(found.registration === undefined || found.registration === 'COMPLETE'
          ? []
          : [`the registration of ${id} is ${found.registration}; carriers refuse its texts until it is COMPLETE`]),
        ...(found.inPool ? [] : [`${id} is in no pool; deploy again`]),
      ];
    });
    return unless(problems, `${wanted.length} registered`);
  },
});
