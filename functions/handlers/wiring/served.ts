import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import { API_SCOPE } from '../../contracts/api/scope.ts';
import { env } from '../../runtime/env.ts';
import { secretText } from '../../runtime/secrets.ts';
import { accessTokens, publishedKeys } from '../../runtime/tokens.ts';
import type { Tokens } from '../app/deps.ts';
import type { Served } from '../app/gateway.ts';

/** The tokens of the clinic's people, as Cognito signs them. */
export const issuedTokens = (): Tokens => {
  const issuer = env('TOKEN_ISSUER');
  return accessTokens({ issuer, client: env('TOKEN_CLIENT'), scope: API_SCOPE, keys: publishedKeys(issuer) });
};

/** An application that is made once, with keys of a secret that every process shares: one for each use. */
export const withSecret = (make: (keyFor: (use: string) => Uint8Array) => Hono): Served => {
  let made: Hono | undefined;
  return {
    application: async () => {
      if (made === undefined) {
        const secret = await secretText(env('CURSOR_SECRET'));
        made = make((use) => createHash('sha256').update(`${use} ${secret}`).digest());
      }
      return made;
    },
  };
};
