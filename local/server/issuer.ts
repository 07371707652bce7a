import { createLocalJWKSet, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { API_SCOPE } from '../../functions/contracts/api/scope.ts';
import { groupsOf } from '../../functions/contracts/api/viewer.ts';
import type { Viewer } from '../../functions/domain/law/reach.ts';
import { accessTokens } from '../../functions/runtime/tokens.ts';

const ALGORITHM = 'ES256';
const CLIENT = 'one-machine';
/** Tokens are short-lived, as Cognito's are. */
const LIFETIME = '1h';

/** A deployment has an issuer of its own; this one hands out tokens to whoever asks. */
export class DeploymentConfigured extends Error {
  override readonly name = 'DeploymentConfigured';
}

/**
 * Issues access tokens with Cognito's claims for trying the clinic out on one machine, and verifies them as everywhere. The key
 * lives as long as the process. Throws DeploymentConfigured where the environment is a deployment's.
 */
export const localIssuer = async (issuer: string, environment: NodeJS.ProcessEnv = process.env) => {
  if (environment.TABLE !== undefined || environment.AWS_LAMBDA_FUNCTION_NAME !== undefined)
    throw new DeploymentConfigured('the sign-in for trying out is refused where a deployment is configured');
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM);
  const jwk: JWK = { ...(await exportJWK(publicKey)), kid: 'one-machine', alg: ALGORITHM, use: 'sig' };
  const published = { keys: [jwk] };
  return {
    published,
    tokens: accessTokens({ issuer, client: CLIENT, scope: API_SCOPE, keys: createLocalJWKSet(published) }),
    /** An access token in somebody's name. */
    issue: ({ id, roles, practice }: Viewer): Promise<string> =>
      new SignJWT({
        token_use: 'access',
        client_id: CLIENT,
        scope: API_SCOPE,
        username: id,
        'cognito:groups': groupsOf({ roles, practice }),
      })
        .setProtectedHeader({ alg: ALGORITHM, kid: 'one-machine' })
        .setIssuer(issuer)
        .setSubject(id)
        .setIssuedAt()
        .setExpirationTime(LIFETIME)
        .sign(privateKey),
  };
};

export type LocalIssuer = Awaited<ReturnType<typeof localIssuer>>;
