import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import {
  type DeployedFunction,
  deployedFunctions,
  type FunctionName,
  type Grant,
  machineNames,
} from '../../functions/contracts/deployment.ts';
import { functionNames } from '../../infra/constructs/house-functions.ts';
import { machineTasks, startedMachines } from '../../infra/machine-tasks.ts';
import { functionId, machineId } from '../../infra/names.ts';
import { permissionsPage, STAGE_OF_THE_PAGE } from '../../infra/permission-table/page.ts';
import { testDeployment } from './support/deployment.ts';
import { permissionsIn } from './support/permissions.ts';
import { stackOf, theTemplate } from './support/stack.ts';

const starts = startedMachines.map((name) => `states:stateMachine:test-${name}`).join(', ');
const executions = machineNames.map((name) => `states:execution:test-${name}:*`).join(', ');

/** What every function may do: its own log, the table through its key, and tracing. */
const everyFunction = (id: string) => [
  `logs:CreateLogStream logs:PutLogEvents on ${id}Logs`,
  'dynamodb:GetItem dynamodb:Query on JourneyTable',
  'dynamodb:Query on JourneyTable/index/by1, JourneyTable/index/by2',
  'kms:Decrypt on DataKey if kms:ViaService is dynamodb.<region>.amazonaws.com',
  'dynamodb:PutItem dynamodb:DeleteItem dynamodb:ConditionCheckItem on JourneyTable',
  'kms:Encrypt kms:GenerateDataKey on DataKey if kms:ViaService is dynamodb.<region>.amazonaws.com',
  'TracingPolicy',
];

/** The machines that wait; appointments, handoffs and safety events wait inside staff-task. */
const waiting = ['intake', 'cycle', 'dosing-day', 'completion', 'staff-task', 'partner-handoff'];
const resumesWaits = [
  `states:SendTaskSuccess on ${waiting.map((name) => `states:stateMachine:test-${name}`).join(', ')}`,
];
const sendsEmail = [
  'ses:SendEmail ses:SendRawEmail on ses:identity/cedar.example, ses:configuration-set/test-email if ses:FromAddress is care@cedar.example',
];
const sendsSms = ['sms-voice:SendTextMessage on SmsPool, sms-voice:configuration-set/test-sms'];
const plansSchedules = [
  'scheduler:CreateSchedule scheduler:UpdateSchedule scheduler:DeleteSchedule on scheduler:schedule/test-reminders/*',
  'iam:PassRole on SchedulerRole if iam:PassedToService is scheduler.amazonaws.com',
];
const startsExecutions = [`states:StartExecution on ${starts} if states:StateMachineQualifier is live`];
const describesExecutions = [`states:DescribeExecution on ${executions}`];
const publishesEvents = ['events:PutEvents on DomainBus'];
const readsStream = [
  'dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator on JourneyTable.StreamArn',
  'dynamodb:ListStreams on *',
  'kms:Decrypt on DataKey',
];
const keepsFailures = ['sqs:SendMessage on FailedInvocations', 'kms:Decrypt kms:GenerateDataKey on OperationsKey'];
const movesWork = [
  ...sendsEmail,
  ...sendsSms,
  ...plansSchedules,
  ...startsExecutions,
  ...resumesWaits,
  ...publishesEvents,
];

/** What each function may do beyond that: the table a reviewer reads before a deploy. */
const beyond: Readonly<Record<FunctionName, readonly string[]>> = {
  'begin-intake': [],
  'open-task': [],
  'wait-for-answer': resumesWaits,
  'chase-task': [],
  'wait-until': resumesWaits,
  'confirm-appointment': [],
  'screen-patient': [],
  'check-gate': [],
  'choose-partner': [],
  'start-dose': [],
  'plan-next-step': [],
  'begin-completion': [],
  'settle-journey': [],
  'close-safety-event': [],
  'hand-over': [],
  'record-failure': [],
  'request-consult': [],
  'decide-task': [],
  'take-task': [],
  'post-command': [],
  'serve-api': [
    'secretsmanager:GetSecretValue on CursorSecret',
    'kms:Decrypt on OperationsKey if kms:ViaService is secretsmanager.<region>.amazonaws.com',
  ],
  'serve-notes': [
    'dynamodb:GetItem dynamodb:Query dynamodb:PutItem dynamodb:ConditionCheckItem on NotesTable',
    'kms:Decrypt kms:Encrypt kms:GenerateDataKey on NotesKey if kms:ViaService is dynamodb.<region>.amazonaws.com',
    'secretsmanager:GetSecretValue on CursorSecret',
    'kms:Decrypt on OperationsKey if kms:ViaService is secretsmanager.<region>.amazonaws.com',
  ],
  'work-outbox': [...movesWork, ...readsStream, ...keepsFailures],
  'sweep-outbox': [...movesWork, ...keepsFailures],
  'send-message': [...sendsEmail, ...sendsSms, ...keepsFailures],
  'send-digests': keepsFailures,
  'on-deadline': keepsFailures,
  'on-message-event': keepsFailures,
  'send-webhooks': [
    'sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes sqs:ChangeMessageVisibility on WebhookQueue',
    'kms:Decrypt on OperationsKey',
    ...keepsFailures,
  ],
  'watch-clinic': keepsFailures,
  'on-execution-ended': [...describesExecutions, ...keepsFailures],
  'reconcile-journeys': [...describesExecutions, ...keepsFailures],
};

describe('The permissions of the deployed roles', () => {
  const found = permissionsIn(theTemplate());

  it.each(functionNames)('%s may do exactly what the table says', (name) => {
    const id = functionId(name);
    const { grants }: DeployedFunction = deployedFunctions[name];
    const everywhere = everyFunction(id).filter(
      (line) =>
        (grants.includes('write-table') || !/PutItem|Encrypt/.test(line)) &&
        (grants.includes('read-table') || !/dynamodb/.test(line)),
    );
    expect([...(found[id] ?? [])].sort()).toEqual([...everywhere, ...beyond[name]].sort());
  });

  it.each(machineNames)('the %s machine may call its functions and run its machines', (name) => {
    const id = machineId(name);
    const { calls, runs } = machineTasks[name];
    const arn = (kind: string, rest: (machine: string) => string) =>
      runs.map((machine) => `states:${kind}:${rest(machine)}`).join(', ');
    const keyOf = [name, ...runs].map((machine) => `states:stateMachine:test-${machine}`).join(' or ');
    const children = [
      `states:StartExecution on ${arn('stateMachine', (machine) => `test-${machine}`)} if states:StateMachineQualifier is live`,
      `states:DescribeExecution states:StopExecution on ${arn('execution', (machine) => `test-${machine}:*`)}`,
      'events:PutTargets events:PutRule events:DescribeRule on events:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule',
    ];
    expect(found[id]).toEqual([
      'TracingPolicy',
      'LogDeliveryPolicy',
      `lambda:InvokeFunction on ${calls.map((call) => functionId(call)).join(', ')}`,
      ...(runs.length === 0 ? [] : children),
      `kms:Decrypt kms:GenerateDataKey on DataKey if kms:EncryptionContext:aws:states:stateMachineArn is ${keyOf}`,
      'kms:GenerateDataKey on DataKey if kms:EncryptionContext:SourceArn is logs:*',
    ]);
  });

  it('the heartbeat reads and writes nothing', () => {
    expect(found.WatchClinicFunction?.join(' ')).not.toMatch(/PutItem|DeleteItem|Encrypt/);
  });

  it('the scheduler may call what sends messages, keeps deadlines and beats, and keep what it could not deliver', () => {
    expect(found.Scheduler).toEqual([
      'lambda:InvokeFunction on lambda:function:test-send-message, lambda:function:test-on-deadline, lambda:function:test-watch-clinic',
      'sqs:SendMessage on UndeliveredSchedules',
      'kms:Decrypt kms:GenerateDataKey on OperationsKey',
    ]);
  });

  it('the backup role has what AWS Backup asks for, and nobody else can take it on', () => {
    expect(found.Backup).toEqual([expect.stringContaining('service-role/AWSBackupServiceRolePolicyForBackup')]);
  });

  it('API Gateway writes logs, which is all that its role is for', () => {
    expect(found.ApiGateway).toEqual([expect.stringContaining('service-role/AmazonAPIGatewayPushToCloudWatchLogs')]);
  });

  it('there are no roles but these', () => {
    const known = [
      ...functionNames.map(functionId),
      ...machineNames.map(machineId),
      'Scheduler',
      'Backup',
      'ApiGateway',
    ];
    expect(Object.keys(found).sort()).toEqual([...known].sort());
  });

  it('one function alone may read or write psychotherapy notes, and nothing may delete one', () => {
    const about = (name: string) => JSON.stringify(found[name] ?? []);
    const readers = Object.keys(found).filter((name) => /Notes(Table|Key)/.test(about(name)));
    expect(readers).toEqual(['ServeNotesFunction']);
    expect(about('ServeNotesFunction')).not.toMatch(/DeleteItem[^"]* on NotesTable/);
  });

  it('no role has a policy written into it, where a reviewer would not look', () => {
    expect(theTemplate().findResources('AWS::IAM::Policy')).toEqual({});
  });
});

describe('docs/permissions.md', () => {
  it('is what the template says: npm run permissions', () => {
    const { stack } = stackOf({ settings: testDeployment({ stage: STAGE_OF_THE_PAGE }) });
    const page = readFileSync(join(import.meta.dirname, '../../docs/permissions.md'), 'utf8');
    expect(page).toBe(permissionsPage(Template.fromStack(stack).toJSON().Resources));
  });
});

describe('Grants', () => {
  it('are each held by some function: a grant that nobody has would be dead text', () => {
    const all: Readonly<Record<Grant, true>> = {
      'read-table': true,
      'write-table': true,
      'keep-notes': true,
      'send-email': true,
      'send-sms': true,
      'plan-schedules': true,
      'start-executions': true,
      'describe-executions': true,
      'resume-waits': true,
      'publish-events': true,
      measure: true,
      'check-tokens': true,
      'seal-cursors': true,
      'tell-webhooks': true,
      'read-outbox-stream': true,
    };
    const held = new Set<string>(Object.values(deployedFunctions).flatMap(({ grants }) => grants));
    expect(Object.keys(all).filter((grant) => !held.has(grant))).toEqual([]);
  });
});
