import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { commandOperations } from '../../functions/contracts/api/commands.ts';
import type { Names } from '../names.ts';
import { fixed } from './fixed.ts';

/** Requests from one address in five minutes: a whole clinic sits behind one, and works. */
const FROM_ONE_ADDRESS = 3_000;
/** The same where nobody has to sign in: a consult request, and the links of messages. */
const IN_PUBLIC = 200;

/** Paths below the stage that are open to everybody, for WAF, which sees the stage as well. */
const PUBLIC_PATHS = `^(/[^/]+)?(/l/|${commandOperations['ask-for-consult'].path}$)`;

/**
 * What the common rules look for in bodies is what clinicians write: long notes, and signs such as < and ../ in them. These are only
 * counted; the application takes no body over 100,000 bytes, parses each by its schema and writes none of it into a page unescaped.
 */
const ABOUT_BODIES = [
  'SizeRestrictions_BODY',
  'CrossSiteScripting_BODY',
  'GenericLFI_BODY',
  'GenericRFI_BODY',
  'EC2MetaDataSSRF_BODY',
];

/** A web firewall before the API. It keeps no samples: they would show addresses with the ids of links in them. */
export class ApiShield extends Construct {
  readonly name: string;

  constructor(scope: Construct, names: Names, stageArn: string, { days, key }: { days: number; key: Key }) {
    super(scope, 'ApiShield');
    this.name = names.shield;
    const acl = new CfnWebACL(this, 'Acl', {
      name: names.shield,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: seen('api'),
      rules: [
        limit('public-entries', 0, IN_PUBLIC, {
          regexMatchStatement: {
            fieldToMatch: { uriPath: {} },
            regexString: PUBLIC_PATHS,
            textTransformations: [{ priority: 0, type: 'NORMALIZE_PATH' }],
          },
        }),
        limit('one-address', 1, FROM_ONE_ADDRESS),
        managed('AWSManagedRulesKnownBadInputsRuleSet', 2),
        managed('AWSManagedRulesCommonRuleSet', 3, ABOUT_BODIES),
      ],
    });
    fixed(acl, 'ApiShield');
    new CfnWebACLAssociation(this, 'Stage', { resourceArn: stageArn, webAclArn: acl.attrArn });
    this.log(acl, names, days, key);
  }

  /** What was refused, by rule; the parts of a request that could name somebody, or be a key to something, are blacked out. */
  private log(acl: CfnWebACL, names: Names, retention: number, encryptionKey: Key): void {
    const logs = new LogGroup(this, 'Logs', { logGroupName: names.shieldLogs, retention, encryptionKey });
    fixed(logs, 'ApiShieldLogs');
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      logDestinationConfigs: [
        // WAF takes the group's ARN without the `:*` of its streams.
        Stack.of(this).formatArn({
          service: 'logs',
          resource: 'log-group',
          resourceName: logs.logGroupName,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ],
      redactedFields: [
        { uriPath: {} },
        { queryString: {} },
        { singleHeader: { Name: 'authorization' } },
        { singleHeader: { Name: 'cookie' } },
        { singleHeader: { Name: 'referer' } },
      ],
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          { Behavior: 'KEEP', Requirement: 'MEETS_ANY', Conditions: [{ ActionCondition: { Action: 'BLOCK' } }] },
        ],
      },
    });
  }
}

const seen = (metricName: string) => ({ cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false, metricName });

const limit = (
  name: string,
  priority: number,
  each: number,
  scopeDownStatement?: CfnWebACL.StatementProperty,
): CfnWebACL.RuleProperty => ({
  name,
  priority,
  statement: {
    rateBasedStatement: {
      limit: each,
      aggregateKeyType: 'IP',
      evaluationWindowSec: 300,
      ...(scopeDownStatement && { scopeDownStatement }),
    },
  },
  action: {
    block: {
      customResponse: { responseCode: 429, responseHeaders: [{ name: 'Retry-After', value: '300' }] },
    },
  },
  visibilityConfig: seen(name),
});

const managed = (name: string, priority: number, counted: readonly string[] = []): CfnWebACL.RuleProperty => ({
  name,
  priority,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name,
      ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
    },
  },
  visibilityConfig: seen(name),
});
