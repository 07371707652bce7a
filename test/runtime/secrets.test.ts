import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { secretText } from '../../functions/runtime/secrets.ts';
import { awsStandIn } from './support/aws-stand-in.ts';

const aws = awsStandIn();
beforeEach(() => {
  vi.stubEnv('AWS_REGION', 'us-west-2');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', aws.endpoint());
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a secret of the deployment', () => {
  it('is read once, and kept as long as the process lives', async () => {
    aws.says([200, { SecretString: 'sesame' }]);
    expect([await secretText('arn:one'), await secretText('arn:one')]).toEqual(['sesame', 'sesame']);
    expect(aws.asked.map(({ body }) => JSON.parse(body))).toEqual([{ SecretId: 'arn:one' }]);
  });

  it('that could not be read is asked for again by the next call', async () => {
    aws.says([400, { __type: 'AccessDeniedException' }], [200, { SecretString: 'sesame' }]);
    await expect(secretText('arn:two')).rejects.toMatchObject({
      name: 'SecretUnavailable',
      message: 'the secret was not given: AccessDeniedException',
    });
    expect(await secretText('arn:two')).toBe('sesame');
  });

  it('is asked for again at once where the way to it broke, and unavailable where it stays broken', async () => {
    aws.says(undefined, [200, { SecretString: 'sesame' }]);
    expect(await secretText('arn:three')).toBe('sesame');
    aws.says(undefined);
    await expect(secretText('arn:four')).rejects.toMatchObject({ name: 'SecretUnavailable' });
    expect(aws.asked).toHaveLength(3);
  });

  it('that holds no text is none', async () => {
    aws.says([200, { SecretBinary: 'AAAA' }]);
    await expect(secretText('arn:five')).rejects.toMatchObject({ name: 'SecretUnavailable' });
  });
});
