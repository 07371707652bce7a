import { programsCommand } from './programs/command-line.ts';

// Whoever reads may stop reading (`| head`): that is their choice and no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await programsCommand(process.argv.slice(2), process);
