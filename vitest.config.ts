import { defineConfig } from 'vitest/config';

/** Packages of the workspace are read from their sources: no build is needed before the tests. */
const resolve = { conditions: ['source'] };

export default defineConfig({
  resolve,
  ssr: { resolve },
  test: {
    include: ['libs/*/src/**/*.test.{ts,tsx}', 'apps/*/src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', 'tests/journey/**', 'tests/static/canaries/**'],
    environment: 'node',
    pool: 'forks',
    // Three on two cores: they wait for databases and for each other's kills more than they compute.
    maxWorkers: 3,
    testTimeout: 240_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
