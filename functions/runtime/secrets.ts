import type { AskAws } from '../contracts/aws-answer.ts';
import { askingAgain } from './asking-again.ts';
import { awsRequests, SECRETS_MANAGER } from './aws-requests.ts';
import { givenEndpoint, roleAccess } from './role-access.ts';

/** A secret of the deployment could not be read; without it nothing is answered, and the next call tries again. */
export class SecretUnavailable extends Error {
  override readonly name = 'SecretUnavailable';
}

let ask: AskAws | undefined;
const read = new Map<string, string>();

const answered = async (arn: string) => {
  ask ??= askingAgain(awsRequests(SECRETS_MANAGER, { ...roleAccess(), endpoint: givenEndpoint('SECRETS_MANAGER') }));
  try {
    return await ask('GetSecretValue', { SecretId: arn });
  } catch (error) {
    throw new SecretUnavailable('the secret was not given', { cause: error });
  }
};

/** The text of a secret by its ARN. It is read once and kept as long as the process lives, never in the environment. */
export const secretText = async (arn: string): Promise<string> => {
  const kept = read.get(arn);
  if (kept !== undefined) return kept;
  const { code, said } = await answered(arn);
  if (code !== undefined) throw new SecretUnavailable(`the secret was not given: ${code}`);
  if (typeof said.SecretString !== 'string') throw new SecretUnavailable('the secret holds no text');
  read.set(arn, said.SecretString);
  return said.SecretString;
};
