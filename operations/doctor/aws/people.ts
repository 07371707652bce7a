import {
  AdminListGroupsForUserCommand,
  type CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  paginateListUserPools,
  paginateListUsers,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Account, People } from '../checks/sign-in.ts';

const poolNamed = async (client: CognitoIdentityProviderClient, name: string): Promise<string | undefined> => {
  for await (const { UserPools = [] } of paginateListUserPools({ client }, { MaxResults: 60 })) {
    const found = UserPools.find(({ Name }) => Name === name);
    if (found !== undefined) return found.Id;
  }
  return undefined;
};

/** The people of a user pool by its name; undefined where there is none. */
export const poolPeople = async (client: CognitoIdentityProviderClient, name: string): Promise<People | undefined> => {
  const UserPoolId = await poolNamed(client, name);
  if (UserPoolId === undefined) return undefined;
  const { UserPool } = await client.send(new DescribeUserPoolCommand({ UserPoolId }));
  const accounts: Account[] = [];
  for await (const { Users = [] } of paginateListUsers({ client }, { UserPoolId }))
    for (const { Username: id = '', Enabled: enabled = true } of Users) {
      const { Groups = [] } = await client.send(new AdminListGroupsForUserCommand({ UserPoolId, Username: id }));
      accounts.push({ id, enabled, groups: Groups.flatMap(({ GroupName }) => GroupName ?? []) });
    }
  return { mfa: UserPool?.MfaConfiguration ?? 'OFF', accounts };
};
