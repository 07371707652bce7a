import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { SettingMissing } from '../../functions/runtime/env.ts';
import { givenEndpoint, roleAccess } from '../../functions/runtime/role-access.ts';

const GIVEN = ['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;

beforeEach(() => {
  for (const name of GIVEN) vi.stubEnv(name, `the ${name}`);
  for (const name of [
    'AWS_SESSION_TOKEN',
    'AWS_ENDPOINT_URL',
    'AWS_ENDPOINT_URL_DYNAMODB',
    'AWS_ENDPOINT_URL_SECRETS_MANAGER',
  ])
    vi.stubEnv(name, undefined);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
});

describe('What a function runs under', () => {
  it('is the region and the role of its environment', () => {
    expect(roleAccess()).toEqual({
      region: 'the AWS_REGION',
      credentials: { accessKeyId: 'the AWS_ACCESS_KEY_ID', secretAccessKey: 'the AWS_SECRET_ACCESS_KEY' },
    });
  });

  it('brings the session of the role where there is one, and an empty one is none', () => {
    vi.stubEnv('AWS_SESSION_TOKEN', '');
    expect(roleAccess().credentials).not.toHaveProperty('sessionToken');
    vi.stubEnv('AWS_SESSION_TOKEN', 'session');
    expect(roleAccess().credentials).toMatchObject({ sessionToken: 'session' });
  });

  it('names where services listen instead of at their own addresses, each its own before all', () => {
    expect(givenEndpoint('DYNAMODB')).toBeUndefined();
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://all');
    expect([givenEndpoint('DYNAMODB'), givenEndpoint('SECRETS_MANAGER')]).toEqual(['http://all', 'http://all']);
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', 'http://table');
    vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', 'http://secrets');
    expect([givenEndpoint('DYNAMODB'), givenEndpoint('SECRETS_MANAGER')]).toEqual(['http://table', 'http://secrets']);
  });

  it.each(GIVEN)('is refused without %s, by its name', (name) => {
    vi.stubEnv(name, '');
    expect(roleAccess).toThrow(new SettingMissing(name));
  });
});
