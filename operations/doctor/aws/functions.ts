import { GetAccountSettingsCommand, GetFunctionCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { programTag } from '../../../functions/contracts/deployment.ts';
import type { Concurrency } from '../checks/concurrency.ts';

/** How many functions may run at once in the account and region. */
export const accountConcurrency = async (client: Pick<LambdaClient, 'send'>): Promise<Concurrency> => ({
  limit: (await client.send(new GetAccountSettingsCommand({}))).AccountLimit?.ConcurrentExecutions,
});

const PREFIX = programTag('');

/** Which versions of which programs went out with a function, as `id version`; undefined where its tags say nothing of programs. */
export const deployedPrograms = async (
  client: Pick<LambdaClient, 'send'>,
  name: string,
): Promise<readonly string[] | undefined> => {
  const { Tags = {} } = await client.send(new GetFunctionCommand({ FunctionName: name }));
  const told = Object.entries(Tags).filter(([tag]) => tag.startsWith(PREFIX));
  if (told.length === 0) return undefined;
  return told.flatMap(([tag, versions]) =>
    versions.split(' ').map((version) => `${tag.slice(PREFIX.length)} ${version}`),
  );
};
