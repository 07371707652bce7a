import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { awsRequests, DYNAMODB } from '../../functions/runtime/aws-requests.ts';
import { givenEndpoint } from '../../functions/runtime/role-access.ts';
import { type DynamoRequests, dynamoRequests } from '../../functions/stores/dynamo-requests.ts';

/** The table's requests for whoever works at a shell: region and credentials are found where the AWS command line finds them. */
export const tableRequests = (client = new DynamoDBClient({})): DynamoRequests =>
  dynamoRequests(
    awsRequests(DYNAMODB, {
      region: client.config.region,
      credentials: client.config.credentials,
      endpoint: givenEndpoint('DYNAMODB'),
    }),
  );
