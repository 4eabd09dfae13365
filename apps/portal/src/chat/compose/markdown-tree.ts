import type { Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';

/** What Markdown has and messages do not: it stays the text that was typed. */
const without = {
  disable: {
    null: [
      'codeIndented',
      'definition',
      'headingAtx',
      'htmlFlow',
      'htmlText',
      'labelStartImage',
      'setextUnderline',
      'thematicBreak',
    ],
  },
};

/** The body of a message as a tree: bold, italic, strike, code, quotes, lists and links, and nothing else. */
export function treeOf(body: string): Root {
  return fromMarkdown(body, {
    extensions: [gfmStrikethrough({ singleTilde: false }), without],
    mdastExtensions: [gfmStrikethroughFromMarkdown()],
  });
}
