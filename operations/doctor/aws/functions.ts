import { GetAccountSettingsCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { Concurrency } from '../checks/concurrency.ts';

/** How many functions may run at once in the account and region. */
export const accountConcurrency = async (client: Pick<LambdaClient, 'send'>): Promise<Concurrency> => ({
  limit: (await client.send(new GetAccountSettingsCommand({}))).AccountLimit?.ConcurrentExecutions,
});
