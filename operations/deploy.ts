import { deployCommand } from './deploy/command-line.ts';

process.exitCode = await deployCommand(process.argv.slice(2), process);
