import type { AttributeValue, CancellationReason } from '@aws-sdk/client-dynamodb';
import type { GetCommandInput, QueryCommandInput, TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { AskAws, AwsAnswer } from '../contracts/aws-answer.ts';

type Item = Record<string, unknown>;
/** Whatever else was asked for. */
type Answer = { readonly ConsumedCapacity?: unknown };

/** The three requests that a table is made of, with plain values as DynamoDB's document client takes and gives them; each is sent once. */
export type DynamoRequests = {
  get(input: GetCommandInput): Promise<Answer & { readonly Item?: Item }>;
  query(
    input: QueryCommandInput,
  ): Promise<Answer & { readonly Items?: readonly Item[]; readonly LastEvaluatedKey?: Item }>;
  transactWrite(input: TransactWriteCommandInput): Promise<unknown>;
};

/** DynamoDB answered that it did not do what it was asked for. */
export class DynamoRefused extends Error {
  /** DynamoDB's name of the error, such as `ThrottlingException`. */
  readonly code: string;
  /** Whether the request is to blame: the same one again would be refused again, unless others were in its way. */
  readonly isOurs: boolean;
  /** Of a cancelled transaction: why, for each of its parts. */
  readonly reasons: readonly CancellationReason[];
  constructor(code: string, status: number, reasons: readonly CancellationReason[] = []) {
    super(`DynamoDB refused a request: ${code}`);
    this.name = code;
    this.code = code;
    this.isOurs = status < 500;
    this.reasons = reasons;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isReasons = (value: unknown): value is CancellationReason[] => Array.isArray(value);

const marshalled = (part: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(part).map(([name, value]) => [name, PLAIN.has(name) && isObject(value) ? marshall(value) : value]),
  );

/** The members of requests and answers that hold a row's attributes. */
const PLAIN: ReadonlySet<string> = new Set(['Key', 'Item', 'ExpressionAttributeValues', 'ExclusiveStartKey']);

const isAttributes = (value: unknown): value is Record<string, AttributeValue> => isObject(value);

const rowsOf = (values: unknown): Item[] =>
  Array.isArray(values) ? values.filter(isAttributes).map((each) => unmarshall(each)) : [];

/**
 * The three requests over whatever carries them. Rejects with {@link DynamoRefused} where DynamoDB refuses, and with whatever the connection
 * failed of where there is no answer.
 */
export const dynamoRequests = (ask: AskAws): DynamoRequests => {
  const send = async (operation: string, input: object): Promise<AwsAnswer['said']> => {
    const { status, code, said } = await ask(operation, input);
    if (code === undefined) return said;
    const { CancellationReasons: reasons } = said;
    throw new DynamoRefused(code, status, isReasons(reasons) ? reasons : []);
  };

  return {
    async get(input) {
      const { Item: item, ...rest } = await send('GetItem', marshalled(input));
      return isAttributes(item) ? { ...rest, Item: unmarshall(item) } : rest;
    },
    async query(input) {
      const { Items, LastEvaluatedKey, ...rest } = await send('Query', marshalled(input));
      return {
        ...rest,
        Items: rowsOf(Items),
        ...(isAttributes(LastEvaluatedKey) && { LastEvaluatedKey: unmarshall(LastEvaluatedKey) }),
      };
    },
    transactWrite: ({ TransactItems = [], ...input }) =>
      send('TransactWriteItems', {
        ...input,
        TransactItems: TransactItems.map((part) =>
          Object.fromEntries(Object.entries(part).map(([act, operation]) => [act, marshalled({ ...operation })])),
        ),
      }),
  };
};
