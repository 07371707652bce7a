import { awsRequests, DYNAMODB } from '../../runtime/aws-requests.ts';
import { givenEndpoint, roleAccess } from '../../runtime/role-access.ts';
import { dynamoRequests } from '../../stores/dynamo-requests.ts';
import { dynamoTable } from '../../stores/dynamo-table.ts';
import type { Table } from '../../stores/table.ts';

/** A table of the deployment, asked with the role of the function. */
export const tableNamed = (tableName: string): Table =>
  dynamoTable({
    tableName,
    requests: dynamoRequests(awsRequests(DYNAMODB, { ...roleAccess(), endpoint: givenEndpoint('DYNAMODB') })),
  });
