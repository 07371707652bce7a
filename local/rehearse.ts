import { oneMachine } from './clinic/one-machine.ts';
import { rehearseCommand } from './rehearsal/command-line.ts';

// Whoever reads may stop reading (`| head`): that is their choice and no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await rehearseCommand(process.argv.slice(2), oneMachine, process);
