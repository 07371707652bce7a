import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { accessTokens, publishedKeys } from '../../functions/runtime/tokens.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** An issuer at an address of its own, which answers what it is told to. */
const issuerThat = async (answers: (asked: number) => { status?: number; keys?: readonly object[] }) => {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    const { status = 200, keys = [] } = answers(asked);
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ keys }));
  });
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { issuer: `http://127.0.0.1:${port}/pool`, asked: () => asked };
};

const signer = async (kid: string) => {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  return {
    published: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' },
    token: (issuer: string) =>
      new SignJWT({ token_use: 'access', client_id: 'c', scope: 'throughline/api', username: 'nurse-1' })
        .setProtectedHeader({ alg: 'RS256', kid })
        .setIssuer(issuer)
        .setSubject('s')
        .setExpirationTime('5m')
        .sign(privateKey),
  };
};
const tokensOf = (issuer: string) =>
  accessTokens({ issuer, client: 'c', scope: 'throughline/api', keys: publishedKeys(issuer) });

describe('the keys of an issuer', () => {
  it('are asked for once, whoever comes', async () => {
    const mine = await signer('k1');
    const { issuer, asked } = await issuerThat(() => ({ keys: [mine.published] }));
    const tokens = tokensOf(issuer);
    for (let time = 0; time < 3; time += 1)
      expect(await tokens.verify(await mine.token(issuer))).toMatchObject({ id: 'nurse-1' });
    expect(asked()).toBe(1);
  });

  it('leave a token that none of them signed nobody’s', async () => {
    const [mine, other] = [await signer('k1'), await signer('k2')];
    const { issuer } = await issuerThat(() => ({ keys: [mine.published] }));
    await expect(tokensOf(issuer).verify(await other.token(issuer))).rejects.toMatchObject({ name: 'TokenRefused' });
  });

  it.each([
    ['fails', { status: 500 }],
    ['publishes something else', { keys: [1] as unknown as object[] }],
  ])('cannot be told while the issuer %s: nobody is turned away for that, they ask again', async (_case, bad) => {
    const mine = await signer('k1');
    const { issuer } = await issuerThat((asked) => (asked === 1 ? bad : { keys: [mine.published] }));
    const tokens = tokensOf(issuer);
    const token = await mine.token(issuer);
    await expect(tokens.verify(token)).rejects.toMatchObject({ name: 'IssuerUnavailable' });
    expect(await tokens.verify(token)).toMatchObject({ id: 'nurse-1' });
  });

  it('cannot be told where nobody listens', async () => {
    const mine = await signer('k1');
    const { issuer } = await issuerThat(() => ({}));
    servers.pop()?.close();
    await expect(tokensOf(issuer).verify(await mine.token(issuer))).rejects.toMatchObject({
      name: 'IssuerUnavailable',
    });
  });
});
