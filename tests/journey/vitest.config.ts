import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Packages of the workspace are read from their sources: no build is needed before the tests. */
const resolve = { conditions: ['source'] };

/** Looked at first, while the house holds only its demo; killed last. */
const order = [
  'pages',
  'keyboard',
  'bad-input',
  'sharing',
  'chat-notify',
  'chat-channels',
  'chat-more',
  'chat-hooks',
  'chat-compose',
  'chat-commands',
  'chat-together',
  'chat-search',
  'chat-messages',
  'docs-home',
  'docs-comments',
  'docs-convert',
  'docs-offline',
  'docs-blocks',
  'docs-history',
  'docs-writing',
  'meet-plan',
  'meet-board',
  'meet-picture',
  'meet-room',
  'golden-thread',
];

class InOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) =>
      order.findIndex((name) => moduleId.includes(`/${name}.test.`));
    return [...files].sort((one, other) => rank(one) - rank(other));
  }
}

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
    // What differs between the profiles is behind the pages and the golden thread; documents and chat are the same code on both.
    exclude: process.env.PARVIS_HOUSE_PROFILE === 'full' ? ['tests/journey/{docs,chat,meet}-*.test.ts'] : [],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 1,
    isolate: false,
    fileParallelism: false,
    sequence: { sequencer: InOrder },
    retry: 0,
    testTimeout: 120_000,
    hookTimeout: 240_000,
  },
});
