import { type CloudWatchClient, GetMetricStatisticsCommand, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { paginateListSubscriptionsByTopic, type SNSClient } from '@aws-sdk/client-sns';
import type { Subscription } from '../checks/alarm-readers.ts';
import type { Alarm } from '../checks/alarms.ts';

/** The alarms of a stage, by the beginning of their names. */
export const stageAlarms = async (client: CloudWatchClient, stage: string): Promise<Alarm[]> => {
  const found: Alarm[] = [];
  for await (const { MetricAlarms = [] } of paginateDescribeAlarms({ client }, { AlarmNamePrefix: `${stage}-` }))
    for (const {
      AlarmName = '',
      StateValue = '',
      ActionsEnabled,
      AlarmActions = [],
      AlarmDescription = '',
    } of MetricAlarms)
      found.push({
        name: AlarmName,
        state: StateValue,
        tells: ActionsEnabled !== false && AlarmActions.length > 0,
        description: AlarmDescription,
      });
  return found;
};

/** Who hears of a topic; one that has not confirmed has no ARN of its own yet. */
export const subscribersOf = async (client: SNSClient, topicArn: string): Promise<Subscription[]> => {
  const found: Subscription[] = [];
  for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic({ client }, { TopicArn: topicArn }))
    for (const { Endpoint = '', SubscriptionArn = '' } of Subscriptions)
      found.push({ to: Endpoint, confirmed: SubscriptionArn.startsWith('arn:') });
  return found;
};

/** How often a function was invoked from one instant to another; undefined where nobody counts. */
export const invocationsOf = async (
  client: Pick<CloudWatchClient, 'send'>,
  { name, from, to }: { name: string; from: string; to: string },
): Promise<number | undefined> => {
  const { Datapoints } = await client.send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/Lambda',
      MetricName: 'Invocations',
      Dimensions: [{ Name: 'FunctionName', Value: name }],
      StartTime: new Date(from),
      EndTime: new Date(to),
      Period: 900,
      Statistics: ['Sum'],
    }),
  );
  return Datapoints?.reduce((sum, { Sum = 0 }) => sum + Sum, 0);
};
