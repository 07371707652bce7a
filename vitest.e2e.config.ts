import { defineConfig } from 'vitest/config';

/** Scenarios on the stack as it is deployed: minutes on the clock on the wall, so they are asked for by name (`npm run e2e`). */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 240_000,
    // Two emulators wait more than they work.
    maxWorkers: 2,
    reporters: ['verbose'],
  },
});
