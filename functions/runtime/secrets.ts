import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** A secret of the deployment could not be read; without it nothing is answered, and the next call tries again. */
export class SecretUnavailable extends Error {
  override readonly name = 'SecretUnavailable';
}

let client: SecretsManagerClient | undefined;
const read = new Map<string, string>();

/** The text of a secret by its ARN. It is read once and kept as long as the process lives, never in the environment. */
export const secretText = async (arn: string): Promise<string> => {
  const kept = read.get(arn);
  if (kept !== undefined) return kept;
  client ??= new SecretsManagerClient({ requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 } });
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
    if (SecretString === undefined) throw new SecretUnavailable('the secret holds no text');
    read.set(arn, SecretString);
    return SecretString;
  } catch (error) {
    throw error instanceof SecretUnavailable
      ? error
      : new SecretUnavailable('the secret was not given', { cause: error });
  }
};
