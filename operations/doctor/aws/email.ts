import { GetAccountCommand, GetEmailIdentityCommand, NotFoundException, type SESv2Client } from '@aws-sdk/client-sesv2';
import type { EmailAccount } from '../checks/email-account.ts';
import type { EmailIdentity } from '../checks/email-identity.ts';

/** What SES says of the account and of its senders. */
export const sesAnswers = (client: Pick<SESv2Client, 'send'>) => ({
  account: async (): Promise<EmailAccount> => {
    const { ProductionAccessEnabled, SendingEnabled, EnforcementStatus, SendQuota } = await client.send(
      new GetAccountCommand({}),
    );
    return {
      production: ProductionAccessEnabled,
      sending: SendingEnabled,
      enforcement: EnforcementStatus,
      perDay: SendQuota?.Max24HourSend,
    };
  },
  identity: async (name: string): Promise<EmailIdentity> => {
    try {
      const { VerifiedForSendingStatus, DkimAttributes, MailFromAttributes } = await client.send(
        new GetEmailIdentityCommand({ EmailIdentity: name }),
      );
      return {
        verified: VerifiedForSendingStatus === true,
        dkim: DkimAttributes?.Status,
        mailFrom: MailFromAttributes?.MailFromDomainStatus,
      };
    } catch (error) {
      if (error instanceof NotFoundException) return undefined;
      throw error;
    }
  },
});
