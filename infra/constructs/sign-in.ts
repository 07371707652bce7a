import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolGroup,
  FeaturePlan,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  StandardThreatProtectionMode,
  UserPool,
  type UserPoolClient,
  UserPoolClientIdentityProvider,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { API_SCOPE } from '../../functions/contracts/api/scope.ts';
import { groupsWith } from '../../functions/contracts/api/viewer.ts';
import type { Names } from '../names.ts';
import type { Deployment } from '../settings/read-settings.ts';
import { fixed } from './fixed.ts';

const [RESOURCE_SERVER = '', SCOPE = ''] = API_SCOPE.split('/');

/**
 * Everybody who signs in: accounts that the clinic makes, each with a second factor, in groups that are their roles. Nobody signs up by
 * themselves, and no mail of it says what the clinic treats.
 */
export class SignIn extends Construct {
  /** As the tokens name it. */
  readonly issuer: string;
  /** The app client that tokens are given to. */
  readonly client: string;

  constructor(scope: Construct, names: Names, deployment: Deployment) {
    super(scope, 'SignIn');
    const pool = this.pool(names, deployment.sender.name);
    this.issuer = `https://cognito-idp.${Stack.of(this).region}.amazonaws.com/${pool.userPoolId}`;
    for (const group of groupsWith(deployment.practices)) this.group(pool, group);
    this.client = this.clientOf(pool, names, deployment).userPoolClientId;
    const domain = pool.addDomain('Domain', {
      // Unique in a region over all accounts.
      cognitoDomain: { domainPrefix: `throughline-${names.stage}-${Stack.of(this).account}` },
    });
    fixed(domain, 'SignInDomain');
    new CfnOutput(this, 'Address', { value: domain.baseUrl() });
    new CfnOutput(this, 'Client', { value: this.client });
  }

  private pool(names: Names, clinic: string): UserPool {
    const pool = new UserPool(this, 'People', {
      userPoolName: names.people,
      // A user name is the person's id in the clinic's file, or a patient's id.
      signInAliases: { username: true, email: true },
      signInCaseSensitive: false,
      selfSignUpEnabled: false,
      autoVerify: { email: true },
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      passwordPolicy: {
        minLength: 14,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        passwordHistorySize: 5,
        tempPasswordValidity: Duration.days(3),
      },
      featurePlan: FeaturePlan.PLUS,
      standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
      deletionProtection: true,
      userInvitation: {
        emailSubject: `Your account at ${clinic}`,
        emailBody: `Your account at ${clinic} is {username}, and its first password {####}. It holds for three days.`,
      },
      userVerification: {
        emailSubject: `Your code for ${clinic}`,
        emailBody: `Your code for ${clinic} is {####}.`,
      },
    });
    fixed(pool, 'People');
    return pool;
  }

  private group(pool: UserPool, groupName: string): void {
    const group = new CfnUserPoolGroup(this, groupName, { userPoolId: pool.userPoolId, groupName });
    fixed(group, `Group${groupName.replaceAll(/[^A-Za-z0-9]+(.)?/g, (_, next = '') => next.toUpperCase())}`);
  }

  /** A client without a secret: pages sign people in with a code and PKCE. */
  private clientOf(pool: UserPool, names: Names, { api }: Deployment): UserPoolClient {
    const scope = new ResourceServerScope({ scopeName: SCOPE, scopeDescription: 'Ask the clinic in this name' });
    const server = pool.addResourceServer('Api', { identifier: RESOURCE_SERVER, scopes: [scope] });
    fixed(server, 'ApiScopes');
    const client = pool.addClient('Pages', {
      userPoolClientName: names.client,
      generateSecret: false,
      supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.resourceServer(server, scope)],
        callbackUrls: [...api.callbacks],
        logoutUrls: [...api.callbacks],
      },
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.minutes(30),
      idTokenValidity: Duration.minutes(30),
      // A working day; who comes back tomorrow shows the second factor again.
      refreshTokenValidity: Duration.hours(12),
    });
    fixed(client, 'PagesClient');
    return client;
  }
}
