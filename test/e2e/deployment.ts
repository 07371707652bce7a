import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
    /** Brings a second version of the program, of three doses instead of two, for the next deployment. */
    addVersion: (): void => {
      write('seconds-iv-2.json', programOfSeconds({ version: 2, series: { stages: [{ doses: 3 }] } }));
      write('e2e.json', { ...settings, ownPrograms: [...settings.ownPrograms, 'seconds-iv-2.json'] });
    },
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

/** What a stack is made of. */
const SOURCES = ['functions', 'infra', 'programs', 'workflows', 'cdk.json', 'package.json', 'tsconfig.json'];

/** The state with which the next version of the intake begins. */
export const NEW_STATE = 'Begin as the next version does';

/** The project as its next version: the same, but that the definition of the intake has one more state. */
export const nextVersion = ({ folder }: Deployment): string => {
  const copy = join(folder, 'next-version');
  for (const part of SOURCES) cpSync(join(PROJECT, part), join(copy, part), { recursive: true });
  symlinkSync(join(PROJECT, 'node_modules'), join(copy, 'node_modules'), 'dir');
  const file = join(copy, 'workflows/intake.asl.json');
  const intake: { StartAt: string; States: object } = JSON.parse(readFileSync(file, 'utf8'));
  const States = { [NEW_STATE]: { Type: 'Pass', Next: intake.StartAt }, ...intake.States };
  writeFileSync(file, JSON.stringify({ ...intake, StartAt: NEW_STATE, States }));
  return copy;
};

let assemblies = 0;

/** Deploys a project's stack, this one's where none is named, with the deployment's settings. */
export const deploy = async (
  emulator: Emulator,
  { settings, folder }: Deployment,
  project: string = PROJECT,
): Promise<void> => {
  assemblies += 1;
  const output = join(folder, `cdk.out.${assemblies}`);
  const options = ['--context', `settings=${settings}`, '--output', output, '--require-approval', 'never', '--quiet'];
  await cdk(emulator, project, 'deploy', ...options);
};
