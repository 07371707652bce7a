import { openClinic } from './clinic/open-clinic.ts';
import { migrateCommand } from './migrate/command-line.ts';

process.exitCode = await migrateCommand(process.argv.slice(2), openClinic, process);
