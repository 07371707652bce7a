import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import { secretText } from '../../functions/runtime/secrets.ts';

const aws = mockClient(SecretsManagerClient);
afterEach(() => aws.reset());

describe('a secret of the deployment', () => {
  it('is read once, and kept as long as the process lives', async () => {
    aws.on(GetSecretValueCommand, { SecretId: 'arn:one' }).resolves({ SecretString: 'sesame' });
    expect([await secretText('arn:one'), await secretText('arn:one')]).toEqual(['sesame', 'sesame']);
    expect(aws.calls()).toHaveLength(1);
  });

  it('that could not be read is asked for again by the next call', async () => {
    aws.on(GetSecretValueCommand).rejectsOnce(new Error('AccessDenied')).resolves({ SecretString: 'sesame' });
    await expect(secretText('arn:two')).rejects.toMatchObject({ name: 'SecretUnavailable' });
    expect(await secretText('arn:two')).toBe('sesame');
  });

  it('that holds no text is none', async () => {
    aws.on(GetSecretValueCommand).resolves({});
    await expect(secretText('arn:three')).rejects.toMatchObject({ name: 'SecretUnavailable' });
  });
});
