import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bare, paperOf, someBlocks, wholePaper } from './sample.kit.ts';
import { joinedRuns } from './paper.ts';
import { readHtml } from './read-html.ts';
import { readMarkdown } from './read-markdown.ts';
import { writeHtml } from './write-html.ts';
import { writeMarkdown } from './write-markdown.ts';

const utf8 = (text: string) => Buffer.from(text);

test('any document of lists, headings and marked text comes back equal from Markdown', () => {
  fc.assert(
    fc.property(someBlocks, (blocks) => {
      const found = readMarkdown(utf8(writeMarkdown(paperOf(blocks))));
      // The title is a heading of the first level; where there are more of them, it stays in the text.
      expect(bare(found.title === '' ? found.blocks.slice(1) : found.blocks)).toEqual(bare(blocks));
    }),
    { numRuns: 100 },
  );
});

test('any document of lists, headings and marked text comes back equal from HTML', () => {
  fc.assert(
    fc.property(someBlocks, (blocks) => {
      const found = readHtml(utf8(writeHtml(paperOf(blocks))));
      expect(bare(found.blocks)).toEqual(bare(blocks));
    }),
    { numRuns: 100 },
  );
});

test('a whole document comes back from HTML: only conversations stay behind, and the report says so', () => {
  const found = readHtml(utf8(writeHtml(wholePaper)));
  const blocks = wholePaper.blocks.map((one) =>
    one.type === 'image' ? { ...one, props: { ...one.props, url: 'picture:1' } } : one,
  );
  const uncommented = blocks.map((one) => ({
    ...one,
    content: joinedRuns(
      one.content.map((run) =>
        run.type === 'text' ? { ...run, marks: run.marks.filter(({ name }) => name !== 'comment') } : run,
      ),
    ),
  }));
  expect(bare(found.blocks)).toEqual(bare(uncommented));
  expect(found.lost).toEqual({ comments: 1 });
});
