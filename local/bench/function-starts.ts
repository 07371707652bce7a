import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { bundleFiles, bundleHandlers, bundleOf } from '../../infra/constructs/handler-code.ts';
import { functionNames } from '../../infra/constructs/house-functions.ts';
import { chosenSettings } from '../../infra/settings/read-settings.ts';

/** A function's size as it is deployed, and how long its first answer takes from the start of its process. */
export type FunctionStart = {
  readonly name: string;
  /** Its code. */
  readonly bytes: number;
  /** The data that it reads when it starts: programs, rules, texts. */
  readonly data: number;
  readonly milliseconds: number;
  /** What it took of the processor until then, in milliseconds; where others are at work, it says more than the clock. */
  readonly processor: number;
  /** Of the clock and of the processor, against a bare handler that imports the document client and reads once. */
  readonly ratio: number;
  readonly processorRatio: number;
};

/** The most that a first answer may take, as a ratio to the bare handler's. */
export const SLOWEST_START = 1.5;

/** Each is started so often, in turn with the bare one; the quickest of each counts, since other work only ever slows a start. */
const ROUNDS = 7;

const run = promisify(execFile);

/** What a call of AWS is answered: a secret that there is, or an empty result, since the table is empty and nothing is sent. */
const answerTo = (target: unknown): string =>
  target === 'secretsmanager.GetSecretValue' ? '{"SecretString":"none"}' : '{}';

const emptyAws = async (): Promise<Server> => {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () =>
      response.setHeader('content-type', 'application/x-amz-json-1.0').end(answerTo(request.headers['x-amz-target'])),
    );
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return server;
};

const portOf = (server: Server): number => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port');
  return address.port;
};

// Required as by Lambda. An empty table makes most of them refuse: that is an answer too, and it took the same way in.
const SCRIPT = `
  const [file, event] = process.argv.slice(1);
  (async () => {
    const { handler } = require(file);
    process.stdout.write = () => true;
    try { await handler(JSON.parse(event), {}); } catch { }
    const { user, system } = process.cpuUsage();
    const told = { milliseconds: performance.now(), processor: (user + system) / 1000 };
    process.stderr.write('\\n' + JSON.stringify(told), () => process.exit(0));
  })();`;

const Told = z.strictObject({ milliseconds: z.number(), processor: z.number() });
type Told = z.infer<typeof Told>;

/** The quickest and the least of several starts, since other work only ever adds to them. */
const least = (starts: readonly Told[]): Told => ({
  milliseconds: Math.min(...starts.map(({ milliseconds }) => milliseconds)),
  processor: Math.min(...starts.map(({ processor }) => processor)),
});

const Inputs = z.array(z.unknown()).min(1);

/** An input of a function, as one was released. */
const inputOf = (name: string): string => {
  const file = new URL(`../../test/contracts-released/version-1/handlers/${name}.json`, import.meta.url);
  return JSON.stringify(Inputs.parse(JSON.parse(readFileSync(file, 'utf8')))[0]);
};

/** Bundles every function as it is deployed and starts each in processes of its own. */
export const measureStarts = async (told: (start: FunctionStart) => void): Promise<readonly FunctionStart[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-starts-'));
  const server = await emptyAws();
  try {
    const deployment = chosenSettings('dev', undefined);
    bundleHandlers(folder, deployment);
    bundleFiles(folder, { bare: join(import.meta.dirname, 'bare-handler.ts') });
    const env = {
      ...process.env,
      ...settingsFor(deployment.stage),
      AWS_ENDPOINT_URL: `http://127.0.0.1:${portOf(server)}`,
    };
    const start = async (file: string, event: string): Promise<Told> => {
      const args = ['--input-type=commonjs', '--eval', SCRIPT, file, event];
      return Told.parse(JSON.parse((await run(process.execPath, args, { env })).stderr.split('\n').at(-1) ?? ''));
    };
    const bare = bundleOf(folder, 'bare');
    const starts: FunctionStart[] = [];
    for (const name of functionNames) {
      const file = bundleOf(folder, name);
      const [own, floor]: [Told[], Told[]] = [[], []];
      for (let round = 0; round < ROUNDS; round += 1) {
        floor.push(await start(bare, '{}'));
        own.push(await start(file, inputOf(name)));
      }
      const bytes = statSync(file).size;
      const data = bytesIn(join(folder, name)) - bytes;
      const [one, bareOne] = [least(own), least(floor)];
      const ratio = one.milliseconds / bareOne.milliseconds;
      const measured = { name, bytes, data, ...one, ratio, processorRatio: one.processor / bareOne.processor };
      starts.push(measured);
      told(measured);
    }
    return starts;
  } finally {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

const bytesIn = (folder: string): number =>
  readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);

/** What a deployment gives its functions, with names that lead nowhere. */
const settingsFor = (stage: string): Readonly<Record<string, string>> => ({
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  TABLE: `${stage}-journeys`,
  STAGE: stage,
  BUS: `${stage}-events`,
  TOKEN_ISSUER: 'https://cognito-idp.us-east-1.amazonaws.com/none',
  TOKEN_CLIENT: 'none',
  WEBHOOKS: '[]',
  WEBHOOK_QUEUE: 'https://sqs.us-east-1.amazonaws.com/000000000000/none',
  CURSOR_SECRET: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:none',
  MACHINE_ALIAS: 'live',
  MACHINE_ARN_PREFIX: 'arn:aws:states:us-east-1:000000000000:stateMachine:',
  EMAIL_FROM: 'Cedar Clinic <care@cedar.example>',
  SES_CONFIGURATION_SET: `${stage}-email`,
  SMS_ORIGINATION: 'pool',
  SMS_CONFIGURATION_SET: `${stage}-sms`,
  SCHEDULE_GROUP: `${stage}-reminders`,
  SCHEDULE_ROLE: 'arn:aws:iam::000000000000:role/none',
  SCHEDULE_DEAD_LETTERS: 'arn:aws:sqs:us-east-1:000000000000:none',
  SEND_MESSAGE_ARN: 'arn:aws:lambda:us-east-1:000000000000:function:none',
  ON_DEADLINE_ARN: 'arn:aws:lambda:us-east-1:000000000000:function:none',
});
