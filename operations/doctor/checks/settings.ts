import type { Deployment } from '../../../infra/settings/read-settings.ts';
import { type Check, unless } from '../finding.ts';

/** Where the shell is signed in. */
export type SignedIn = { readonly account: string; readonly region: string };

const NO_NUMBER = /^phone-0+$/;
const NOWHERE = /\.(example|test|invalid)>?$|@example\.(com|net|org)>?$/i;

/** The settings of a deployment are a clinic's own, and for the account and region that the shell is signed in to. */
export const settings = (
  deployment: Deployment,
  { signedIn }: { readonly signedIn: () => Promise<SignedIn> },
): Check => ({
  name: 'settings',
  look: async () => {
    const { account, region } = await signedIn();
    const { sms, email, alarms } = deployment;
    return unless(
      [
        ...(deployment.account !== undefined && deployment.account !== account
          ? [`settings.account: is ${deployment.account}, and this shell is signed in to ${account}`]
          : []),
        ...(deployment.region !== undefined && deployment.region !== region
          ? [`settings.region: is ${deployment.region}, and this shell works in ${region}`]
          : []),
        ...(NOWHERE.test(email.from)
          ? [`settings.email.from: ${email.from} is a sender for stories; the clinic's own`]
          : []),
        ...sms.phoneNumbers
          .filter((id) => NO_NUMBER.test(id))
          .map((id) => `settings.sms.phoneNumbers: ${id} stands for none; the id of a registered number`),
        ...(alarms.emails.length === 0
          ? ['settings.alarms.emails: nobody hears of an alarm; at least one address']
          : []),
      ],
      `stage ${deployment.stage} in ${account}, ${region}`,
    );
  },
});
