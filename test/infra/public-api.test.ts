import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { noteOperations } from '../../functions/contracts/api/notes.ts';
import { PUBLIC_ADDRESS } from '../../functions/contracts/deployment.ts';
import { testDeployment } from './support/deployment.ts';
import { stackOf, theTemplate } from './support/stack.ts';

const template = theTemplate();
const { Resources } = template.toJSON();

const Rule = z.looseObject({
  Name: z.string(),
  Statement: z.looseObject({
    RateBasedStatement: z
      .looseObject({
        Limit: z.number(),
        ScopeDownStatement: z
          .looseObject({ RegexMatchStatement: z.looseObject({ RegexString: z.string() }) })
          .optional(),
      })
      .optional(),
    ManagedRuleGroupStatement: z.looseObject({ Name: z.string() }).optional(),
  }),
});
const rules = z.array(Rule).parse(Resources.ApiShield.Properties.Rules);

describe('The way in from outside', () => {
  it('takes TLS 1.2 or newer, and no other', () => {
    template.hasResourceProperties('AWS::ApiGateway::RestApi', {
      SecurityPolicy: Match.stringLikeRegexp('TLS13_1_2_PFS'),
      EndpointConfiguration: { Types: ['REGIONAL'] },
    });
  });

  it('leads every path to the one function that knows who may have what, and those of notes to theirs', () => {
    const pathOf = (resource: { Ref?: string }): string => {
      const { PathPart, ParentId } = Resources[resource.Ref ?? '']?.Properties ?? {};
      return PathPart === undefined ? '' : `${pathOf(ParentId)}/${PathPart}`;
    };
    const led = Object.values(template.findResources('AWS::ApiGateway::Method')).map(({ Properties }) => [
      `${Properties.HttpMethod} ${pathOf(Properties.ResourceId)}`,
      /"(Serve\w+Function)"/.exec(JSON.stringify(Properties.Integration.Uri))?.[1],
    ]);
    expect(Object.fromEntries(led)).toEqual({
      'ANY ': 'ServeApiFunction',
      'ANY /{proxy+}': 'ServeApiFunction',
      'ANY /v1/journeys/{journeyId}/notes': 'ServeNotesFunction',
      'ANY /v1/journeys/{journeyId}/notes/{proxy+}': 'ServeNotesFunction',
    });
    const served = Object.values(noteOperations).map(({ path }) => path);
    expect(served.filter((path) => !/^\/v1\/journeys\/\{journeyId\}\/notes(\/|$)/.test(path))).toEqual([]);
  });

  it('writes down of a request neither who asked nor for which path, and nothing that it carried', () => {
    const [stage] = Object.values(template.findResources('AWS::ApiGateway::Stage'));
    const { AccessLogSetting, MethodSettings, TracingEnabled } = stage?.Properties ?? {};
    const named = [...AccessLogSetting.Format.matchAll(/\$context\.([\w.]+)/g)].map(([, name]) => name);
    expect(named.sort()).toEqual([
      'error.responseType',
      'httpMethod',
      'requestId',
      'requestTime',
      'resourcePath',
      'responseLatency',
      'responseLength',
      'stage',
      'status',
      'tlsVersion',
      'xrayTraceId',
    ]);
    expect(MethodSettings).toMatchObject([
      { LoggingLevel: 'ERROR', DataTraceEnabled: false, ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
    ]);
    expect(TracingEnabled).toBe(true);
  });

  it('leaves links out of traces, whose addresses are the keys to them', () => {
    template.hasResourceProperties('AWS::XRay::SamplingRule', {
      SamplingRule: { FixedRate: 0, ReservoirSize: 0, URLPath: '*/l/*', ServiceName: 'test-api/test' },
    });
  });

  it.each(['ApiAccessLogs', 'ApiExecutionLogs', 'ApiShieldLogs'])(
    'keeps %s encrypted, for as long as all logs',
    (id) => {
      expect(Resources[id].Properties).toMatchObject({
        RetentionInDays: 365,
        KmsKeyId: { 'Fn::GetAtt': ['OperationsKey', 'Arn'] },
      });
    },
  );

  it("goes by the clinic's own name where it has one, and then by no other", () => {
    const name = 'api.cedar.example';
    const certificate = 'arn:aws:acm:us-west-2:111122223333:certificate/0123';
    const api = { callbacks: ['https://staff.cedar.example/'], domain: { name, certificate } };
    const own = Template.fromStack(stackOf({ settings: testDeployment({ api }) }).stack);
    own.hasResourceProperties('AWS::ApiGateway::RestApi', { DisableExecuteApiEndpoint: true });
    own.hasResourceProperties('AWS::ApiGateway::DomainName', {
      DomainName: name,
      RegionalCertificateArn: certificate,
      SecurityPolicy: Match.stringLikeRegexp('TLS13_1_2_PFS'),
    });
    own.hasResourceProperties('AWS::ApiGateway::BasePathMapping', { DomainName: { Ref: 'ApiDomain' } });
    template.resourceCountIs('AWS::ApiGateway::DomainName', 0);
  });
});

describe('Links in messages', () => {
  const addressesOf = (made: Template) =>
    Object.entries(made.findResources('AWS::Lambda::Function')).flatMap(([id, { Properties }]) => {
      const address = Properties.Environment?.Variables?.[PUBLIC_ADDRESS];
      return address === undefined ? [] : [[id, address]];
    });

  it('are opened at the address of the settings, which whoever sends knows', () => {
    const publicAddress = 'https://my.harbor.example';
    const linked = Template.fromStack(stackOf({ settings: testDeployment({ publicAddress }) }).stack);
    expect(addressesOf(linked)).toEqual(
      ['WorkOutbox', 'SweepOutbox', 'SendMessage'].map((name) => [`${name}Function`, publicAddress]),
    );
  });

  it('are in none where the settings have no address', () => {
    expect(addressesOf(template)).toEqual([]);
  });
});

describe('The firewall before it', () => {
  it('stands before the stage', () => {
    template.hasResourceProperties('AWS::WAFv2::WebACLAssociation', {
      WebACLArn: { 'Fn::GetAtt': ['ApiShield', 'Arn'] },
    });
  });

  it('lets one address ask for little where nobody signs in, and for much elsewhere', () => {
    const limits = rules.flatMap(({ Statement: { RateBasedStatement: rate } }) => (rate === undefined ? [] : [rate]));
    expect(limits.map(({ Limit }) => Limit)).toEqual([200, 3_000]);
    const open = new RegExp(limits[0]?.ScopeDownStatement?.RegexMatchStatement.RegexString ?? '');
    const isOpen = (path: string) => open.test(path);
    expect(
      ['/l/Zm9v', '/test/l/Zm9v', '/v1/public/consult-requests', '/test/v1/public/consult-requests'].map(isOpen),
    ).toEqual([true, true, true, true]);
    expect(['/v1/tasks', '/v1/journeys/l', '/v1/consult-requests'].map(isOpen)).toEqual([false, false, false]);
  });

  it('knows the common attacks, and lets clinicians write what they have to', () => {
    const named = rules.flatMap(({ Statement: { ManagedRuleGroupStatement: group } }) => group?.Name ?? []);
    expect(named).toEqual(['AWSManagedRulesKnownBadInputsRuleSet', 'AWSManagedRulesCommonRuleSet']);
    const [, , , common] = Resources.ApiShield.Properties.Rules;
    for (const { ActionToUse } of common.Statement.ManagedRuleGroupStatement.RuleActionOverrides)
      expect(ActionToUse).toEqual({ Count: {} });
  });

  it('keeps no address with the id of a link in it', () => {
    for (const { VisibilityConfig } of Resources.ApiShield.Properties.Rules)
      expect(VisibilityConfig.SampledRequestsEnabled).toBe(false);
    template.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
      RedactedFields: Match.arrayWith([
        { UriPath: {} },
        { QueryString: {} },
        { SingleHeader: { Name: 'authorization' } },
      ]),
      LoggingFilter: { DefaultBehavior: 'DROP' },
    });
  });
});

describe('Who signs in', () => {
  it('has an account from the clinic, a long password and a second factor', () => {
    template.hasResource('AWS::Cognito::UserPool', {
      UpdateReplacePolicy: 'Retain',
      Properties: {
        AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
        MfaConfiguration: 'ON',
        EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
        Policies: { PasswordPolicy: { MinimumLength: 14, RequireSymbols: true } },
        UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
        DeletionProtection: 'ACTIVE',
      },
    });
  });

  it('is in a group for each role, and in one for their practice', () => {
    const groups = Object.values(template.findResources('AWS::Cognito::UserPoolGroup'));
    expect(groups.map(({ Properties }) => Properties.GroupName).sort()).toEqual([
      'chaperone',
      'coordinator',
      'medical-director',
      'nurse',
      'on-call',
      'partner',
      'partner.partner-1',
      'partner.partner-2',
      'patient',
      'provider',
      'therapist',
    ]);
  });

  it('comes back with a code to an address of the settings, never with a token in it', () => {
    template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: Match.arrayWith(['openid']),
      CallbackURLs: ['http://localhost:8787/signed-in'],
      GenerateSecret: false,
      PreventUserExistenceErrors: 'ENABLED',
      AccessTokenValidity: 30,
      RefreshTokenValidity: 720,
    });
    template.hasResourceProperties('AWS::Cognito::UserPoolResourceServer', {
      Identifier: 'throughline',
      Scopes: [{ ScopeName: 'api' }],
    });
  });

  it('has tokens that the function checks against this pool and this client', () => {
    const { TOKEN_CLIENT, TOKEN_ISSUER } = Resources.ServeApiFunction.Properties.Environment.Variables;
    expect(TOKEN_CLIENT).toEqual({ Ref: 'PagesClient' });
    expect(JSON.stringify(TOKEN_ISSUER)).toContain('cognito-idp');
    expect(JSON.stringify(TOKEN_ISSUER)).toContain('"People"');
  });

  it('turns pages under a secret that stands in no environment', () => {
    const { CURSOR_SECRET } = Resources.ServeApiFunction.Properties.Environment.Variables;
    expect(CURSOR_SECRET).toEqual({ Ref: 'CursorSecret' });
    expect(Resources.CursorSecret).toMatchObject({
      UpdateReplacePolicy: 'Retain',
      Properties: {
        GenerateSecretString: { PasswordLength: 64 },
        KmsKeyId: { 'Fn::GetAtt': ['OperationsKey', 'Arn'] },
      },
    });
  });
});
