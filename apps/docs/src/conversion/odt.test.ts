import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bare, paperOf, someBlocks, wholePaper } from './sample.kit.ts';
import { readOdt } from './read-odt.ts';
import { writeOdt } from './write-odt.ts';

test('any document of lists, headings and marked text comes back equal', async () => {
  await fc.assert(
    fc.asyncProperty(someBlocks, async (blocks) => {
      const found = await readOdt(await writeOdt(paperOf(blocks)));
      expect(bare(found.blocks)).toEqual(bare(blocks));
    }),
    { numRuns: 60 },
  );
});

test('the type stands first and unpacked, where readers of the format look for it', async () => {
  const bytes = Buffer.from(await writeOdt(wholePaper));
  expect(bytes.subarray(30, 38).toString()).toBe('mimetype');
  expect(bytes.subarray(38, 38 + 39).toString()).toBe('application/vnd.oasis.opendocument.text');
});

test('comments with answers and suggestions come back with their authors and dates', async () => {
  const found = await readOdt(await writeOdt(wholePaper));
  expect(found.conversations.map(({ remarks }) => remarks)).toEqual(
    wholePaper.conversations.map(({ remarks }) => remarks),
  );
  expect(bare(found.blocks.slice(-1), found.conversations)).toEqual(bare(wholePaper.blocks.slice(-1)));
  expect(found.lost).toEqual({});
});
