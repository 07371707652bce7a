import { DescribeRuleCommand, type EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GetScheduleGroupCommand, type SchedulerClient } from '@aws-sdk/client-scheduler';

/** The state of a schedule group. */
export const groupState = async (client: Pick<SchedulerClient, 'send'>, name: string): Promise<string | undefined> =>
  (await client.send(new GetScheduleGroupCommand({ Name: name }))).State;

/** The state of a rule of the account's own bus. */
export const ruleState = async (client: Pick<EventBridgeClient, 'send'>, name: string): Promise<string | undefined> =>
  (await client.send(new DescribeRuleCommand({ Name: name }))).State;
