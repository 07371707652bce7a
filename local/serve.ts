import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { serveCommand } from './server/command-line.ts';

// A clinic of thousands of journeys keeps some hundred MB; a heap that may grow fourfold between two collections takes a GB for them.
setFlagsFromString('--heap-growing-percent=40');

const stopped = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
process.exitCode = await serveCommand(process.argv.slice(2), process, stopped);
