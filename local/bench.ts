import { setFlagsFromString } from 'node:v8';
import { InputRefused } from '../functions/domain/problems.ts';
import { apiBench } from './bench/api/api-bench.ts';
import { UnexpectedAnswer } from './bench/api/load.ts';
import { NotServed } from './bench/api/server-process.ts';
import { measureStarts, SLOWEST_START } from './bench/function-starts.ts';
import { startLine, startsHeading } from './bench/function-table.ts';
import { readApiOptions, readSizes } from './bench/options.ts';
import { JourneyNotCompleted, runJourneys } from './bench/run-journeys.ts';
import { runnerBench } from './bench/runner-bench.ts';
import { LoadFailed } from './bench/runner-loads.ts';
import { runScreenings, screeningsLine } from './bench/screenings.ts';
import { heading, lineOf } from './bench/table.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

// A heap that may grow fourfold between two collections says nothing of what the journeys take.
setFlagsFromString('--heap-growing-percent=40');

const args = process.argv.slice(2);

try {
  const only = args[0] === 'api' ? 'api' : ['screening', 'runner', 'functions'].find((part) => args.join() === part);
  const sizes = only === undefined ? readSizes(args) : [];
  if (args.length === 0 || only === 'runner') await runnerBench(print);
  if (args.length === 0 || only === 'screening') print(screeningsLine(await runScreenings(100_000)));
  if (only === 'api') await apiBench(print, readApiOptions(args.slice(1)));
  if (only === 'functions') {
    print(startsHeading());
    const slow = (await measureStarts((start) => print(startLine(start)))).filter(({ ratio }) => ratio > SLOWEST_START);
    if (slow.length > 0) process.exitCode = 1;
  }
  if (sizes.length > 0) {
    print('northwest-iv journeys, all of a line live at once: one process, one clock, one store');
    print(heading());
  }
  for (const journeys of sizes) print(lineOf(await runJourneys('northwest-iv', journeys)));
} catch (error) {
  const isTold = [InputRefused, JourneyNotCompleted, LoadFailed, NotServed, UnexpectedAnswer].some(
    (kind) => error instanceof kind,
  );
  if (!isTold || !(error instanceof Error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error instanceof InputRefused ? 2 : 1;
}
