import { setFlagsFromString } from 'node:v8';
import { InputRefused } from '../functions/domain/problems.ts';
import { readSizes } from './bench/options.ts';
import { JourneyNotCompleted, runJourneys } from './bench/run-journeys.ts';
import { runScreenings, screeningsLine } from './bench/screenings.ts';
import { heading, lineOf } from './bench/table.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

// A heap that may grow fourfold between two collections says nothing of what the journeys take.
setFlagsFromString('--heap-growing-percent=40');

const args = process.argv.slice(2);

try {
  const sizes = args.join() === 'screening' ? [] : readSizes(args);
  if (args.length === 0 || sizes.length === 0) print(screeningsLine(await runScreenings(100_000)));
  if (sizes.length > 0) {
    print('northwest-iv journeys, all of a line live at once: one process, one clock, one store');
    print(heading());
  }
  for (const journeys of sizes) print(lineOf(await runJourneys('northwest-iv', journeys)));
} catch (error) {
  if (!(error instanceof InputRefused || error instanceof JourneyNotCompleted)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error instanceof InputRefused ? 2 : 1;
}
