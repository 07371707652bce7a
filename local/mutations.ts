import { mutationsCommand } from './mutations/command-line.ts';

process.exitCode = await mutationsCommand(process.argv.slice(2), process);
