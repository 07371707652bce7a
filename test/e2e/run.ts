import { startVitest } from 'vitest/node';
import { findPython, makeEnvironment } from './emulator.ts';

/** Plays the end-to-end scenarios on the deployed stack; what they need besides npm is Python. */
const main = async (): Promise<void> => {
  const python = findPython();
  if (python === undefined) {
    process.stdout.write('skip  end to end: it needs Python 3.10 or newer with venv, which is not here\n');
    return;
  }
  await makeEnvironment(python);
  const vitest = await startVitest('test', [], { config: 'vitest.e2e.config.ts', watch: false });
  await vitest.close();
};

await main();
