import {
  DescribeAccountAttributesCommand,
  DescribeRegistrationsCommand,
  DescribeSpendLimitsCommand,
  type PhoneNumberInformation,
  type PinpointSMSVoiceV2Client,
  paginateDescribePhoneNumbers,
} from '@aws-sdk/client-pinpoint-sms-voice-v2';
import type { TextNumber } from '../checks/text-numbers.ts';
import type { TextAccount } from '../checks/text-spending.ts';

/** What AWS End User Messaging says of the account's numbers and limits. */
export const voiceAnswers = (client: PinpointSMSVoiceV2Client) => {
  const registrationOf = async ({ RegistrationId }: PhoneNumberInformation): Promise<string | undefined> => {
    if (RegistrationId === undefined) return undefined;
    const { Registrations } = await client.send(
      new DescribeRegistrationsCommand({ RegistrationIds: [RegistrationId] }),
    );
    return Registrations?.[0]?.RegistrationStatus;
  };
  return {
    numbers: async (): Promise<TextNumber[]> => {
      const found: TextNumber[] = [];
      for await (const { PhoneNumbers = [] } of paginateDescribePhoneNumbers({ client }, {}))
        for (const each of PhoneNumbers)
          found.push({
            id: each.PhoneNumberId ?? '',
            status: each.Status ?? 'unknown',
            sendsText: each.NumberCapabilities?.includes('SMS') === true,
            registration: await registrationOf(each),
            inPool: each.PoolId !== undefined,
          });
      return found;
    },
    account: async (): Promise<TextAccount> => {
      const { AccountAttributes = [] } = await client.send(new DescribeAccountAttributesCommand({}));
      const { SpendLimits = [] } = await client.send(new DescribeSpendLimitsCommand({}));
      const texts = SpendLimits.find(({ Name }) => Name === 'TEXT_MESSAGE_MONTHLY_SPEND_LIMIT');
      return {
        tier: AccountAttributes.find(({ Name }) => Name === 'ACCOUNT_TIER')?.Value,
        enforced: texts?.EnforcedLimit,
        most: texts?.MaxLimit,
      };
    },
  };
};
