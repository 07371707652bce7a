import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { chains, type Growth, growth, type Load, mapped, waiting, waitingOnFile } from './runner-loads.ts';

const lineOf = ({ what, transitions, seconds }: Load): string =>
  `  ${what.padEnd(52)}${String(transitions).padStart(9)} transitions${seconds.toFixed(2).padStart(8)} s${(transitions / seconds).toFixed(0).padStart(10)} a second`;

const growthLine = ({ finished, firstMicros, lastMicros, bytesEach }: Growth): string =>
  `  ${finished} ended executions: ${firstMicros.toFixed(1)} µs each at first, ${lastMicros.toFixed(1)} µs at last, ${bytesEach.toFixed(0)} bytes kept of each`;

/** Measures the runner of state machines alone, and prints a line for each load. */
export const runnerBench = async (print: (line: string) => void): Promise<void> => {
  // Only after a collection does the heap say what is kept.
  setFlagsFromString('--expose-gc');
  globalThis.gc ??= runInNewContext('gc');
  print('the runner of state machines alone, without journeys, in memory');
  await chains(1_000, 5);
  print(lineOf(await chains(1_000, 200)));
  print(lineOf(await waiting(100, 100)));
  print(lineOf(await waitingOnFile(100, 20)));
  print(lineOf(await mapped(5_000)));
  print(growthLine(await growth(50_000)));
};
