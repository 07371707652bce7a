import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { type Grant, type MachineName, PUBLIC_ADDRESS } from '../../functions/contracts/deployment.ts';
import { executionArns, machineArn, onAlias } from '../arns.ts';
import { LIVE, type Names } from '../names.ts';
import type { CursorSecret } from './cursor-secret.ts';
import type { EmailChannel } from './email-channel.ts';
import type { DomainBus } from './event-bus.ts';
import type { JourneyTable } from './journey-table.ts';
import type { Keys } from './keys.ts';
import type { NotesTable } from './notes-table.ts';
import type { Schedules } from './schedules.ts';
import type { SignIn } from './sign-in.ts';
import type { SmsChannel } from './sms-channel.ts';
import type { Webhooks } from './webhooks.ts';

/** Everything that a permission may point at. */
export type Reach = {
  readonly scope: Construct;
  readonly names: Names;
  readonly keys: Keys;
  readonly table: JourneyTable;
  readonly notes: NotesTable;
  readonly bus: DomainBus;
  readonly email: EmailChannel;
  /** Where links in messages are opened. */
  readonly publicAddress: string | undefined;
  readonly sms: SmsChannel;
  readonly schedules: Schedules;
  readonly signIn: SignIn;
  readonly cursors: CursorSecret;
  readonly webhooks: Webhooks;
  readonly scheduleDeadLetters: string;
  /** Machines that the outbox starts, machines with waits to be resumed, and all of them. */
  readonly started: readonly MachineName[];
  readonly waiting: readonly MachineName[];
  readonly machines: readonly MachineName[];
};

/** What a function gets for a grant: statements for its policy and variables for its environment. */
export type Granted = {
  readonly statements: readonly PolicyStatement[];
  readonly environment: Readonly<Record<string, string>>;
};

type Conditions = Record<string, Record<string, string>>;

const allow = (actions: readonly string[], resources: readonly string[], conditions?: Conditions) =>
  new PolicyStatement({
    actions: [...actions],
    resources: [...resources],
    ...(conditions === undefined ? {} : { conditions }),
  });

const via = (service: string, { scope }: Reach): Conditions => ({
  StringEquals: { 'kms:ViaService': `${service}.${Stack.of(scope).region}.amazonaws.com` },
});

const viaTable = (reach: Reach): Conditions => via('dynamodb', reach);

const machineEnvironment = ({ scope, names }: Reach) => ({
  MACHINE_ARN_PREFIX: machineArn(scope, ''),
  MACHINE_ALIAS: LIVE,
  STAGE: names.stage,
});

/** Each grant in the words of functions/contracts/deployment.ts, as actions on exact resources. */
export const grants: Readonly<Record<Grant, (reach: Reach) => Granted>> = {
  'read-table': (reach) => ({
    statements: [
      allow(['dynamodb:GetItem', 'dynamodb:Query'], [reach.table.table.tableArn]),
      allow(['dynamodb:Query'], reach.table.indexArns),
      allow(['kms:Decrypt'], [reach.keys.data.keyArn], viaTable(reach)),
    ],
    environment: { TABLE: reach.names.table },
  }),

  'write-table': (reach) => ({
    statements: [
      // The parts of TransactWriteItems. There is no UpdateItem: a row is written whole, under its version.
      allow(['dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:ConditionCheckItem'], [reach.table.table.tableArn]),
      allow(['kms:Encrypt', 'kms:GenerateDataKey'], [reach.keys.data.keyArn], viaTable(reach)),
    ],
    environment: { TABLE: reach.names.table },
  }),

  // No DeleteItem: what a therapist wrote stays, and a correction is a row of its own.
  'keep-notes': (reach) => ({
    statements: [
      allow(
        ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:ConditionCheckItem'],
        [reach.notes.table.tableArn],
      ),
      allow(['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'], [reach.keys.notes.keyArn], viaTable(reach)),
    ],
    environment: { NOTES_TABLE: reach.names.notes },
  }),

  'send-email': ({ email, publicAddress }) => ({
    statements: [
      // Both are needed: with only the identity, SES refuses a message that names a configuration set (aws/aws-cdk#34402).
      allow(['ses:SendEmail', 'ses:SendRawEmail'], [email.identityArn, email.configurationSetArn], {
        StringEquals: { 'ses:FromAddress': email.address },
      }),
    ],
    environment: {
      EMAIL_FROM: email.from,
      SES_CONFIGURATION_SET: email.configurationSet,
      ...(publicAddress !== undefined && { [PUBLIC_ADDRESS]: publicAddress }),
    },
  }),

  'send-sms': ({ sms }) => ({
    statements: [allow(['sms-voice:SendTextMessage'], [sms.originationArn, sms.configurationSetArn])],
    environment: { SMS_ORIGINATION: sms.originationArn, SMS_CONFIGURATION_SET: sms.configurationSet },
  }),

  'plan-schedules': ({ schedules, scheduleDeadLetters }) => ({
    statements: [
      allow(
        ['scheduler:CreateSchedule', 'scheduler:UpdateSchedule', 'scheduler:DeleteSchedule'],
        [schedules.scheduleArns],
      ),
      allow(['iam:PassRole'], [schedules.role.roleArn], {
        StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' },
      }),
    ],
    environment: {
      SCHEDULE_GROUP: schedules.group,
      SCHEDULE_ROLE: schedules.role.roleArn,
      SCHEDULE_DEAD_LETTERS: scheduleDeadLetters,
      SEND_MESSAGE_ARN: schedules.targetArns['send-message'],
      ON_DEADLINE_ARN: schedules.targetArns['on-deadline'],
    },
  }),

  'start-executions': (reach) => ({
    statements: [
      allow(
        ['states:StartExecution'],
        reach.started.map((name) => machineArn(reach.scope, reach.names.machine(name))),
        onAlias,
      ),
    ],
    environment: machineEnvironment(reach),
  }),

  'resume-waits': (reach) => ({
    statements: [
      allow(
        ['states:SendTaskSuccess'],
        reach.waiting.map((name) => machineArn(reach.scope, reach.names.machine(name))),
      ),
    ],
    environment: machineEnvironment(reach),
  }),

  'describe-executions': (reach) => ({
    statements: [
      allow(
        ['states:DescribeExecution'],
        reach.machines.map((name) => executionArns(reach.scope, reach.names.machine(name))),
      ),
    ],
    environment: machineEnvironment(reach),
  }),

  'publish-events': ({ bus, names }) => ({
    statements: [allow(['events:PutEvents'], [bus.bus.eventBusArn])],
    environment: { BUS: names.bus },
  }),

  // Measures leave as lines of the log.
  measure: ({ names }) => ({ statements: [], environment: { STAGE: names.stage } }),

  // The keys of the issuer are public.
  'check-tokens': ({ signIn }) => ({
    statements: [],
    environment: { TOKEN_ISSUER: signIn.issuer, TOKEN_CLIENT: signIn.client },
  }),

  'seal-cursors': (reach) => ({
    statements: [
      allow(['secretsmanager:GetSecretValue'], [reach.cursors.arn]),
      allow(['kms:Decrypt'], [reach.keys.operations.keyArn], via('secretsmanager', reach)),
    ],
    environment: { CURSOR_SECRET: reach.cursors.arn },
  }),

  'tell-webhooks': (reach) => ({
    statements: [
      allow(
        ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
        [reach.webhooks.queue.queueArn],
      ),
      allow(['kms:Decrypt'], [reach.keys.operations.keyArn]),
      ...(reach.webhooks.secretArns.length > 0
        ? [allow(['secretsmanager:GetSecretValue'], reach.webhooks.secretArns)]
        : []),
    ],
    environment: { WEBHOOKS: reach.webhooks.endpoints, WEBHOOK_QUEUE: reach.webhooks.queue.queueUrl },
  }),

  'read-outbox-stream': ({ table, keys }) => ({
    statements: [
      allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], [table.streamArn]),
      // ListStreams takes no resource (Service Authorization Reference, DynamoDB).
      allow(['dynamodb:ListStreams'], ['*']),
      allow(['kms:Decrypt'], [keys.data.keyArn]),
    ],
    environment: {},
  }),
};
