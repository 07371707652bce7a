import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Emulator } from './emulator.ts';
import { run } from './run-command.ts';
import { clinicOfSeconds, programOfSeconds } from './seconds.ts';

const PROJECT = join(import.meta.dirname, '../..');
const CDK = join(PROJECT, 'node_modules/aws-cdk/bin/cdk');
export const STAGE = 'e2e';

/** The files of a deployment whose clinic and program count in seconds, as a clinic would write them. */
export const deploymentOfSeconds = () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-deployment-'));
  const write = (name: string, content: unknown): string => {
    const file = join(folder, name);
    writeFileSync(file, JSON.stringify(content));
    return file;
  };
  const clinic = clinicOfSeconds();
  write('clinic.json', clinic);
  const program = write('seconds-iv.json', programOfSeconds());
  const settings = {
    stage: STAGE,
    clinic: 'clinic.json',
    ownPrograms: ['seconds-iv.json'],
    email: { from: 'Cedar Clinic <care@cedar.example>' },
    sms: { phoneNumbers: ['phone-00000000000000000000000000000000'] },
    api: { callbacks: ['http://localhost:8787/signed-in'] },
    alarms: { emails: [] },
  };
  return {
    clinic,
    program,
    settings: write('e2e.json', settings),
    /** Changes what the clinic gives, for the next deployment. */
    changeClinic: (over: object) => write('clinic.json', clinicOfSeconds(over)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
    folder,
  };
};

export type Deployment = ReturnType<typeof deploymentOfSeconds>;

const cdk = ({ url, environment }: Emulator, cwd: string, ...options: string[]): Promise<string> =>
  run(process.execPath, [CDK, ...options], {
    cwd,
    env: {
      ...process.env,
      ...environment,
      PATH: [join(PROJECT, 'node_modules/.bin'), process.env.PATH].join(delimiter),
      AWS_DEFAULT_REGION: environment.AWS_REGION,
      AWS_ENDPOINT_URL: url,
      AWS_ENDPOINT_URL_S3: url,
      CDK_DISABLE_CLI_TELEMETRY: 'true',
    },
  });

/** Prepares the emulator's account for the CDK, as one does once in an account. */
export const bootstrap = async (emulator: Emulator, { folder }: Deployment): Promise<void> => {
  // Outside of the project, where there is no app to synthesise.
  const empty = join(folder, 'bootstrap');
  mkdirSync(empty);
  await cdk(emulator, empty, 'bootstrap', `aws://000000000000/${emulator.environment.AWS_REGION}`, '--no-notices');
};

let assemblies = 0;

/** Deploys the project's own stack, with the deployment's settings. */
export const deploy = async (emulator: Emulator, { settings, folder }: Deployment): Promise<void> => {
  assemblies += 1;
  const output = join(folder, `cdk.out.${assemblies}`);
  const options = ['--context', `settings=${settings}`, '--output', output, '--require-approval', 'never', '--quiet'];
  await cdk(emulator, PROJECT, 'deploy', ...options);
};
