import type { CancellationReason } from '@aws-sdk/client-dynamodb';
import type { GetCommandInput, QueryCommandInput, TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { DynamoRefused, type DynamoRequests } from '../../functions/stores/dynamo-requests.ts';
import { dynamoTable } from '../../functions/stores/dynamo-table.ts';
import { type Condition, type Operation, type Query, TableUnavailable } from '../../functions/stores/table.ts';

const dynamo = {
  get: vi.fn<(input: GetCommandInput) => ReturnType<DynamoRequests['get']>>(),
  query: vi.fn<(input: QueryCommandInput) => ReturnType<DynamoRequests['query']>>(),
  transactWrite: vi.fn<(input: TransactWriteCommandInput) => Promise<unknown>>(),
};
const pauses: number[] = [];
const table = dynamoTable({
  tableName: 'journeys',
  newId: () => 'my-id',
  pause: async (milliseconds) => pauses.push(milliseconds),
  requests: dynamo,
});

beforeEach(() => {
  for (const request of Object.values(dynamo)) request.mockReset();
  pauses.length = 0;
});

const TableName = 'journeys';
const Key = { pk: 'p', sk: 's' };
const put = (when: Condition, more: object = {}): Operation => ({
  do: 'put',
  row: { ...Key, body: { n: 1 }, ...more },
  when,
});
const other: Operation = { do: 'check', key: { pk: 'p', sk: 'other' }, when: 'ifPresent' };
const sentWrites = () => dynamo.transactWrite.mock.calls.map(([input]) => input);
const cancelled = (...reasons: CancellationReason[]) => new DynamoRefused('TransactionCanceledException', 400, reasons);
const none: CancellationReason = { Code: 'None' };
const failed = (version?: string): CancellationReason => ({
  Code: 'ConditionalCheckFailed',
  ...(version !== undefined && { Item: { pk: { S: 'p' }, sk: { S: 's' }, version: { S: version } } }),
});

describe('The table on DynamoDB sends', () => {
  const Item = { ...Key, version: 'my-id', body: { n: 1 } };
  const ReturnValuesOnConditionCheckFailure = 'ALL_OLD';
  const ifVersion = {
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': 'v1' },
  };
  const absent = { ConditionExpression: 'attribute_not_exists(pk)' };
  const present = { ConditionExpression: 'attribute_exists(pk)' };
  const writes: readonly (readonly [string, Operation, object])[] = [
    ['a free put', put('free'), { Put: { TableName, Item } }],
    [
      'a put of an absent row',
      put('ifAbsent'),
      { Put: { TableName, Item, ...absent, ReturnValuesOnConditionCheckFailure } },
    ],
    [
      'a put of a present row',
      put('ifPresent'),
      { Put: { TableName, Item, ...present, ReturnValuesOnConditionCheckFailure } },
    ],
    [
      'a put of a version',
      put({ ifVersion: 'v1' }),
      { Put: { TableName, Item, ...ifVersion, ReturnValuesOnConditionCheckFailure } },
    ],
    [
      'a put with places and expiry',
      put('free', { by1: { pk: 'i', sk: '1' }, by2: { pk: 'j', sk: '2' }, expiresAt: 9 }),
      { Put: { TableName, Item: { ...Item, by1pk: 'i', by1sk: '1', by2pk: 'j', by2sk: '2', expiresAt: 9 } } },
    ],
    ['a free delete', { do: 'delete', key: Key, when: 'free' }, { Delete: { TableName, Key } }],
    [
      'a delete of a version',
      { do: 'delete', key: Key, when: { ifVersion: 'v1' } },
      { Delete: { TableName, Key, ...ifVersion } },
    ],
    [
      'a check of absence',
      { do: 'check', key: Key, when: 'ifAbsent' },
      { ConditionCheck: { TableName, Key, ...absent } },
    ],
    [
      'a check of a version',
      { do: 'check', key: Key, when: { ifVersion: 'v1' } },
      { ConditionCheck: { TableName, Key, ...ifVersion } },
    ],
  ];

  it.each(writes)('%s as a transaction under the id of the write', async (_, operation, expected) => {
    dynamo.transactWrite.mockResolvedValue({});
    expect(await table.write([operation])).toBe('my-id');
    expect(sentWrites()).toEqual([{ ClientRequestToken: 'my-id', TransactItems: [expected] }]);
  });

  const base = { TableName, ScanIndexForward: true, Limit: 1000 };
  const queries: readonly (readonly [string, Query, object])[] = [
    [
      'a partition',
      { pk: 'p' },
      { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': 'p' }, ConsistentRead: true },
    ],
    [
      'a prefix downwards',
      { pk: 'p', prefix: 'a', descending: true, limit: 5 },
      {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': 'p', ':prefix': 'a' },
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit: 5,
      },
    ],
    [
      'a range of an index, which cannot be consistent',
      { index: 'by1', pk: 'p', from: 'a', to: 'b' },
      {
        IndexName: 'by1',
        KeyConditionExpression: 'by1pk = :pk AND by1sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':pk': 'p', ':from': 'a', ':to': 'b' },
      },
    ],
    [
      'an open range of the other index',
      { index: 'by2', pk: 'p', to: 'b' },
      {
        IndexName: 'by2',
        KeyConditionExpression: 'by2pk = :pk AND by2sk <= :to',
        ExpressionAttributeValues: { ':pk': 'p', ':to': 'b' },
      },
    ],
  ];

  it.each(queries)('a query of %s', async (_, query, expected) => {
    dynamo.query.mockResolvedValue({});
    expect(await table.query(query)).toEqual({ rows: [] });
    expect(dynamo.query.mock.calls.map(([input]) => input)).toEqual([{ ...base, ...expected }]);
  });

  it('the place where the last page ended', async () => {
    const Items = [{ pk: 'row', sk: 'of it', by1pk: 'p', by1sk: 'a', version: 'v', body: {} }];
    dynamo.query.mockResolvedValue({ Items, LastEvaluatedKey: {} });
    const { cursor = '' } = await table.query({ index: 'by1', pk: 'p' });
    await table.query({ index: 'by1', pk: 'p', cursor });
    const [, next] = dynamo.query.mock.calls;
    expect(next?.[0].ExclusiveStartKey).toEqual({ by1pk: 'p', by1sk: 'a', pk: 'row', sk: 'of it' });
  });

  it('nothing for a range that ends before it begins', async () => {
    expect(await table.query({ pk: 'p', from: 'b', to: 'a' })).toEqual({ rows: [] });
    expect(dynamo.query).not.toHaveBeenCalled();
  });

  it('a consistent get', async () => {
    dynamo.get.mockResolvedValue({ Item: { ...Key, version: 'v', body: { n: 1 } } });
    expect(await table.get(Key)).toStrictEqual({ ...Key, version: 'v', body: { n: 1 } });
    expect(dynamo.get.mock.calls[0]?.[0]).toEqual({ TableName, Key, ConsistentRead: true });
  });
});

describe('The table on DynamoDB takes a refusal', () => {
  it('that shows another version for a refusal', async () => {
    dynamo.transactWrite.mockRejectedValue(cancelled(failed('theirs'), none));
    await expect(table.write([put('ifAbsent'), other])).rejects.toMatchObject({ name: 'WriteRefused', keys: [Key] });
    expect(sentWrites()).toHaveLength(1);
  });

  it('that shows no row for a refusal', async () => {
    dynamo.transactWrite.mockRejectedValue(cancelled(failed(), failed()));
    const refusal = { name: 'WriteRefused', keys: [Key, { pk: 'p', sk: 'other' }] };
    await expect(table.write([put('ifPresent'), other])).rejects.toMatchObject(refusal);
  });

  it('that shows my own id for a success', async () => {
    dynamo.transactWrite.mockRejectedValue(cancelled(failed('my-id'), none));
    expect(await table.write([put('ifAbsent'), other])).toBe('my-id');
  });

  it('that shows my own id beside a row someone has since changed for a success', async () => {
    dynamo.transactWrite.mockRejectedValue(cancelled(failed('my-id'), failed('theirs')));
    expect(await table.write([put('ifAbsent'), put('ifAbsent', { sk: 'other' })])).toBe('my-id');
  });

  it('beside a conflict for a refusal', async () => {
    dynamo.transactWrite.mockRejectedValue(cancelled(failed('theirs'), { Code: 'TransactionConflict' }));
    await expect(table.write([put('ifAbsent'), other])).rejects.toMatchObject({ name: 'WriteRefused', keys: [Key] });
  });
});

describe('The table on DynamoDB tries again', () => {
  const busy: readonly (readonly [string, Error])[] = [
    ['a conflict', cancelled({ Code: 'TransactionConflict' }, none)],
    ['a throttled item', cancelled(none, { Code: 'ThrottlingError' })],
    ['an item over its capacity', cancelled(none, { Code: 'ProvisionedThroughputExceeded' })],
    ['a table over its capacity', new DynamoRefused('ProvisionedThroughputExceededException', 400)],
    ['an earlier attempt still under way', new DynamoRefused('TransactionInProgressException', 400)],
    ['throttling', new DynamoRefused('ThrottlingException', 400)],
  ];

  it.each(busy)('after %s, under the same id, and succeeds', async (_, error) => {
    dynamo.transactWrite.mockRejectedValueOnce(error).mockRejectedValueOnce(error).mockResolvedValue({});
    expect(await table.write([put('ifAbsent'), other])).toBe('my-id');
    const [first, ...again] = sentWrites();
    expect(again).toEqual([first, first]);
  });

  it.each(busy)('after %s, but no more than eight times', async (_, error) => {
    dynamo.transactWrite.mockRejectedValue(error);
    const failure = await table.write([put('ifAbsent'), other]).catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(TableUnavailable);
    expect(failure).toHaveProperty('cause', error);
    expect(sentWrites()).toHaveLength(8);
  });

  it('after a conflict, and takes the refusal that comes then', async () => {
    dynamo.transactWrite
      .mockRejectedValueOnce(cancelled({ Code: 'TransactionConflict' }))
      .mockRejectedValue(cancelled(failed('theirs')));
    await expect(table.write([put('ifAbsent')])).rejects.toMatchObject({ name: 'WriteRefused' });
  });

  it('after pauses that double up to half a second', async () => {
    const random = vi.spyOn(Math, 'random').mockReturnValue(1);
    onTestFinished(() => random.mockRestore());
    dynamo.transactWrite.mockRejectedValue(cancelled({ Code: 'TransactionConflict' }));
    await table.write([put('free')]).catch(() => undefined);
    expect(pauses).toEqual([20, 40, 80, 160, 320, 500, 500]);
  });

  const unanswered: readonly (readonly [string, Error])[] = [
    ['a broken connection', new Error('socket hang up')],
    ['an error of the server', new DynamoRefused('InternalServerError', 500)],
  ];
  it.each(unanswered)('after %s, at most five times', async (_, error) => {
    dynamo.transactWrite.mockRejectedValueOnce(error).mockRejectedValueOnce(error).mockResolvedValue({});
    expect(await table.write([put('ifAbsent')])).toBe('my-id');
    dynamo.transactWrite.mockRejectedValue(error);
    await expect(table.write([put('ifAbsent')])).rejects.toMatchObject({ name: 'TableUnavailable', cause: error });
    expect(sentWrites()).toHaveLength(3 + 5);
  });

  it('never after an error that would come again', async () => {
    const missing = new DynamoRefused('ResourceNotFoundException', 400);
    for (const error of [missing, cancelled(none, { Code: 'ValidationError' })]) {
      dynamo.transactWrite.mockReset();
      dynamo.transactWrite.mockRejectedValue(error);
      await expect(table.write([put('free')])).rejects.toMatchObject({ name: 'TableUnavailable', cause: error });
      expect(sentWrites()).toHaveLength(1);
    }
  });
});

describe('A read of the table on DynamoDB', () => {
  const Item = { ...Key, version: 'v', body: { n: 1 } };
  const throttled = new DynamoRefused('ThrottlingException', 400);
  const broken = new Error('socket hang up');

  it.each([throttled, broken])('is tried again after %s, and succeeds', async (error) => {
    dynamo.get.mockRejectedValueOnce(error).mockResolvedValue({ Item });
    dynamo.query.mockRejectedValueOnce(error).mockResolvedValue({ Items: [Item] });
    expect(await table.get(Key)).toEqual(Item);
    expect((await table.query({ pk: 'p' })).rows).toEqual([Item]);
    expect(pauses).toHaveLength(2);
  });

  it.each([
    [throttled, 8],
    [broken, 5],
    [new DynamoRefused('ResourceNotFoundException', 400), 1],
  ])('is unavailable after %s comes %i times, and keeps the cause', async (cause, times) => {
    dynamo.get.mockRejectedValue(cause);
    dynamo.query.mockRejectedValue(cause);
    await expect(table.get(Key)).rejects.toMatchObject({ name: 'TableUnavailable', cause });
    await expect(table.query({ pk: 'p' })).rejects.toMatchObject({ name: 'TableUnavailable', cause });
    expect([dynamo.get.mock.calls.length, dynamo.query.mock.calls.length]).toEqual([times, times]);
  });
});
