import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { accessTokens } from '../../functions/runtime/tokens.ts';

const ISSUER = 'https://issuer.example/pool';
const RULES = { issuer: ISSUER, client: 'client-1', scope: 'throughline/api' };
const CLAIMS = {
  iss: ISSUER,
  sub: 'a3f0',
  token_use: 'access',
  client_id: 'client-1',
  scope: 'openid throughline/api',
  username: 'nurse-1',
  'cognito:groups': ['nurse', 'on-call', 'eu-west-1_Google'],
};
const HOUR = 3_600;

let pair: Awaited<ReturnType<typeof generateKeyPair>>;
let tokens: ReturnType<typeof accessTokens>;
beforeAll(async () => {
  pair = await generateKeyPair('RS256');
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'RS256' }] });
  tokens = accessTokens({ ...RULES, keys });
});

afterEach(() => void vi.useRealTimers());

const signed = (over: object = {}, key = pair.privateKey, lifetime = HOUR): Promise<string> => {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ ...CLAIMS, iat: now, exp: now + lifetime, ...over })
    .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
    .sign(key);
};
const changed = (token: string, over: object): string => {
  const [header, payload = '', signature] = token.split('.');
  const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), ...over };
  return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
};

describe('an access token', () => {
  test('says who asks and in which roles; groups that are none of the clinic’s say nothing', async () => {
    expect(await tokens.verify(await signed())).toEqual({ id: 'nurse-1', roles: ['nurse', 'on-call'], practice: null });
  });

  test('of a practice’s therapist acts for the practice as well', async () => {
    const token = await signed({ username: 'therapist-11', 'cognito:groups': ['therapist', 'partner.partner-1'] });
    expect(await tokens.verify(token)).toEqual({
      id: 'therapist-11',
      roles: ['therapist', 'partner'],
      practice: 'partner-1',
    });
  });

  test('that was in force a moment ago is taken until it ends, and not after', async () => {
    const token = await signed({}, pair.privateKey, 30);
    expect((await tokens.verify(token)).id).toBe('nurse-1');
    vi.useFakeTimers({ now: Date.now() + 20_000, toFake: ['Date'] });
    expect((await tokens.verify(token)).id).toBe('nurse-1');
    vi.setSystemTime(Date.now() + 15_000);
    await expect(tokens.verify(token)).rejects.toMatchObject({ name: 'TokenRefused' });
  });

  test('of somebody in no group is nobody’s role', async () => {
    expect((await tokens.verify(await signed({ 'cognito:groups': undefined }))).roles).toEqual([]);
  });

  test.each<[string, () => Promise<string>]>([
    ['of another issuer', () => signed({ iss: 'https://issuer.example/other' })],
    ['given to another client', () => signed({ client_id: 'client-2' })],
    ['that is an id token', () => signed({ token_use: 'id' })],
    ['without the scope', () => signed({ scope: 'openid' })],
    ['with a scope that only begins like it', () => signed({ scope: 'throughline/api-admin' })],
    ['that is expired', () => signed({}, pair.privateKey, -1)],
    ['that never expires', () => signed({ exp: undefined })],
    ['that holds only later', () => signed({ nbf: Math.floor(Date.now() / 1000) + 600 })],
    ['of nobody', () => signed({ username: undefined })],
    ['signed by another key', async () => signed({}, (await generateKeyPair('RS256')).privateKey)],
    ['that was changed', async () => changed(await signed(), { 'cognito:groups': ['medical-director'] })],
    [
      'signed by nothing',
      async () => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await signed()).split('.')[1]}.`,
    ],
    ['that is none', async () => 'not-a-token'],
  ])('%s is refused', async (_case, token) => {
    await expect(tokens.verify(await token())).rejects.toMatchObject({ name: 'TokenRefused' });
  });
});
