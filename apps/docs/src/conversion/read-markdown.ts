import { importLineLengthMax, importTextLengthMax } from '@parvis/contract/limits';
import type { Block, Cell, Inline, Mark } from '@parvis/document/block';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { mathFromMarkdown } from 'mdast-util-math';
import { gfm } from 'micromark-extension-gfm';
import { math } from 'micromark-extension-math';
import { blockOf } from './nesting.ts';
import { BadFile, type Found, joinedRuns, Losses, safeHref, sortedMarks } from './paper.ts';

type RootContent = ReturnType<typeof fromMarkdown>['children'][number];
type PhrasingContent = Extract<RootContent, { type: 'paragraph' }>['children'][number];

const tones: Readonly<Record<string, string>> = {
  NOTE: 'info',
  TIP: 'success',
  IMPORTANT: 'info',
  WARNING: 'warning',
  CAUTION: 'danger',
};
const marksOfTags: Readonly<Record<string, string>> = {
  u: 'underline',
  ins: 'underline',
  s: 'strike',
  del: 'strike',
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  code: 'code',
};

/** The text of a file that says it is one. @throws BadFile `file-damaged` when it is none, `file-too-long` */
export function textOfFile(bytes: Uint8Array): string {
  let text: string;
  try {
    const label =
      bytes[0] === 0xff && bytes[1] === 0xfe
        ? 'utf-16le'
        : bytes[0] === 0xfe && bytes[1] === 0xff
          ? 'utf-16be'
          : 'utf-8';
    text = new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    throw new BadFile('file-damaged');
  }
  if (text.includes('\u0000')) throw new BadFile('file-damaged');
  if (text.length > importTextLengthMax) throw new BadFile('file-too-long');
  let start = 0;
  for (let end = text.indexOf('\n'); ; end = text.indexOf('\n', start)) {
    if ((end === -1 ? text.length : end) - start > importLineLengthMax) throw new BadFile('file-too-long');
    if (end === -1) return text;
    start = end + 1;
  }
}

/** Reads GitHub's Markdown with formulas. HTML within it is not run: a few tags are understood, all others go. */
export function readMarkdown(bytes: Uint8Array): Found {
  const losses = new Losses();
  const text = textOfFile(bytes).replace(/^---\n[^]*?\n---\n/, '');
  const root = fromMarkdown(text, {
    extensions: [gfm(), math()],
    mdastExtensions: [gfmFromMarkdown(), mathFromMarkdown()],
  });
  const reader = new MarkdownReader(losses, root.children);
  const blocks = reader.blocks(root.children);
  const [first] = blocks;
  const titled =
    first?.type === 'heading' &&
    first.props.level === 1 &&
    blocks.filter(({ type, props }) => type === 'heading' && props.level === 1).length === 1;
  const title = titled ? first.content.map((one) => (one.type === 'text' ? one.text : '')).join('') : '';
  return {
    title,
    blocks: titled ? blocks.slice(1) : blocks,
    conversations: [],
    pictures: {},
    lost: losses.counts,
  };
}

class MarkdownReader {
  readonly #losses: Losses;
  readonly #definitions = new Map<string, string>();

  constructor(losses: Losses, nodes: readonly RootContent[]) {
    this.#losses = losses;
    for (const node of nodes)
      if (node.type === 'definition') this.#definitions.set(node.identifier, node.url);
  }

  blocks(nodes: readonly RootContent[]): Block[] {
    return nodes.flatMap((node) => this.#block(node));
  }

  #block(node: RootContent): Block[] {
    switch (node.type) {
      case 'heading':
        return [blockOf('heading', { level: node.depth }, this.#line(node.children))];
      case 'paragraph':
        return this.#paragraph(node.children);
      case 'list':
        return node.children.map((item, at) => {
          const [first, ...rest] = item.children;
          const content = first?.type === 'paragraph' ? this.#line(first.children) : [];
          const below = this.blocks(
            first === undefined || first.type === 'paragraph' ? rest : [first, ...rest],
          );
          if (typeof item.checked === 'boolean')
            return blockOf('checkListItem', { checked: item.checked }, content, below);
          const starts =
            node.ordered === true && at === 0 && typeof node.start === 'number' && node.start !== 1;
          return blockOf(
            node.ordered === true ? 'numberedListItem' : 'bulletListItem',
            starts ? { start: node.start ?? 1 } : {},
            content,
            below,
          );
        });
      case 'blockquote':
        return this.#quote(node.children);
      case 'code':
        return [blockOf('codeBlock', { language: node.lang ?? 'text' }, textRun(node.value, []))];
      case 'math':
        return [blockOf('formula', { tex: node.value })];
      case 'thematicBreak':
        return [blockOf('divider')];
      case 'table': {
        const rows = node.children.map((row, at) =>
          row.children.map(
            (cell): Cell => ({
              header: at === 0,
              colspan: 1,
              rowspan: 1,
              props: {},
              content: this.#line(cell.children),
            }),
          ),
        );
        const headed = rows[0]?.some(({ content }) => content.length > 0) === true;
        return [{ ...blockOf('table'), rows: headed ? rows : rows.slice(1) }];
      }
      case 'footnoteDefinition':
        this.#losses.add('footnote');
        return this.blocks(node.children).map((block, at) =>
          at === 0
            ? { ...block, content: joinedRuns([...textRun(`[${node.identifier}] `, []), ...block.content]) }
            : block,
        );
      case 'html':
        if (!/^<!--[^]*-->$/.test(node.value.trim())) this.#losses.add('html');
        return [];
      case 'definition':
        return [];
      default:
        return this.#paragraph([node as PhrasingContent]);
    }
  }

  #quote(nodes: readonly RootContent[]): Block[] {
    const blocks = this.blocks(nodes);
    const [first] = blocks;
    const said = first?.content[0];
    const [sign, name] =
      said?.type === 'text' ? (/^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\n?/.exec(said.text) ?? []) : [];
    return blocks.map((block, at) => {
      if (block.type !== 'paragraph') return block;
      if (name === undefined || said?.type !== 'text' || sign === undefined)
        return { ...block, type: 'quote' };
      const content =
        at > 0
          ? block.content
          : joinedRuns([{ ...said, text: said.text.slice(sign.length) }, ...block.content.slice(1)]);
      return { ...block, type: 'callout', props: { tone: tones[name] ?? 'info' }, content };
    });
  }

  /** A paragraph; pictures in it are blocks of their own, behind it. */
  #paragraph(nodes: readonly PhrasingContent[]): Block[] {
    const pictures = nodes.flatMap((node) => {
      const url =
        node.type === 'image'
          ? node.url
          : node.type === 'imageReference'
            ? (this.#definitions.get(node.identifier) ?? '')
            : null;
      return url === null || !('alt' in node) ? [] : this.#picture(url, node.alt ?? '');
    });
    const content = this.#line(nodes.filter(({ type }) => type !== 'image' && type !== 'imageReference'));
    if (content.length === 0 && pictures.length > 0) return pictures;
    return [blockOf('paragraph', {}, content), ...pictures];
  }

  /** Nothing is fetched: a picture elsewhere becomes a link to it. */
  #picture(url: string, alt: string): Block[] {
    this.#losses.add('remote-picture');
    const href = safeHref(url);
    return [
      blockOf(
        'paragraph',
        {},
        textRun(alt || url, href === null ? [] : [{ name: 'link', attributes: { href } }]),
      ),
    ];
  }

  #line(nodes: readonly PhrasingContent[]): Inline[] {
    const open: string[] = [];
    return joinedRuns(nodes.flatMap((node) => this.#inline(node, [], open)));
  }

  #inline(node: RootContent, marks: readonly Mark[], open: string[]): Inline[] {
    const below = (more: Mark | null) =>
      'children' in node
        ? node.children.flatMap((child) =>
            this.#inline(child, more === null ? marks : [...marks, more], open),
          )
        : [];
    const named = (name: string): Mark => ({ name, attributes: {} });
    switch (node.type) {
      case 'text':
        return textRun(node.value, [...marks, ...open.map(named)]);
      case 'strong':
        return below(named('bold'));
      case 'emphasis':
        return below(named('italic'));
      case 'delete':
        return below(named('strike'));
      case 'inlineCode':
        return textRun(node.value, [...marks, ...open.map(named), named('code')]);
      case 'break':
        return textRun('\n', [...marks, ...open.map(named)]);
      case 'inlineMath':
        return [{ type: 'thing', name: 'math', props: { tex: node.value }, text: '' }];
      case 'link':
      case 'linkReference': {
        const href = safeHref(
          node.type === 'link' ? node.url : (this.#definitions.get(node.identifier) ?? ''),
        );
        if (href === null) this.#losses.add('link');
        return below(href === null ? null : { name: 'link', attributes: { href } });
      }
      case 'image':
        return this.#picture(node.url, node.alt ?? '').flatMap(({ content }) => content);
      case 'footnoteReference':
        return textRun(`[${node.identifier}]`, marks);
      case 'html':
        return this.#tag(node.value, open);
      default:
        return 'value' in node ? textRun(node.value, marks) : below(null);
    }
  }

  #tag(html: string, open: string[]): Inline[] {
    if (/^<br\s*\/?>$/i.test(html))
      return textRun(
        '\n',
        open.map((name) => ({ name, attributes: {} })),
      );
    const [, closing, tag = ''] = /^<(\/)?([a-z]+)>$/i.exec(html) ?? [];
    const mark = marksOfTags[tag.toLowerCase()];
    if (mark === undefined) {
      if (!html.startsWith('<!--')) this.#losses.add('html');
      return [];
    }
    const at = open.lastIndexOf(mark);
    if (closing === undefined) open.push(mark);
    else if (at !== -1) open.splice(at, 1);
    return [];
  }
}

function textRun(text: string, marks: readonly Mark[]): Inline[] {
  const once = marks.filter((mark, at) => marks.findIndex(({ name }) => name === mark.name) === at);
  return text === '' ? [] : [{ type: 'text', text, marks: sortedMarks(once) }];
}
