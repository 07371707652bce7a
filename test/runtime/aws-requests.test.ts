import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { askingAgain } from '../../functions/runtime/asking-again.ts';
import { type AwsService, awsRequests, DYNAMODB, SECRETS_MANAGER, SQS } from '../../functions/runtime/aws-requests.ts';
import { awsStandIn } from './support/aws-stand-in.ts';

const aws = awsStandIn();
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'session' };
const access = () => ({ region: 'us-west-2', credentials, endpoint: aws.endpoint() });

/** SQS's client warns that the queue is not where its region is. */
const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

const secret = { SecretId: 'arn:one' };
const hidden = () => ({ QueueUrl: `${aws.endpoint()}/1/queue`, ReceiptHandle: 'h', VisibilityTimeout: 10 });

type Case = {
  readonly service: AwsService;
  readonly operation: string;
  readonly input: () => object;
  readonly bySdk: () => Promise<unknown>;
};
const CASES: readonly Case[] = [
  {
    service: SECRETS_MANAGER,
    operation: 'GetSecretValue',
    input: () => secret,
    bySdk: () => new SecretsManagerClient(access()).send(new GetSecretValueCommand(secret)),
  },
  {
    service: SQS,
    operation: 'ChangeMessageVisibility',
    input: hidden,
    // Asked as the function was that had this client: the address of the queue says where.
    bySdk: () => {
      const { endpoint: _, ...rest } = access();
      return new SQSClient({ ...rest, logger: SILENT }).send(new ChangeMessageVisibilityCommand(hidden()));
    },
  },
];

const signedFor = (authorization: string | undefined) =>
  /Credential=[^/]+\/\d{8}\/([^,]+),/.exec(authorization ?? '')?.[1];

/** What decides what AWS does: not who asks by which program, and not the second in which it was signed. */
const essence = () =>
  aws.asked.map(({ method, path, headers, body }) => ({
    method,
    path,
    body: JSON.parse(body),
    type: headers['content-type'],
    target: headers['x-amz-target'],
    session: headers['x-amz-security-token'],
    host: headers.host,
    signedFor: signedFor(headers.authorization),
  }));

afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(CASES)('$operation without its client', ({ service, operation, input, bySdk }) => {
  it('is the request that the SDK sends', async () => {
    aws.says([200, { SecretString: 'sesame' }]);
    await bySdk();
    const sent = essence();
    expect(sent).toHaveLength(1);
    aws.says([200, { SecretString: 'sesame' }]);
    expect(await awsRequests(service, access())(operation, input())).toEqual({
      status: 200,
      said: { SecretString: 'sesame' },
      code: undefined,
      requestId: 'request-1',
    });
    expect(essence()).toEqual(sent);
  });

  const done = [200, {}] as const;
  it.each([
    ['throttled twice', [[400, { __type: 'ThrottlingException' }], [400, { __type: 'x#ThrottlingException' }], done]],
    ['throttled by status', [[429, {}], done]],
    ['throttled every time', [[400, { __type: 'TooManyRequestsException' }]]],
    ['broken once', [undefined, done]],
    ['broken every time', [undefined]],
    ['failed every time', [[500, { __type: 'InternalServiceError' }]]],
    ['failed by what stands between', [[503, 'no JSON object'], done]],
    ['not to be had at the moment', [[502, {}], [504, {}], done]],
    ['refused', [[400, { __type: 'AccessDeniedException' }]]],
    ['refused for what it names', [[400, { __type: 'com.amazonaws#ResourceNotFoundException' }]]],
    ['not implemented', [[501, {}]]],
  ] as const)('and %s is sent as often as by the SDK, and comes to the same', async (_, answers) => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    aws.says(...answers);
    const came = await bySdk().then(
      () => 'done',
      () => 'failed',
    );
    const sent = aws.asked.length;
    aws.says(...answers);
    const own = await askingAgain(awsRequests(service, access()))(operation, input()).then(
      ({ code }) => (code === undefined ? 'done' : 'failed'),
      () => 'failed',
    );
    expect([own, aws.asked.length]).toEqual([came, sent]);
  });
});

describe('The address of a service', () => {
  const hostIn = async (service: AwsService, region: string): Promise<string> => {
    const handle = vi.spyOn(NodeHttpHandler.prototype, 'handle').mockRejectedValue(new Error('nothing is sent'));
    await awsRequests(service, { region, credentials })('Anything', {}).catch(() => undefined);
    return handle.mock.calls[0]?.[0].hostname ?? '';
  };

  it.each(['us-east-1', 'eu-central-1', 'us-gov-west-1', 'cn-north-1'])(
    'in %s is that of its client',
    async (region) => {
      const theirs = async (client: SecretsManagerClient | SQSClient) =>
        (await client.config.endpointProvider({ Region: region, UseDualStack: false, UseFIPS: false })).url.hostname;
      expect(await hostIn(SECRETS_MANAGER, region)).toBe(await theirs(new SecretsManagerClient({ region })));
      vi.restoreAllMocks();
      expect(await hostIn(SQS, region)).toBe(await theirs(new SQSClient({ region })));
      vi.restoreAllMocks();
      expect(await hostIn(DYNAMODB, region)).toMatch(new RegExp(`^dynamodb\\.${region}\\.amazonaws\\.com`));
    },
  );
});
