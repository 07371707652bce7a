import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { awsRequests, DYNAMODB } from '../../functions/runtime/aws-requests.ts';
import { DynamoRefused, dynamoRequests } from '../../functions/stores/dynamo-requests.ts';

type Asked = { readonly headers: IncomingHttpHeaders; readonly body: unknown };

let server: Server;
let endpoint: string;
let asked: Asked[] = [];
/** What DynamoDB answers; undefined: nothing, and the connection breaks. */
let answer: { status: number; body: string } | undefined;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    asked.push({ headers: request.headers, body: JSON.parse(await text(request)) });
    if (answer === undefined) request.socket.destroy();
    else response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(answer.body);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  endpoint = `http://127.0.0.1:${Object(server.address()).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
afterEach(() => {
  asked = [];
  answer = { status: 200, body: '{}' };
});

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'session' };
const requests = () => dynamoRequests(awsRequests(DYNAMODB, { region: 'us-west-2', credentials, endpoint }));
const says = (status: number, body: unknown): void => {
  answer = { status, body: typeof body === 'string' ? body : JSON.stringify(body) };
};

describe('A request to DynamoDB', () => {
  it('names its operation, is signed for it with the session of the role, and brings plain values as attributes', async () => {
    says(200, { Item: { pk: { S: 'p' }, sk: { S: 's' }, body: { M: { n: { N: '1' }, none: { NULL: true } } } } });
    const { Item } = await requests().get({ TableName: 'journeys', Key: { pk: 'p', sk: 's' }, ConsistentRead: true });
    expect(Item).toEqual({ pk: 'p', sk: 's', body: { n: 1, none: null } });
    const [{ headers, body } = { headers: {}, body: undefined }] = asked;
    expect(body).toEqual({ TableName: 'journeys', Key: { pk: { S: 'p' }, sk: { S: 's' } }, ConsistentRead: true });
    expect(headers).toMatchObject({
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.GetItem',
      'x-amz-security-token': 'session',
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-west-2\/dynamodb\/aws4_request, SignedHeaders=.*host.*x-amz-target.*, Signature=[0-9a-f]{64}$/,
      ),
    });
    expect(headers.authorization).not.toContain('secret');
  });

  it('for a page brings where it begins, and gives rows and where the next begins', async () => {
    const Key = { pk: { S: 'p' }, sk: { S: 's' } };
    says(200, { Items: [Key], LastEvaluatedKey: Key, ConsumedCapacity: { CapacityUnits: 0.5 } });
    const page = await requests().query({
      TableName: 'journeys',
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': 'p' },
      ExclusiveStartKey: { pk: 'p', sk: 'a' },
    });
    const plain = { pk: 'p', sk: 's' };
    expect(page).toEqual({ Items: [plain], LastEvaluatedKey: plain, ConsumedCapacity: { CapacityUnits: 0.5 } });
    expect(asked[0]?.body).toMatchObject({
      ExpressionAttributeValues: { ':pk': { S: 'p' } },
      ExclusiveStartKey: { pk: { S: 'p' }, sk: { S: 'a' } },
    });
  });

  it('that writes brings every part of its transaction', async () => {
    const TableName = 'journeys';
    const ifVersion = { ConditionExpression: '#v = :v', ExpressionAttributeNames: { '#v': 'version' } };
    await requests().transactWrite({
      ClientRequestToken: 'my-id',
      TransactItems: [
        { Put: { TableName, Item: { pk: 'p', sk: 's', body: { list: ['a', true] } } } },
        { Delete: { TableName, Key: { pk: 'p', sk: 't' }, ...ifVersion, ExpressionAttributeValues: { ':v': 'v1' } } },
      ],
    });
    expect(asked[0]?.headers['x-amz-target']).toBe('DynamoDB_20120810.TransactWriteItems');
    expect(asked[0]?.body).toEqual({
      ClientRequestToken: 'my-id',
      TransactItems: [
        {
          Put: {
            TableName,
            Item: { pk: { S: 'p' }, sk: { S: 's' }, body: { M: { list: { L: [{ S: 'a' }, { BOOL: true }] } } } },
          },
        },
        {
          Delete: {
            TableName,
            Key: { pk: { S: 'p' }, sk: { S: 't' } },
            ...ifVersion,
            ExpressionAttributeValues: { ':v': { S: 'v1' } },
          },
        },
      ],
    });
  });
});

describe('A request to DynamoDB that fails', () => {
  const get = () => requests().get({ TableName: 'journeys', Key: { pk: 'p', sk: 's' } });
  const refusal = async () => {
    const error = await get().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DynamoRefused);
    return error;
  };

  it.each([
    [400, { __type: 'com.amazonaws.dynamodb.v20120810#ThrottlingException' }, 'ThrottlingException', true],
    [400, { __type: 'com.amazon.coral.service#UnrecognizedClientException' }, 'UnrecognizedClientException', true],
    [500, { __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError' }, 'InternalServerError', false],
    [503, '<html>Service Unavailable</html>', 'Http503', false],
    [502, '', 'Http502', false],
    [500, '[]', 'Http500', false],
  ])('with %i and %j is told as %s', async (status, body, code, isOurs) => {
    says(status, body);
    expect(await refusal()).toMatchObject({ code, name: code, isOurs, reasons: [] });
  });

  it('as a cancelled transaction says why, for each of its parts', async () => {
    const CancellationReasons = [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Item: { version: { S: 'v' } } }];
    says(400, { __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException', CancellationReasons });
    expect(await refusal()).toMatchObject({ code: 'TransactionCanceledException', reasons: CancellationReasons });
  });

  it('says nothing of what it asked for', async () => {
    says(400, { __type: 'x#ValidationException', message: 'Ana Lopez' });
    expect(String(Object(await refusal()).stack)).not.toContain('Ana');
  });

  it('without an answer fails as the connection did', async () => {
    answer = undefined;
    await expect(get()).rejects.toMatchObject({ code: expect.stringMatching(/ECONNRESET|EPIPE/) });
  });

  it('is not repeated here: whoever asks knows whether that may be', async () => {
    says(500, {});
    await refusal();
    expect(asked).toHaveLength(1);
  });
});
