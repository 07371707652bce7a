import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { machineNames } from '../../functions/contracts/deployment.ts';
import { runbookSections } from '../../infra/constructs/alarms.ts';
import { functionNames } from '../../infra/constructs/house-functions.ts';
import { functionId, machineId } from '../../infra/names.ts';
import { testDeployment } from './support/deployment.ts';
import { stackOf, theTemplate } from './support/stack.ts';

const template = theTemplate();
const { Resources } = template.toJSON();

describe('What outlives a deploy keeps its name: executions wait on it for months', () => {
  const outlasting: readonly (readonly [id: string, type: string, field: string, name: string])[] = [
    ['JourneyTable', 'AWS::DynamoDB::Table', 'TableName', 'test-journeys'],
    ['NotesTable', 'AWS::DynamoDB::Table', 'TableName', 'test-therapy-notes'],
    ['DomainBus', 'AWS::Events::EventBus', 'Name', 'test-events'],
    ['ReminderGroup', 'AWS::Scheduler::ScheduleGroup', 'Name', 'test-reminders'],
    ['SchedulerRole', 'AWS::IAM::Role', 'RoleName', 'test-scheduler'],
    ['EmailConfigurationSet', 'AWS::SES::ConfigurationSet', 'Name', 'test-email'],
    ['SmsConfigurationSet', 'AWS::SMSVOICE::ConfigurationSet', 'ConfigurationSetName', 'test-sms'],
    ['UndeliveredSchedules', 'AWS::SQS::Queue', 'QueueName', 'test-undelivered-schedules'],
    ...functionNames.flatMap((name) => [
      [functionId(name), 'AWS::Lambda::Function', 'FunctionName', `test-${name}`] as const,
      [`${functionId(name)}Role`, 'AWS::IAM::Role', 'RoleName', `test-${name}`] as const,
    ]),
    ...machineNames.flatMap((name) => [
      [machineId(name), 'AWS::StepFunctions::StateMachine', 'StateMachineName', `test-${name}`] as const,
      [`${machineId(name)}Role`, 'AWS::IAM::Role', 'RoleName', `test-${name}-machine`] as const,
    ]),
  ];

  it.each(outlasting)('%s is a %s whose %s is %s, and is retained', (id, type, field, name) => {
    expect(Resources[id]).toMatchObject({ Type: type, Properties: { [field]: name }, UpdateReplacePolicy: 'Retain' });
    expect(Resources[id].DeletionPolicy).toMatch(/^Retain/);
  });

  it.each(['DataKey', 'NotesKey', 'OperationsKey'])(
    '%s rotates and is retained: without it nothing can be read again',
    (id) => {
      expect(Resources[id]).toMatchObject({ Properties: { EnableKeyRotation: true }, UpdateReplacePolicy: 'Retain' });
    },
  );

  it.each(machineNames)('%s has a kept version and the alias `live` on it', (name) => {
    expect(Resources[`${machineId(name)}Version`]).toMatchObject({
      Type: 'AWS::StepFunctions::StateMachineVersion',
      UpdateReplacePolicy: 'Retain',
    });
    expect(Resources[`${machineId(name)}Alias`].Properties).toMatchObject({
      Name: 'live',
      DeploymentPreference: { StateMachineVersionArn: { 'Fn::GetAtt': [`${machineId(name)}Version`, 'Arn'] } },
    });
  });
});

describe('The table', () => {
  it("is restorable, protected, encrypted with the clinic's key and streams keys only", () => {
    template.hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      Properties: {
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
        SSESpecification: { SSEEnabled: true, KMSMasterKeyId: { 'Fn::GetAtt': ['DataKey', 'Arn'] } },
        StreamSpecification: { StreamViewType: 'KEYS_ONLY' },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: ['by1', 'by2'].map((index) => ({
          IndexName: index,
          KeySchema: [
            { AttributeName: `${index}pk`, KeyType: 'HASH' },
            { AttributeName: `${index}sk`, KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        })),
      },
    });
  });
});

describe('The table of psychotherapy notes', () => {
  it('is restorable, protected and encrypted with a key of its own; it has no index, no stream, and nothing in it runs out', () => {
    const { Properties, DeletionPolicy } = Resources.NotesTable;
    expect(DeletionPolicy).toBe('Retain');
    expect(Properties).toMatchObject({
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
      SSESpecification: { SSEEnabled: true, KMSMasterKeyId: { 'Fn::GetAtt': ['NotesKey', 'Arn'] } },
    });
    expect(Object.keys(Properties)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/Stream|Index|TimeToLive/)]),
    );
  });

  it('is copied like the other, into a vault that its own key closes', () => {
    template.hasResource('AWS::Backup::BackupVault', {
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: {
        BackupVaultName: 'test-therapy-notes',
        EncryptionKeyArn: { 'Fn::GetAtt': ['NotesKey', 'Arn'] },
      },
    });
    template.hasResourceProperties('AWS::Backup::BackupSelection', {
      BackupSelection: { Resources: [{ 'Fn::GetAtt': ['NotesTable', 'Arn'] }] },
    });
    const plans = Object.values(template.findResources('AWS::Backup::BackupPlan'));
    const days = plans.map(({ Properties }) =>
      Properties.BackupPlan.BackupPlanRule.map(({ Lifecycle }: { Lifecycle: object }) => Lifecycle),
    );
    expect(days).toEqual([0, 1].map(() => [{ DeleteAfterDays: 35 }, { DeleteAfterDays: 2557 }]));
  });
});

describe('What is kept of the table', () => {
  it("is a copy of each day for a month and of each month for seven years, under the clinic's key", () => {
    template.hasResource('AWS::Backup::BackupVault', {
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: { BackupVaultName: 'test-journeys', EncryptionKeyArn: { 'Fn::GetAtt': ['DataKey', 'Arn'] } },
    });
    template.hasResourceProperties('AWS::Backup::BackupPlan', {
      BackupPlan: {
        BackupPlanRule: [
          { RuleName: 'daily', ScheduleExpression: 'cron(0 8 * * ? *)', Lifecycle: { DeleteAfterDays: 35 } },
          { RuleName: 'monthly', ScheduleExpression: 'cron(0 8 1 * ? *)', Lifecycle: { DeleteAfterDays: 2557 } },
        ],
      },
    });
    template.hasResourceProperties('AWS::Backup::BackupSelection', {
      BackupSelection: { Resources: [{ 'Fn::GetAtt': ['JourneyTable', 'Arn'] }] },
    });
  });

  it('is every access to it, in files that show a change and that nobody can read in the open', () => {
    template.hasResourceProperties('AWS::CloudTrail::Trail', {
      TrailName: 'test-journeys',
      IsLogging: true,
      EnableLogFileValidation: true,
      KMSKeyId: { 'Fn::GetAtt': ['OperationsKey', 'Arn'] },
      AdvancedEventSelectors: [
        {
          FieldSelectors: [
            { Field: 'eventCategory', Equals: ['Data'] },
            { Field: 'resources.type', Equals: ['AWS::DynamoDB::Table'] },
            {
              Field: 'resources.ARN',
              Equals: ['JourneyTable', 'NotesTable'].map((id) => ({ 'Fn::GetAtt': [id, 'Arn'] })),
            },
          ],
        },
      ],
    });
    template.hasResource('AWS::S3::Bucket', {
      UpdateReplacePolicy: 'Retain',
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
        LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 2192 })] },
      },
    });
  });
});

describe('The account', () => {
  it('tells whoever hears of alarms when the month becomes dear', () => {
    template.hasResourceProperties('AWS::Budgets::Budget', {
      Budget: { BudgetLimit: { Amount: 200, Unit: 'USD' }, TimeUnit: 'MONTHLY' },
      NotificationsWithSubscribers: [
        {
          Notification: { NotificationType: 'ACTUAL', Threshold: 80 },
          Subscribers: [{ Address: { Ref: 'AlarmTopic' }, SubscriptionType: 'SNS' }],
        },
        { Notification: { NotificationType: 'FORECASTED', Threshold: 100 } },
      ],
    });
  });

  it('may hold two stages: no name of one is a name of the other', () => {
    const named = (stage: string) => {
      const { stack } = stackOf({ settings: testDeployment({ stage }) });
      return Object.values<{ Properties?: Record<string, unknown> }>(
        Template.fromStack(stack).toJSON().Resources,
      ).flatMap(({ Properties = {} }) =>
        Object.entries(Properties).filter(([key, name]) => /(?<!Metric)Name$/.test(key) && typeof name === 'string'),
      );
    };
    const names = (stage: string) => new Set(named(stage).map(([key, name]) => `${key} ${name}`));
    const [one, other] = [names('east'), names('west')];
    expect(one.size).toBeGreaterThan(100);
    // An alias belongs to its machine; groups and the scope to their pool, where tokens carry them.
    const inside = /^(GroupName|Name throughline$|Name live$)/;
    expect([...one].filter((name) => other.has(name) && !inside.test(name))).toEqual([]);
  });

  it('sets functions aside for safety and keeps reminders from running into the carriers, where its quota allows', () => {
    expect(Resources.WorkOutboxFunction.Properties.ReservedConcurrentExecutions).toBe(10);
    expect(Resources.SweepOutboxFunction.Properties.ReservedConcurrentExecutions).toBe(1);
    const { stack } = stackOf({ settings: testDeployment({ reservedConcurrency: false }) });
    Template.fromStack(stack).allResourcesProperties('AWS::Lambda::Function', {
      ReservedConcurrentExecutions: Match.absent(),
    });
  });
});

describe('The versions of programs that went out', () => {
  it('are told by the tags of one function, so that nobody is moved to a version which is not there', () => {
    expect(Resources[functionId('work-outbox')].Properties.Tags).toEqual(
      expect.arrayContaining([{ Key: 'program:northwest-iv', Value: '1' }]),
    );
    const { stack } = stackOf({ settings: testDeployment({ programs: { 'northwest-iv': [1, 2] } }) });
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'test-work-outbox',
      Tags: [{ Key: 'program:northwest-iv', Value: '1 2' }],
    });
  });
});

describe('Every function and machine', () => {
  it.each(functionNames)('%s runs on Node 24 and arm64, traced, with its own encrypted log', (name) => {
    expect(Resources[functionId(name)].Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogGroup: { Ref: `${functionId(name)}Logs` } },
    });
    expect(Resources[`${functionId(name)}Logs`].Properties).toMatchObject({
      RetentionInDays: 365,
      KmsKeyId: { 'Fn::GetAtt': ['OperationsKey', 'Arn'] },
    });
  });

  it.each(machineNames)('%s logs every step without what it carries, and is encrypted', (name) => {
    expect(Resources[machineId(name)].Properties).toMatchObject({
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
      TracingConfiguration: { Enabled: true },
      EncryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: { 'Fn::GetAtt': ['DataKey', 'Arn'] } },
    });
  });
});

describe('What keeps work moving', () => {
  it('the stream hands only new and changed outbox rows to work-outbox, and never blocks on one of them', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionName: { Ref: 'WorkOutboxFunction' },
      FilterCriteria: {
        Filters: [
          {
            Pattern: JSON.stringify({
              eventName: ['INSERT', 'MODIFY'],
              dynamodb: { Keys: { sk: { S: [{ prefix: 'outbox#' }] } } },
            }),
          },
        ],
      },
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: 5,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['FailedInvocations', 'Arn'] } } },
    });
  });

  it.each([
    ['test-sweep-outbox', 'rate(5 minutes)'],
    ['test-reconcile-journeys', 'cron(0 9 * * ? *)'],
    ['test-send-digests', 'rate(30 minutes)'],
  ])('%s runs at %s', (Name, ScheduleExpression) => {
    template.hasResourceProperties('AWS::Events::Rule', { Name, ScheduleExpression, State: 'ENABLED' });
  });

  it('an execution that ends badly is told without its input and output', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      Name: 'test-on-execution-ended',
      EventPattern: { source: ['aws.states'], detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'] } },
      Targets: [
        {
          InputTransformer: {
            InputTemplate: Match.not(Match.stringLikeRegexp('input|output|cause')),
          },
        },
      ],
    });
  });

  it('e-mail needs TLS, and neither opens nor clicks are tracked', () => {
    template.hasResourceProperties('AWS::SES::ConfigurationSet', { DeliveryOptions: { TlsPolicy: 'REQUIRE' } });
    template.hasResourceProperties('AWS::SES::ConfigurationSetEventDestination', {
      EventDestination: { MatchingEventTypes: Match.not(Match.arrayWith(['open'])) },
    });
  });

  it("e-mail is signed by the sender's domain, and bounces come as events, not by mail", () => {
    template.hasResourceProperties('AWS::SES::EmailIdentity', {
      EmailIdentity: 'cedar.example',
      FeedbackAttributes: { EmailForwardingEnabled: false },
      MailFromAttributes: { MailFromDomain: 'mail.cedar.example' },
    });
    expect(Object.keys(template.findOutputs('*')).filter((id) => id.startsWith('Email'))).toHaveLength(5);
  });

  it('a second stage of an account takes the identity that is there', () => {
    const { email } = testDeployment();
    const { stack } = stackOf({ settings: testDeployment({ email: { ...email, identity: 'existing' } }) });
    Template.fromStack(stack).resourceCountIs('AWS::SES::EmailIdentity', 0);
  });

  it("texts go out from the clinic's numbers, and AWS itself answers STOP and keeps the list", () => {
    template.hasResource('AWS::SMSVOICE::Pool', {
      UpdateReplacePolicy: 'Retain',
      Properties: {
        OptOutListName: { Ref: 'SmsOptOuts' },
        DeletionProtectionEnabled: true,
        TwoWay: { Enabled: true, ChannelArn: { Ref: 'SmsTexts' } },
        MandatoryKeywords: {
          HELP: { Message: 'Throughline Clinic: call +12065550100. Reply STOP to opt out.' },
          STOP: { Message: 'Throughline Clinic: you get no more texts from us. Reply START to get them again.' },
        },
      },
    });
    template.hasResourceProperties('AWS::SMSVOICE::OptOutList', { OptOutListName: 'test-opt-outs' });
  });

  it.each(['SmsEvents', 'SmsTexts'])(
    'what comes in on %s goes to on-message-event, or to a queue where that fails',
    (topic) => {
      template.hasResourceProperties('AWS::SNS::Subscription', {
        TopicArn: { Ref: topic },
        Endpoint: { 'Fn::GetAtt': ['OnMessageEventFunction', 'Arn'] },
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['UndeliveredEvents', 'Arn'] } },
      });
    },
  );
});

describe('Alarms', () => {
  const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);

  it.each(alarms.map((alarm) => [alarm.AlarmName, alarm]))(
    '%s says what it means for a patient and what to do',
    (_name, alarm) => {
      expect(alarm.AlarmDescription).toMatch(/^[A-Z].{20,}[.] What to do: docs\/runbook\.md#[a-z-]+$/);
      expect(alarm.AlarmActions).toEqual([{ Ref: 'AlarmTopic' }]);
    },
  );

  it.each(machineNames)('one rings when an execution of %s dies', (name) => {
    expect(alarms.map(({ AlarmName }) => AlarmName)).toContain(`test-${name}-executions-failed`);
  });

  it('silence of the sweep is an alarm of its own', () => {
    expect(alarms.find(({ AlarmName }) => AlarmName === 'test-reminders-stopped')).toMatchObject({
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
  });

  const runbook = join(import.meta.dirname, '../../docs/runbook.md');
  it.skipIf(!existsSync(runbook)).each(runbookSections)('the runbook has a section %s', (section) => {
    const anchors = [...readFileSync(runbook, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
      (title ?? '')
        .toLowerCase()
        .replace(/[^\w\s-]/g, '')
        .trim()
        .replace(/\s+/g, '-'),
    );
    expect(anchors).toContain(section);
  });
});
