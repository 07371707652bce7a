import { openClinic } from './clinic/open-clinic.ts';
import { replayCommand } from './replay/command-line.ts';

process.exitCode = await replayCommand(process.argv.slice(2), openClinic, process);
