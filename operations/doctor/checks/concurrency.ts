import { type Check, notKnown, unless } from '../finding.ts';

/** How many functions may run at once in the account and region. */
export type Concurrency = { readonly limit: number | undefined };

/** What AWS keeps for functions without a reservation of their own (Lambda: unreserved concurrency). */
const UNRESERVED = 100;

/** Enough functions may run at once: a new account has 10 for everything. */
export const concurrency = (reserved: number, { quota }: { readonly quota: () => Promise<Concurrency> }): Check => ({
  name: 'quota of functions',
  look: async () => {
    const { limit } = await quota();
    if (limit === undefined) return [notKnown('Lambda does not say how many may run at once')];
    const least = reserved + UNRESERVED;
    return unless(
      limit >= least
        ? []
        : [
            `${limit} functions may run at once; have "Concurrent executions" of Lambda raised to ${least} or more in Service Quotas`,
          ],
      `${limit} functions may run at once`,
    );
  },
});
