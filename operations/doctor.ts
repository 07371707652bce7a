import { readFileSync } from 'node:fs';
import { node } from './doctor/checks/node.ts';
import { doctorCommand } from './doctor/command-line.ts';
import { deployedChecks } from './doctor/deployed-checks.ts';
import { localChecks } from './doctor/local-checks.ts';

const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

process.exitCode = await doctorCommand(
  process.argv.slice(2),
  async (options) => [
    node({ version: process.versions.node, wanted: engines.node }),
    ...(options.kind === 'local' ? localChecks(options) : await deployedChecks(options)),
  ],
  process,
);
