import { oneMachine } from './clinic/one-machine.ts';
import { rehearseCommand } from './rehearsal/command-line.ts';

process.exitCode = await rehearseCommand(process.argv.slice(2), oneMachine, process);
