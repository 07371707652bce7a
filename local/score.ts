import { scoreCommand } from './clinical/score-command.ts';

// Whoever reads may stop reading (`| head`): that is their choice and no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await scoreCommand(process.argv.slice(2), process);
