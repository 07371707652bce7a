import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { CARRIER, type FunctionName } from '../../functions/contracts/deployment.ts';
import { minus } from '../../functions/domain/time/instants.ts';
import { systemClock } from '../../functions/runtime/clock.ts';
import { dynamoTable } from '../../functions/stores/dynamo-table.ts';
import { namesOf } from '../../infra/names.ts';
import { reservedConcurrency } from '../../infra/reserved-concurrency.ts';
import { dataOf } from '../clinic/open-clinic.ts';
import type { Deployed } from '../clinic/place.ts';
import { tableRequests } from '../clinic/table-requests.ts';
import { invocationsOf, stageAlarms, subscribersOf } from './aws/alarms.ts';
import { sesAnswers } from './aws/email.ts';
import { accountConcurrency, deployedPrograms } from './aws/functions.ts';
import { gatewayOf } from './aws/gateway.ts';
import { poolPeople } from './aws/people.ts';
import { messagesIn } from './aws/queues.ts';
import { groupState, ruleState } from './aws/schedules.ts';
import { tableAnswers } from './aws/table.ts';
import { voiceAnswers } from './aws/texts.ts';
import { alarmReaders } from './checks/alarm-readers.ts';
import { alarms } from './checks/alarms.ts';
import { clock } from './checks/clock.ts';
import { concurrency } from './checks/concurrency.ts';
import { contacts } from './checks/contacts.ts';
import { emailAccount } from './checks/email-account.ts';
import { emailIdentity } from './checks/email-identity.ts';
import { firewall } from './checks/firewall.ts';
import { licences } from './checks/licences.ts';
import { programs } from './checks/programs.ts';
import { schedules } from './checks/schedules.ts';
import { settings } from './checks/settings.ts';
import { signIn } from './checks/sign-in.ts';
import { table } from './checks/table.ts';
import { textNumbers } from './checks/text-numbers.ts';
import { textSpending } from './checks/text-spending.ts';
import { webhooks } from './checks/webhooks.ts';
import type { Check } from './finding.ts';
import { rowChecks } from './row-checks.ts';
import { unreached } from './unreached.ts';

const FLOWING = 'PT15M';

/** All questions to a deployed clinic, in the order in which somebody would put things right. */
export const deployedChecks = async (place: Deployed): Promise<Check[]> => {
  const { settings: deployment } = place;
  const names = namesOf(deployment.stage);
  const data = await dataOf(place);
  const now = systemClock();
  const dynamo = tableAnswers(new DynamoDBClient({}), place.table);
  const notes = tableAnswers(new DynamoDBClient({}), names.notes);
  const watch = new CloudWatchClient({});
  const ses = sesAnswers(new SESv2Client({}));
  const texts = voiceAnswers(new PinpointSMSVoiceV2Client({}));
  const scheduler = new SchedulerClient({});
  const bus = new EventBridgeClient({});
  const lambda = new LambdaClient({});
  const topic = async () => {
    const { account, region } = await dynamo.signedIn();
    return `arn:${region.startsWith('us-gov') ? 'aws-us-gov' : 'aws'}:sns:${region}:${account}:${names.alarms}`;
  };
  const invoked = (name: FunctionName) =>
    invocationsOf(watch, { name: names.function(name), from: minus(now, FLOWING), to: now });
  const reserved = Object.values(reservedConcurrency).reduce((sum, each) => sum + each, 0);
  return [
    settings(deployment, dynamo),
    programs(data),
    contacts(data.clinic),
    licences(data.clinic, now),
    signIn(data.clinic, { people: () => poolPeople(new CognitoIdentityProviderClient({}), names.people) }),
    table('table', dynamo),
    table('notes', notes),
    clock(dynamo),
    emailAccount(ses),
    emailIdentity(deployment.email.from, ses),
    textNumbers(deployment.sms.phoneNumbers, texts),
    textSpending(texts),
    firewall(names, { gateway: () => gatewayOf(new APIGatewayClient({}), names) }),
    concurrency(deployment.reservedConcurrency ? reserved : 0, {
      quota: () => accountConcurrency(lambda),
    }),
    alarms({ all: () => stageAlarms(watch, deployment.stage) }),
    alarmReaders(deployment.alarms.emails, {
      subscriptions: async () => subscribersOf(new SNSClient({}), await topic()),
    }),
    schedules({
      flow: async () => ({
        group: await groupState(scheduler, names.scheduleGroup),
        sweepRule: await ruleState(bus, names.rule('sweep-outbox')),
        heartbeats: await invoked('watch-clinic'),
        sweeps: await invoked('sweep-outbox'),
      }),
    }),
    webhooks(deployment.webhooks, {
      undelivered: () => messagesIn(new SQSClient({}), names.queue('undelivered-webhooks')),
      unreached,
    }),
    ...rowChecks(dynamoTable({ tableName: place.table, requests: tableRequests() }), data, now, () =>
      deployedPrograms(lambda, names.function(CARRIER)),
    ),
  ];
};
