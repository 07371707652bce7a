import { type Check, notKnown, unless } from '../finding.ts';

/** What AWS End User Messaging lets the account send. */
export type TextAccount = {
  /** SANDBOX or PRODUCTION. */
  readonly tier: string | undefined;
  /** US dollars a month that texts may cost: what is enforced, and the most that it may be set to. */
  readonly enforced: number | undefined;
  readonly most: number | undefined;
};

/** 79 texts cost about 0.70 dollars (docs/cost.md): less than this stops a clinic's reminders in its first week. */
const LEAST = 50;

/** Texts may go to anybody, and may cost enough: a new account has one dollar a month. */
export const textSpending = ({ account }: { readonly account: () => Promise<TextAccount> }): Check => ({
  name: 'text spending',
  look: async () => {
    const { tier, enforced, most } = await account();
    if (enforced === undefined) return [notKnown('nobody says how much texts may cost')];
    const raise = `raise it to ${LEAST} or more${most !== undefined && most < LEAST ? '; AWS Support raises the most that is allowed' : ''}`;
    return unless(
      [
        ...(tier === undefined || tier === 'PRODUCTION'
          ? []
          : [
              `texts are in the ${tier} and go to verified numbers only; request production access in AWS End User Messaging`,
            ]),
        ...(enforced >= LEAST ? [] : [`texts may cost ${enforced} US dollars a month; ${raise}`]),
      ],
      `texts may cost ${enforced} US dollars a month`,
    );
  },
});
