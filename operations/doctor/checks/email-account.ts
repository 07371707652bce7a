import { type Check, notKnown, unless } from '../finding.ts';

/** How SES treats the account. */
export type EmailAccount = {
  readonly production: boolean | undefined;
  readonly sending: boolean | undefined;
  /** HEALTHY, or PROBATION and SHUTDOWN where mails bounce too often. */
  readonly enforcement: string | undefined;
  readonly perDay: number | undefined;
};

/** E-mail may go to anybody: the account is out of the sandbox and in good standing. */
export const emailAccount = ({ account }: { readonly account: () => Promise<EmailAccount> }): Check => ({
  name: 'e-mail account',
  look: async () => {
    const { production, sending, enforcement, perDay } = await account();
    if (production === undefined) return [notKnown('SES does not say whether the account is in the sandbox')];
    return unless(
      [
        ...(production
          ? []
          : [
              'SES is in the sandbox and sends to verified addresses only; request production access in the SES console',
            ]),
        ...(sending === false ? ['sending is switched off; see the SES console for the reason'] : []),
        ...(enforcement === undefined || enforcement === 'HEALTHY'
          ? []
          : [`SES has the account under ${enforcement}: too many mails bounced; see the SES console`]),
      ],
      `out of the sandbox, ${perDay ?? 'some'} mails a day`,
    );
  },
});
