import { APIGatewayClient, GetRestApisCommand, GetStageCommand } from '@aws-sdk/client-api-gateway';
import { CloudWatchClient, DescribeAlarmsCommand, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import {
  AdminListGroupsForUserCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  ListUserPoolsCommand,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { DescribeContinuousBackupsCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GetAccountSettingsCommand, GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DescribeAccountAttributesCommand,
  DescribePhoneNumbersCommand,
  DescribeRegistrationsCommand,
  DescribeSpendLimitsCommand,
  PinpointSMSVoiceV2Client,
} from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { GetScheduleGroupCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { GetAccountCommand, GetEmailIdentityCommand, NotFoundException, SESv2Client } from '@aws-sdk/client-sesv2';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { invocationsOf, stageAlarms, subscribersOf } from '../../operations/doctor/aws/alarms.ts';
import { sesAnswers } from '../../operations/doctor/aws/email.ts';
import { accountConcurrency, deployedPrograms } from '../../operations/doctor/aws/functions.ts';
import { gatewayOf } from '../../operations/doctor/aws/gateway.ts';
import { poolPeople } from '../../operations/doctor/aws/people.ts';
import { messagesIn } from '../../operations/doctor/aws/queues.ts';
import { groupState, ruleState } from '../../operations/doctor/aws/schedules.ts';
import { tableAnswers } from '../../operations/doctor/aws/table.ts';
import { voiceAnswers } from '../../operations/doctor/aws/texts.ts';

const region = { region: 'us-west-2' };

describe('What AWS answers, in the doctor’s words', () => {
  it('of e-mail: the account, a sender, and a sender that SES does not know', async () => {
    const client = new SESv2Client(region);
    const ses = mockClient(client);
    ses.on(GetAccountCommand).resolves({
      ProductionAccessEnabled: true,
      SendingEnabled: true,
      EnforcementStatus: 'HEALTHY',
      SendQuota: { Max24HourSend: 50_000 },
    });
    ses.on(GetEmailIdentityCommand, { EmailIdentity: 'cedar.org' }).resolves({
      VerifiedForSendingStatus: true,
      DkimAttributes: { Status: 'SUCCESS' },
      MailFromAttributes: {
        MailFromDomain: 'mail.cedar.org',
        MailFromDomainStatus: 'PENDING',
        BehaviorOnMxFailure: 'REJECT_MESSAGE',
      },
    });
    ses
      .on(GetEmailIdentityCommand, { EmailIdentity: 'elm.org' })
      .rejects(new NotFoundException({ message: 'none', $metadata: {} }));
    const { account, identity } = sesAnswers(client);
    expect(await account()).toEqual({ production: true, sending: true, enforcement: 'HEALTHY', perDay: 50_000 });
    expect(await identity('cedar.org')).toEqual({ verified: true, dkim: 'SUCCESS', mailFrom: 'PENDING' });
    expect(await identity('elm.org')).toBeUndefined();
  });

  it('of people: every page of accounts of the pool of that name, with their groups', async () => {
    const client = new CognitoIdentityProviderClient(region);
    const pools = mockClient(client);
    pools
      .on(ListUserPoolsCommand)
      .resolves({ UserPools: [{ Id: 'other', Name: 'test-people' }], NextToken: 'more' })
      .on(ListUserPoolsCommand, { NextToken: 'more' })
      .resolves({ UserPools: [{ Id: 'pool', Name: 'prod-people' }] })
      .on(DescribeUserPoolCommand, { UserPoolId: 'pool' })
      .resolves({ UserPool: { MfaConfiguration: 'ON' } })
      .on(ListUsersCommand, { UserPoolId: 'pool' })
      .resolves({ Users: [{ Username: 'nurse-1', Enabled: true }], PaginationToken: 'next' })
      .on(ListUsersCommand, { UserPoolId: 'pool', PaginationToken: 'next' })
      .resolves({ Users: [{ Username: 'provider-1', Enabled: false }] })
      .on(AdminListGroupsForUserCommand)
      .resolves({ Groups: [{ GroupName: 'nurse' }] });
    expect(await poolPeople(client, 'prod-people')).toEqual({
      mfa: 'ON',
      accounts: [
        { id: 'nurse-1', enabled: true, groups: ['nurse'] },
        { id: 'provider-1', enabled: false, groups: ['nurse'] },
      ],
    });
    expect(await poolPeople(client, 'dev-people')).toBeUndefined();
  });

  it('of texts: every page of numbers with their registration, the tier and the limits', async () => {
    const client = new PinpointSMSVoiceV2Client(region);
    const voice = mockClient(client);
    const number = {
      PhoneNumberArn: 'arn',
      PhoneNumber: '+18005550100',
      IsoCountryCode: 'US',
      MessageType: 'TRANSACTIONAL' as const,
      NumberType: 'TOLL_FREE' as const,
      MonthlyLeasingPrice: '2',
      TwoWayEnabled: true,
      SelfManagedOptOutsEnabled: false,
      OptOutListName: 'o',
      DeletionProtectionEnabled: true,
      CreatedTimestamp: new Date(0),
    };
    voice
      .on(DescribePhoneNumbersCommand)
      .resolvesOnce({
        PhoneNumbers: [
          {
            ...number,
            PhoneNumberId: 'phone-1',
            Status: 'ACTIVE',
            NumberCapabilities: ['SMS'],
            PoolId: 'pool-1',
            RegistrationId: 'registration-1',
          },
        ],
        NextToken: 'more',
      })
      .resolves({
        PhoneNumbers: [{ ...number, PhoneNumberId: 'phone-2', Status: 'PENDING', NumberCapabilities: ['VOICE'] }],
      });
    voice.on(DescribeRegistrationsCommand, { RegistrationIds: ['registration-1'] }).resolves({
      Registrations: [
        {
          RegistrationArn: 'a',
          RegistrationId: 'registration-1',
          RegistrationType: 't',
          RegistrationStatus: 'REVIEWING',
          CurrentVersionNumber: 1,
          CreatedTimestamp: new Date(0),
        },
      ],
    });
    voice
      .on(DescribeAccountAttributesCommand)
      .resolves({ AccountAttributes: [{ Name: 'ACCOUNT_TIER', Value: 'SANDBOX' }] });
    voice.on(DescribeSpendLimitsCommand).resolves({
      SpendLimits: [
        { Name: 'VOICE_MESSAGE_MONTHLY_SPEND_LIMIT', EnforcedLimit: 9, MaxLimit: 9, Overridden: false },
        { Name: 'TEXT_MESSAGE_MONTHLY_SPEND_LIMIT', EnforcedLimit: 1, MaxLimit: 20, Overridden: false },
      ],
    });
    const { numbers, account } = voiceAnswers(client);
    expect(await numbers()).toEqual([
      { id: 'phone-1', status: 'ACTIVE', sendsText: true, registration: 'REVIEWING', inPool: true },
      { id: 'phone-2', status: 'PENDING', sendsText: false, registration: undefined, inPool: false },
    ]);
    expect(await account()).toEqual({ tier: 'SANDBOX', enforced: 1, most: 20 });
  });

  it('of alarms: which ring and whom they tell, who has confirmed, how often a function ran', async () => {
    const client = new CloudWatchClient(region);
    const watch = mockClient(client);
    watch.on(DescribeAlarmsCommand, { AlarmNamePrefix: 'dev-' }).resolves({
      MetricAlarms: [
        {
          AlarmName: 'dev-a',
          StateValue: 'ALARM',
          ActionsEnabled: true,
          AlarmActions: ['topic'],
          AlarmDescription: 'Act.',
        },
        { AlarmName: 'dev-b', StateValue: 'OK', ActionsEnabled: false, AlarmActions: ['topic'] },
        { AlarmName: 'dev-c', StateValue: 'OK', ActionsEnabled: true, AlarmActions: [] },
      ],
    });
    watch
      .on(GetMetricStatisticsCommand)
      .resolvesOnce({ Datapoints: [{ Sum: 2 }, { Sum: 1 }] })
      .resolves({});
    expect(await stageAlarms(client, 'dev')).toEqual([
      { name: 'dev-a', state: 'ALARM', tells: true, description: 'Act.' },
      { name: 'dev-b', state: 'OK', tells: false, description: '' },
      { name: 'dev-c', state: 'OK', tells: false, description: '' },
    ]);
    const quarter = { name: 'dev-sweep-outbox', from: '2026-11-23T11:45:00.000Z', to: '2026-11-23T12:00:00.000Z' };
    expect([await invocationsOf(client, quarter), await invocationsOf(client, quarter)]).toEqual([3, undefined]);

    const topics = new SNSClient(region);
    mockClient(topics)
      .on(ListSubscriptionsByTopicCommand, { TopicArn: 'topic' })
      .resolves({
        Subscriptions: [
          { Endpoint: 'a@b.org', SubscriptionArn: 'arn:aws:sns:us-west-2:111122223333:dev-alarms:1' },
          { Endpoint: 'c@d.org', SubscriptionArn: 'PendingConfirmation' },
        ],
      });
    expect(await subscribersOf(topics, 'topic')).toEqual([
      { to: 'a@b.org', confirmed: true },
      { to: 'c@d.org', confirmed: false },
    ]);
  });

  it('of the table: how it is protected, and in whose account it is', async () => {
    const client = new DynamoDBClient(region);
    const dynamo = mockClient(client);
    dynamo.on(DescribeTableCommand, { TableName: 't' }).resolves({
      Table: {
        TableStatus: 'ACTIVE',
        DeletionProtectionEnabled: true,
        TableArn: 'arn:aws:dynamodb:us-west-2:111122223333:table/t',
      },
    });
    dynamo.on(DescribeContinuousBackupsCommand).resolves({
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: 'ENABLED',
        PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
      },
    });
    const { signedIn, state, clocks } = tableAnswers(client, 't');
    expect(await signedIn()).toEqual({ account: '111122223333', region: 'us-west-2' });
    expect(await state()).toEqual({
      name: 't',
      status: 'ACTIVE',
      deletionProtection: true,
      pointInTimeRecovery: false,
    });
    expect((await clocks()).there).toBeUndefined();
  });

  it('of the time: by the date of its answer', async () => {
    const client = new DynamoDBClient({
      ...region,
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      requestHandler: {
        handle: async () => ({
          response: {
            statusCode: 200,
            headers: { date: 'Mon, 23 Nov 2026 12:00:00 GMT', 'content-type': 'application/x-amz-json-1.0' },
            body: new TextEncoder().encode('{}'),
          },
        }),
      },
    });
    expect((await tableAnswers(client, 't').clocks()).there).toBe(Date.parse('2026-11-23T12:00:00.000Z'));
  });

  it('of functions, the group and the rule', async () => {
    const [lambda, scheduler, bus] = [
      new LambdaClient(region),
      new SchedulerClient(region),
      new EventBridgeClient(region),
    ];
    const functions = mockClient(lambda);
    functions
      .on(GetFunctionCommand, { FunctionName: 'f' })
      .resolves({ Tags: { 'program:northwest-iv': '1 2', 'program:three-phase': '1', cost: 'clinic' } });
    functions.on(GetFunctionCommand, { FunctionName: 'bare' }).resolves({});
    expect(await deployedPrograms(lambda, 'f')).toEqual(['northwest-iv 1', 'northwest-iv 2', 'three-phase 1']);
    expect(await deployedPrograms(lambda, 'bare')).toBeUndefined();
    functions.on(GetAccountSettingsCommand).resolves({ AccountLimit: { ConcurrentExecutions: 10 } });
    mockClient(scheduler).on(GetScheduleGroupCommand, { Name: 'g' }).resolves({ State: 'ACTIVE' });
    mockClient(bus).on(DescribeRuleCommand, { Name: 'r' }).resolves({ State: 'DISABLED' });
    expect(await accountConcurrency(lambda)).toEqual({ limit: 10 });
    expect([await groupState(scheduler, 'g'), await ruleState(bus, 'r')]).toEqual(['ACTIVE', 'DISABLED']);
  });

  it('of the API: the firewall before its stage, that there is none, and that there is no API', async () => {
    const client = new APIGatewayClient(region);
    const gateway = mockClient(client);
    const webAclArn = 'arn:aws:wafv2:us-west-2:111122223333:regional/webacl/dev-api/1';
    gateway.on(GetRestApisCommand).resolves({ items: [{ id: 'other', name: 'other-api' }], position: 'more' });
    gateway.on(GetRestApisCommand, { position: 'more' }).resolves({ items: [{ id: 'a1', name: 'dev-api' }] });
    gateway.on(GetStageCommand, { restApiId: 'a1', stageName: 'dev' }).resolves({ webAclArn });
    gateway.on(GetStageCommand, { restApiId: 'other', stageName: 'other' }).resolves({});
    expect(await gatewayOf(client, { api: 'dev-api', stage: 'dev' })).toEqual({ firewall: webAclArn });
    expect(await gatewayOf(client, { api: 'other-api', stage: 'other' })).toEqual({ firewall: undefined });
    expect(await gatewayOf(client, { api: 'no-api', stage: 'no' })).toBeUndefined();
  });

  it('of a queue: how much lies in it', async () => {
    const client = new SQSClient(region);
    const queues = mockClient(client);
    queues.on(GetQueueUrlCommand, { QueueName: 'q' }).resolves({ QueueUrl: 'https://queue' });
    queues
      .on(GetQueueAttributesCommand, { QueueUrl: 'https://queue' })
      .resolves({ Attributes: { ApproximateNumberOfMessages: '3' } });
    expect(await messagesIn(client, 'q')).toBe(3);
  });
});
