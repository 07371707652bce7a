import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as z from 'zod';
import { viewerOf } from '../contracts/api/viewer.ts';
import type { Viewer } from '../domain/law/reach.ts';

/** A token that is not in force here: of another issuer or client, for another use, expired, or changed. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
}

/** The keys of the issuer could not be had, so nobody can say whether a token is in force. */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';
}

/** What is wrong with a token, among what asking for its key may end in. */
const OF_THE_TOKEN = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];

/**
 * The keys that an issuer publishes: asked for with the first token, kept, and asked for again when a token names another. They reject with
 * IssuerUnavailable where the issuer does not answer.
 */
export const publishedKeys = (issuer: string): JWTVerifyGetKey => {
  const published = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`), { timeoutDuration: 3_000 });
  return async (header, token) => {
    try {
      return await published(header, token);
    } catch (error) {
      if (OF_THE_TOKEN.some((kind) => error instanceof kind)) throw error;
      throw new IssuerUnavailable('the issuer gave no keys', { cause: error });
    }
  };
};

/** What a token has to say to be taken: Cognito's claims of an access token. */
export type TokenRules = {
  readonly issuer: string;
  /** The app client that the token was given to. */
  readonly client: string;
  readonly scope: string;
  readonly keys: JWTVerifyGetKey;
};

const Claims = z.object({
  /** An id token names somebody too, and may not be used to ask for anything. */
  token_use: z.literal('access'),
  client_id: z.string(),
  scope: z.string(),
  username: z.string().min(1).max(128),
  'cognito:groups': z.array(z.string()).default([]),
});

/** A token that was found in force is not verified again for so long (milliseconds), nor after its own end. */
const REMEMBERED_FOR = 60_000;
const MOST_REMEMBERED = 1_000;

/** Verifies access tokens: signature, issuer, expiry, audience (`client_id`, where Cognito says it), use and scope. */
export const accessTokens = ({ issuer, client, scope, keys }: TokenRules) => {
  const inForce = new Map<string, { readonly viewer: Viewer; readonly until: number }>();
  const remember = (token: string, viewer: Viewer, expires: number): Viewer => {
    if (inForce.size >= MOST_REMEMBERED) inForce.clear();
    inForce.set(token, { viewer, until: Math.min(expires * 1_000, Date.now() + REMEMBERED_FOR) });
    return viewer;
  };

  const verify = async (token: string): Promise<Viewer> => {
    const known = inForce.get(token);
    if (known !== undefined && Date.now() < known.until) return known.viewer;
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        algorithms: ['RS256', 'ES256'],
        requiredClaims: ['exp', 'sub'],
      });
      const claims = Claims.safeParse(payload);
      if (!claims.success) throw new TokenRefused('the token is no access token');
      if (claims.data.client_id !== client) throw new TokenRefused('the token is for another client');
      if (!claims.data.scope.split(' ').includes(scope)) throw new TokenRefused(`the token lacks the scope ${scope}`);
      return remember(token, viewerOf(claims.data.username, claims.data['cognito:groups']), payload.exp ?? 0);
    } catch (error) {
      if (error instanceof errors.JOSEError) throw new TokenRefused('the token is not in force here', { cause: error });
      throw error;
    }
  };
  return { verify };
};
