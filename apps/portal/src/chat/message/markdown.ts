import type { List, PhrasingContent, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmAutolinkLiteralFromMarkdown } from 'mdast-util-gfm-autolink-literal';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmAutolinkLiteral } from 'micromark-extension-gfm-autolink-literal';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { type Block, type Inline, plain } from './tree.ts';

/**
 * What a message has no use for. It stays text as typed: HTML above all, and entities, which would show something else
 * than what was written.
 */
const unread = [
  'headingAtx',
  'setextUnderline',
  'thematicBreak',
  'htmlFlow',
  'htmlText',
  'definition',
  'labelStartImage',
  'codeIndented',
  'characterReference',
];
/** Quotes and lists inside one another, as deep as anybody means it; deeper is text. */
const depthMax = 6;
/** Signs that open something; a text with more is a bomb, not writing, and is shown as typed. */
const openersMax = 2_000;

const openers = /[*_~`[>]/g;
const mentioned = /^(person|group)\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;
/** Where a link may lead. */
const followed = /^(?:https?:\/\/|mailto:)/i;

/** Reads the Markdown of a message: bold, italic, struck, code, fenced code, lists, quotes, links and mentions. */
export function markdown(body: string): Block[] {
  if ((body.match(openers)?.length ?? 0) > openersMax) return plain(body);
  const root = fromMarkdown(body, {
    extensions: [
      gfmStrikethrough({ singleTilde: false }),
      gfmAutolinkLiteral(),
      { disable: { null: unread } },
    ],
    mdastExtensions: [gfmStrikethroughFromMarkdown(), gfmAutolinkLiteralFromMarkdown()],
  });
  const blocks = blocksOf(root.children, body, 0);
  return blocks.length > 0 ? blocks : plain(body);
}

function blocksOf(nodes: readonly RootContent[], body: string, depth: number): Block[] {
  return nodes.flatMap((node): Block[] => {
    if (depth > depthMax) return [{ t: 'p', of: [typed(node, body)] }];
    switch (node.type) {
      case 'paragraph':
        return [{ t: 'p', of: inlinesOf(node.children, body) }];
      case 'code':
        // A fence without anything in it: its words would be taken for the name of a language.
        if (node.value === '') return [{ t: 'p', of: [typed(node, body)] }];
        return [{ t: 'code', lang: node.lang?.toLowerCase() ?? null, text: node.value }];
      case 'blockquote':
        return [{ t: 'quote', of: blocksOf(node.children, body, depth + 1) }];
      case 'list':
        return [listOf(node, body, depth)];
      default:
        return [{ t: 'p', of: [typed(node, body)] }];
    }
  });
}

function listOf(node: List, body: string, depth: number): Block {
  return {
    t: 'list',
    from: node.ordered === true ? (node.start ?? 1) : null,
    items: node.children.map((item) => blocksOf(item.children, body, depth + 1)),
  };
}

/** The stretch of the text that a node was read from. */
function typed(node: RootContent, body: string): string {
  return body.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);
}

function inlinesOf(nodes: readonly PhrasingContent[], body: string): Inline[] {
  const read: Inline[] = [];
  for (const node of nodes) {
    const last = read.at(-1);
    const mention = node.type === 'link' ? mentioned.exec(node.url) : null;
    if (node.type === 'link' && mention !== null && typeof last === 'string' && last.endsWith('@')) {
      read.pop();
      if (last.length > 1) read.push(last.slice(0, -1));
      const name = inlinesOf(node.children, body)
        .map((one) => (typeof one === 'string' ? one : ''))
        .join('');
      read.push({ t: 'mention', kind: mention[1] as 'person' | 'group', id: mention[2] ?? '', name });
    } else read.push(inlineOf(node, body));
  }
  return read;
}

function inlineOf(node: PhrasingContent, body: string): Inline {
  switch (node.type) {
    case 'text':
      return node.value;
    case 'break':
      return '\n';
    case 'strong':
      return { t: 'strong', of: inlinesOf(node.children, body) };
    case 'emphasis':
      return { t: 'em', of: inlinesOf(node.children, body) };
    case 'delete':
      return { t: 'del', of: inlinesOf(node.children, body) };
    case 'inlineCode':
      return { t: 'code', text: node.value };
    case 'link':
      // An address that leads elsewhere than the web or a letter (`javascript:`, `data:`) stays what was typed.
      return followed.test(node.url)
        ? { t: 'link', href: node.url, of: inlinesOf(node.children, body) }
        : typed(node, body);
    default:
      return typed(node, body);
  }
}
