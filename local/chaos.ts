import { chaosCommand } from './chaos/command-line.ts';

process.exitCode = await chaosCommand(process.argv.slice(2), process);
