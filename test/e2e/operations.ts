import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Deployment } from './deployment.ts';
import type { Emulator } from './emulator.ts';

const PROJECT = join(import.meta.dirname, '../..');

/** Asks the deployed clinic as its engineer does at a shell. */
export const operation = (
  { url, environment }: Emulator,
  { settings }: Deployment,
  name: 'doctor' | 'migrate',
  ...options: string[]
): { readonly status: number | null; readonly said: string } => {
  const args = ['--no-warnings', join(PROJECT, `operations/${name}.ts`), ...options, '--settings', settings];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, ...environment, AWS_ENDPOINT_URL: url },
  });
  return { status, said: `${stdout}${stderr}` };
};
