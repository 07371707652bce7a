import { type APIGatewayClient, GetStageCommand, paginateGetRestApis } from '@aws-sdk/client-api-gateway';
import type { Gateway } from '../checks/firewall.ts';

/** What API Gateway says of a stage of an API; undefined where there is no API of this name. */
export const gatewayOf = async (
  client: APIGatewayClient,
  { api, stage }: { readonly api: string; readonly stage: string },
): Promise<Gateway | undefined> => {
  for await (const { items = [] } of paginateGetRestApis({ client }, { limit: 500 })) {
    const restApiId = items.find(({ name }) => name === api)?.id;
    if (restApiId !== undefined)
      return { firewall: (await client.send(new GetStageCommand({ restApiId, stageName: stage }))).webAclArn };
  }
  return undefined;
};
