import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Everything that a test puts aside, and whatever it starts, lies in here and goes with the run, also when a test fails.
const folder = mkdtempSync(join(tmpdir(), 'throughline-tests-'));
process.env.TMPDIR = folder;
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Files of one project share a module registry where they may: importing the SDK and zod afresh for each file costs most of the time. */
export default defineConfig({
  test: {
    // Left alone, Vitest keeps a core for itself: on a machine of two cores that halves the speed.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/infra/**', 'test/contracts/**', 'test/stories/**', 'test/e2e/**'],
          isolate: false,
          pool: 'threads',
        },
      },
      {
        test: {
          name: 'stories',
          include: ['test/stories/**/*.test.ts'],
          isolate: false,
          pool: 'threads',
          testTimeout: 60_000,
        },
      },
      {
        test: { name: 'contracts', include: ['test/contracts/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
      },
      {
        test: {
          name: 'infra',
          include: ['test/infra/**/*.test.ts'],
          isolate: false,
          pool: 'threads',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
