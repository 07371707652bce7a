import { spawn, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import {
  type AttributeDefinition,
  CreateTableCommand,
  DynamoDBClient,
  type KeySchemaElement,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { tableKeySchema } from '../../functions/contracts/table-keys.ts';
import { awsRequests, DYNAMODB } from '../../functions/runtime/aws-requests.ts';
import { type DynamoRequests, dynamoRequests } from '../../functions/stores/dynamo-requests.ts';

/** A running DynamoDB Local; `stop` ends its Java process. */
export type DynamoDbLocal = {
  readonly client: DynamoDBDocumentClient;
  readonly requests: DynamoRequests;
  stop(): Promise<void>;
};

const OLDEST_JAVA = 17;
const START_WITHIN_MS = 30_000;

const packageFile = createRequire(import.meta.url).resolve('amplify-dynamodb-simulator/package.json');
const emulator = join(dirname(packageFile), 'emulator');

/** Whether DynamoDB Local can run here: it needs Java 17 or newer. */
export const hasJava = (): boolean => {
  const { stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  return Number(/version "(\d+)/.exec(stderr ?? '')?.[1] ?? 0) >= OLDEST_JAVA;
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(address)));
    });
  });

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (open: boolean) => () => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', answer(true)).once('error', answer(false));
  });

/** Starts Java and ends it when its own input closes, which happens even if the process of the tests is killed. */
const KEEPER = `
  const java = require('node:child_process').spawn('java', process.argv.slice(1), { stdio: 'ignore' });
  java.on('exit', () => process.exit());
  process.stdin.on('end', () => java.kill('SIGKILL')).resume();
`;

const launch = (port: number) => {
  const flags = ['-XX:TieredStopAtLevel=1', '-Djava.library.path=./DynamoDBLocal_lib', '-jar', 'DynamoDBLocal.jar'];
  const options = ['-inMemory', '-sharedDb', '-disableTelemetry', '-port', String(port)];
  const keeper = spawn(process.execPath, ['-e', KEEPER, '--', ...flags, ...options], {
    cwd: emulator,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => keeper.once('exit', () => resolve()));
  const stop = (): Promise<void> => {
    keeper.stdin.end();
    return ended;
  };
  return { keeper, stop };
};

const untilListening = async (port: number, alive: () => boolean): Promise<void> => {
  const deadline = Date.now() + START_WITHIN_MS;
  while (!(await listens(port))) {
    if (!alive() || Date.now() > deadline) throw new Error('DynamoDB Local did not start');
    await setTimeout(50);
  }
};

/** Starts the official DynamoDB Local on a free port of this machine. */
export const startDynamoDbLocal = async (): Promise<DynamoDbLocal> => {
  const port = await freePort();
  const { keeper, stop } = launch(port);
  try {
    await untilListening(port, () => keeper.exitCode === null);
  } catch (error) {
    await stop();
    throw error;
  }
  const access = {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  return {
    client: DynamoDBDocumentClient.from(new DynamoDBClient(access)),
    requests: dynamoRequests(awsRequests(DYNAMODB, access)),
    stop,
  };
};

type Pair = { readonly partition: string; readonly sort: string };

const keySchema = ({ partition, sort }: Pair): KeySchemaElement[] => [
  { AttributeName: partition, KeyType: 'HASH' },
  { AttributeName: sort, KeyType: 'RANGE' },
];

const attributes = ({ partition, sort }: Pair): AttributeDefinition[] =>
  [partition, sort].map((AttributeName) => ({ AttributeName, AttributeType: 'S' }));

/** Creates a table with the product's key and indexes. */
export const createTable = async (client: DynamoDBDocumentClient, tableName: string): Promise<void> => {
  const indexes = Object.entries(tableKeySchema.indexes);
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: keySchema(tableKeySchema),
      AttributeDefinitions: [...attributes(tableKeySchema), ...indexes.flatMap(([, pair]) => attributes(pair))],
      GlobalSecondaryIndexes: indexes.map(([IndexName, pair]) => ({
        IndexName,
        KeySchema: keySchema(pair),
        Projection: { ProjectionType: 'ALL' },
      })),
    }),
  );
};
