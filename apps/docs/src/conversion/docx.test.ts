import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bare, paperOf, someBlocks, wholePaper } from './sample.kit.ts';
import { readDocx } from './read-docx.ts';
import { writeDocx } from './write-docx.ts';

test('a whole document goes out to docx and comes back equal, with comments, answers and suggestions', async () => {
  const found = await readDocx(await writeDocx(wholePaper));
  const blocks = wholePaper.blocks.map((one) =>
    one.type === 'image' ? { ...one, props: { ...one.props, url: 'picture:1' } } : one,
  );
  expect(bare(found.blocks, found.conversations)).toEqual(bare(blocks));
  expect(found.conversations.map(({ resolved, remarks }) => ({ resolved, remarks }))).toEqual(
    wholePaper.conversations.map(({ resolved, remarks }) => ({ resolved, remarks })),
  );
  expect(found.lost).toEqual({});
  expect(found.title).toBe('Note');
  expect(Object.keys(found.pictures)).toEqual(['picture:1']);
});

test('any document of lists, headings and marked text comes back equal', async () => {
  await fc.assert(
    fc.asyncProperty(someBlocks, async (blocks) => {
      const found = await readDocx(await writeDocx(paperOf(blocks)));
      expect(bare(found.blocks)).toEqual(bare(blocks));
    }),
    { numRuns: 60 },
  );
});
