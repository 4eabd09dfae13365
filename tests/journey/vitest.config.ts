import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Packages of the workspace are read from their sources: no build is needed before the tests. */
const resolve = { conditions: ['source'] };

/**
 * The journeys in a browser. One worker for all files: a house that a test has killed and started again lives as long
 * as the worker, and two cores are enough for one browser.
 */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  resolve,
  ssr: { resolve },
  test: {
    include: ['tests/journey/**/*.test.ts'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 1,
    isolate: false,
    fileParallelism: false,
    retry: 0,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
