import { GetExecutionHistoryCommand, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { namesOf } from '../../infra/names.ts';
import { STAGE } from './deployment.ts';
import type { Emulator } from './emulator.ts';

/** The names of the states that a journey's intake has entered, as Step Functions tells them. */
export const statesEntered = async ({ url, environment }: Emulator, journeyId: string): Promise<readonly string[]> => {
  const workflows = new SFNClient({
    endpoint: url,
    region: environment.AWS_REGION,
    credentials: { accessKeyId: environment.AWS_ACCESS_KEY_ID, secretAccessKey: environment.AWS_SECRET_ACCESS_KEY },
  });
  const stateMachineArn = `arn:aws:states:${environment.AWS_REGION}:000000000000:stateMachine:${namesOf(STAGE).machine('intake')}`;
  const { executions = [] } = await workflows.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 1000 }));
  const own = executions.filter(({ name }) => name?.includes(journeyId));
  const histories = await Promise.all(
    own.map(({ executionArn }) => workflows.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }))),
  );
  workflows.destroy();
  return histories.flatMap(({ events = [] }) =>
    events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []),
  );
};
