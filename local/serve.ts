import { once } from 'node:events';
import { serveCommand } from './server/command-line.ts';

const stopped = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
process.exitCode = await serveCommand(process.argv.slice(2), process, stopped);
