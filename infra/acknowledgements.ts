import { type Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { machineNames } from '../functions/contracts/deployment.ts';
import type { Names } from './names.ts';

export type Acknowledgement = {
  /** The finding as cdk-nag names it; one that points at resources has them in brackets. */
  readonly ids: readonly string[];
  /** The path of the construct below the stack; the whole stack without it. */
  readonly at?: string;
  readonly reason: string;
};

const wildcard = (resource: string) => `AwsSolutions-IAM5[Resource::${resource}]`;
const arn = (service: string, rest: string) => `arn:<AWS::Partition>:${service}:<AWS::Region>:<AWS::AccountId>:${rest}`;

/** Every finding of cdk-nag (AwsSolutions, HIPAASecurity) that this system lives with, and why. */
export const acknowledgements = (names: Names): readonly Acknowledgement[] => [
  {
    ids: [wildcard('*')],
    at: 'SharedPolicies',
    reason:
      'The actions of X-Ray and of log delivery take no resource; they stand in two policies that hold nothing else.',
  },
  {
    ids: [wildcard('*')],
    at: 'Functions/WorkOutboxFunction/Policy',
    reason:
      'Listing streams (dynamodb:ListStreams) takes no resource and tells names of streams only; records need the exact stream.',
  },
  {
    ids: machineNames.map((name) => wildcard(arn('states', `execution:${names.machine(name)}:*`))),
    reason:
      'The name of an execution is made at run time from the journey. Each policy names the machines whose executions it may see.',
  },
  {
    ids: [wildcard(arn('scheduler', `schedule/${names.scheduleGroup}/*`))],
    reason:
      'The name of a schedule is made at run time from the appointment; the group holds nothing but our reminders.',
  },
  {
    ids: ['AwsSolutions-SQS3'],
    at: 'DeadLetters',
    reason:
      'These are the dead-letter queues, of schedules, rules, subscriptions and functions; an alarm stands on each.',
  },
  {
    ids: ['HIPAA.Security-LambdaDLQ'],
    reason:
      'Functions for events have an on-failure destination, which also tells why; the others are called synchronously, and their caller retries and catches.',
  },
  {
    ids: ['HIPAA.Security-LambdaConcurrency'],
    reason:
      'Six functions have their own (infra/reserved-concurrency.ts). For the others a reservation would be a limit that throttles a patient, in an account that runs nothing else; an alarm watches throttling.',
  },
  {
    ids: ['HIPAA.Security-LambdaInsideVPC'],
    reason:
      'The functions reach only AWS services, over TLS and under their own roles. A VPC would add NAT or nine endpoints and no boundary that IAM does not draw.',
  },
  {
    ids: [
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup]',
    ],
    at: 'TableBackups',
    reason:
      'AWS keeps this policy as its own service needs it; the role can be taken on by AWS Backup alone, which uses it for the two tables of its selections.',
  },
  {
    ids: ['AwsSolutions-S1', 'HIPAA.Security-S3BucketLoggingEnabled'],
    at: 'AccessTrail/Files',
    reason:
      'The bucket holds the log of access itself, written by CloudTrail alone and with digests that show a change; a log of this log would need a log again.',
  },
  {
    ids: ['HIPAA.Security-S3BucketReplicationEnabled'],
    at: 'AccessTrail/Files',
    reason:
      'Versions, digests and S3 itself keep the files. A copy in a second account or region belongs to the clinic as a whole, not to this stack.',
  },
  {
    ids: ['HIPAA.Security-CloudTrailCloudWatchLogsEnabled'],
    at: 'AccessTrail',
    reason:
      'The trail answers who looked, months later, from files that can be checked. Nothing rings on it, and a second copy in a log group would cost more than the table.',
  },
  {
    ids: ['AwsSolutions-SMG4', 'HIPAA.Security-SecretsManagerRotationEnabled'],
    at: 'CursorSecret',
    reason:
      'It seals the places in lists, which hold for whoever turns a page; it opens nothing. A new value may be put in at any hour, and costs people the page on which they are.',
  },
  {
    ids: ['AwsSolutions-SMG4', 'HIPAA.Security-SecretsManagerRotationEnabled'],
    at: 'Webhooks',
    reason:
      'Both sides hold the secret of a webhook, and only people can put a new one into the other system on the same day (docs/webhooks.md).',
  },
  {
    ids: ['AwsSolutions-APIG2'],
    at: 'PublicApi',
    reason:
      'Every path, query and body is parsed in the function by the schema that the API document is made of, with an answer that names each problem; models of the gateway would be a second, weaker contract.',
  },
  {
    ids: ['AwsSolutions-APIG4', 'AwsSolutions-COG4'],
    at: 'PublicApi',
    reason:
      "The function checks each token for signature, issuer, client, use, expiry and scope, with the same code as on one machine, before anything is read; the consult request, links and the API's own document are for people who are not signed in.",
  },
  {
    ids: ['HIPAA.Security-APIGWCacheEnabledAndEncrypted'],
    at: 'PublicApi',
    reason: 'Nothing is cached: every answer depends on who asks, and clinical data must not lie in a cache at all.',
  },
  {
    ids: ['HIPAA.Security-APIGWSSLEnabled'],
    at: 'PublicApi',
    reason:
      'A certificate proves the gateway to an HTTP server behind it. Behind this one is a function, which only this API may call, by IAM.',
  },
  {
    ids: [
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    ],
    at: 'PublicApi/GatewayLogs',
    reason:
      'API Gateway takes no role for its logs that has less than this policy of AWS, which writes logs and nothing else.',
  },
];

const at = (stack: Stack, path: string): IConstruct =>
  path.split('/').reduce<IConstruct>((scope, id) => scope.node.findChild(id), stack);

/** Tells cdk-nag which findings are known; throws where a path no longer exists. */
export const acknowledge = (stack: Stack, names: Names): void => {
  for (const { ids, at: path, reason } of acknowledgements(names))
    for (const id of ids) Validations.of(path === undefined ? stack : at(stack, path)).acknowledge({ id, reason });
};
