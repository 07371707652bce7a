import { DescribeContinuousBackupsCommand, DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Clocks } from '../checks/clock.ts';
import type { SignedIn } from '../checks/settings.ts';
import type { TableState } from '../checks/table.ts';

const dateOf = (response: unknown): string | undefined => {
  const headers = typeof response === 'object' && response !== null && 'headers' in response ? response.headers : {};
  const date: unknown = typeof headers === 'object' && headers !== null ? Reflect.get(headers, 'date') : undefined;
  return typeof date === 'string' ? date : undefined;
};

/** What DynamoDB says of the table; its ARN says where the shell is signed in, and its answers say the time. */
export const tableAnswers = (client: DynamoDBClient, tableName: string) => {
  let date: string | undefined;
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      date = dateOf(result.response) ?? date;
      return result;
    },
    { step: 'deserialize', name: 'keepDate', override: true },
  );
  const describe = async () => (await client.send(new DescribeTableCommand({ TableName: tableName }))).Table;
  return {
    signedIn: async (): Promise<SignedIn> => {
      const [, , , region = '', account = ''] = ((await describe())?.TableArn ?? '').split(':');
      return { account, region };
    },
    state: async (): Promise<TableState> => {
      const found = await describe();
      const backups = await client.send(new DescribeContinuousBackupsCommand({ TableName: tableName }));
      const recovery = backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
      return {
        name: tableName,
        status: found?.TableStatus,
        deletionProtection: found?.DeletionProtectionEnabled === true,
        pointInTimeRecovery: recovery === 'ENABLED',
      };
    },
    clocks: async (): Promise<Clocks> => {
      const before = Date.now();
      await describe();
      const here = (before + Date.now()) / 2;
      const there = date === undefined ? Number.NaN : Date.parse(date);
      return { here, there: Number.isNaN(there) ? undefined : there };
    },
  };
};
