import { text } from 'node:stream/consumers';
import type { AttributeValue, CancellationReason } from '@aws-sdk/client-dynamodb';
import type { GetCommandInput, QueryCommandInput, TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { Sha256Node } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/protocols';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';

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

type Credentials = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };

export type DynamoAccess = {
  readonly region: string | (() => Promise<string>);
  readonly credentials: Credentials | (() => Promise<Credentials>);
  /** Where DynamoDB listens; without it at the region's own address. */
  readonly endpoint?: string | undefined;
};

/** As the SDK has it; AWS names its partition in China by another domain (AWS General Reference, DynamoDB endpoints). */
const endpointOf = (region: string): string =>
  `https://dynamodb.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const parsed = (body: string): Record<string, unknown> => {
  const value: unknown = JSON.parse(body === '' ? '{}' : body);
  return isObject(value) ? value : {};
};

const isReasons = (value: unknown): value is CancellationReason[] => Array.isArray(value);

/** An error as DynamoDB writes it: `{"__type": "com.amazonaws.dynamodb.v20120810#ThrottlingException"}`. */
const refusalOf = (status: number, body: string): DynamoRefused => {
  let said: Record<string, unknown>;
  try {
    said = parsed(body);
  } catch (error) {
    // What stands between us and DynamoDB answers in words of its own.
    if (error instanceof SyntaxError) return new DynamoRefused(`Http${status}`, status);
    throw error;
  }
  const { __type: type, CancellationReasons: reasons } = said;
  const code = typeof type === 'string' ? type.replace(/^.*#/, '') : `Http${status}`;
  return new DynamoRefused(code, status, isReasons(reasons) ? reasons : []);
};

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
 * Sends requests to DynamoDB with AWS's own signer and HTTP handler, without the client for all 57 operations around them: that
 * is 160 kB of each function, and a fifth of the time until its first answer (ADR 0021). Rejects with {@link DynamoRefused} where
 * DynamoDB refuses, and with whatever the connection failed of where there is no answer.
 */
export const dynamoRequests = ({ region: given, credentials, endpoint }: DynamoAccess): DynamoRequests => {
  // A healthy answer takes some 10 ms; without these limits a function waits until its own end.
  const http = new NodeHttpHandler({
    connectionTimeout: 1_000,
    requestTimeout: 3_000,
    socketTimeout: 3_000,
    throwOnRequestTimeout: true,
  });
  let known: { readonly url: URL; readonly signer: SignatureV4 } | undefined;

  const open = async () => {
    const region = typeof given === 'string' ? given : await given();
    const url = new URL(endpoint ?? endpointOf(region));
    return { url, signer: new SignatureV4({ service: 'dynamodb', region, credentials, sha256: Sha256Node }) };
  };

  const send = async (operation: string, input: object): Promise<Record<string, unknown>> => {
    known ??= await open();
    const { url, signer } = known;
    const request = await signer.sign(
      new HttpRequest({
        method: 'POST',
        protocol: url.protocol,
        hostname: url.hostname,
        ...(url.port !== '' && { port: Number(url.port) }),
        path: '/',
        headers: {
          host: url.host,
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': `DynamoDB_20120810.${operation}`,
        },
        body: JSON.stringify(input),
      }),
    );
    const { response } = await http.handle(HttpRequest.clone(request));
    const body = await text(response.body);
    if (response.statusCode >= 400) throw refusalOf(response.statusCode, body);
    return parsed(body);
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
