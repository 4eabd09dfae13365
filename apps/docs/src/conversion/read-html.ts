import { importBlocksSizeMax } from '@parvis/contract/limits';
import type { Block, Cell, Values } from '@parvis/document/block';
import { type DefaultTreeAdapterTypes as Tree, parse } from 'parse5';
import { blocksOfTags, dropped, HtmlLines } from './html-lines.ts';
import {
  attribute,
  data,
  depthMax,
  directed,
  type Element,
  elementsOf,
  find,
  findAll,
  isElement,
  rowsOf,
  spanOf,
  textIn,
  trimmed,
  trimmedEnd,
} from './html-tree.ts';
import { blockOf } from './nesting.ts';
import { BadFile, type Found, Losses } from './paper.ts';
import { textOfFile } from './read-markdown.ts';

/** Reads HTML as a browser would see it, and runs, styles and fetches nothing. @throws BadFile */
export function readHtml(bytes: Uint8Array): Found {
  const losses = new Losses();
  const document = parse(textOfFile(bytes));
  const reader = new HtmlReader(losses);
  const html = elementsOf(document).find(({ tagName }) => tagName === 'html');
  const title = html === undefined ? '' : textIn(find(html, 'title')).trim();
  const body = html === undefined ? undefined : elementsOf(html).find(({ tagName }) => tagName === 'body');
  const all = body === undefined ? [] : reader.blocks(body, 0);
  const [first] = all;
  const repeated =
    first?.type === 'heading' &&
    first.content.map((one) => (one.type === 'text' ? one.text : '')).join('') === title &&
    title !== '';
  const blocks = repeated ? all.slice(1) : all;
  return { title, blocks, conversations: [], pictures: reader.lines.pictures, lost: losses.counts };
}

class HtmlReader {
  readonly lines: HtmlLines;
  readonly #losses: Losses;
  #blocks = 0;

  constructor(losses: Losses) {
    this.#losses = losses;
    this.lines = new HtmlLines(losses);
  }

  /** The blocks of an element; text between them becomes paragraphs. */
  blocks(parent: Element, depth: number): Block[] {
    const made: Block[] = [];
    let line: Tree.ChildNode[] = [];
    const flush = () => {
      made.push(...this.#lineBlocks(line, parent));
      line = [];
    };
    for (const node of parent.childNodes) {
      if (isElement(node) && this.#isBlock(node, depth)) {
        flush();
        made.push(...this.#block(node, depth + 1));
      } else line.push(node);
    }
    flush();
    this.#blocks += made.length;
    if (this.#blocks > importBlocksSizeMax) throw new BadFile('file-too-long');
    return made;
  }

  #isBlock(node: Element, depth: number): boolean {
    if (depth > depthMax) return false;
    return (
      blocksOfTags.has(node.tagName) ||
      node.tagName === 'img' ||
      (!dropped.has(node.tagName) && elementsOf(node).some((child) => this.#isBlock(child, depth + 1)))
    );
  }

  #lineBlocks(nodes: readonly Tree.ChildNode[], parent: Element): Block[] {
    const content = trimmed(this.lines.line(nodes, []));
    return content.length === 0 ? [] : [blockOf('paragraph', directed(parent, content), content)];
  }

  #block(node: Element, depth: number): Block[] {
    const own = this.#own(node);
    if (own !== null) return own;
    const { tagName } = node;
    switch (tagName) {
      case 'h1':
      case 'h2':
      case 'h3':
      case 'h4':
      case 'h5':
      case 'h6': {
        const content = trimmed(this.lines.line(node.childNodes, []));
        const toggle: Values = data(node, 'parvis') === 'toggle' ? { isToggleable: true } : {};
        return [
          blockOf('heading', { level: Number(tagName[1]), ...toggle, ...directed(node, content) }, content),
        ];
      }
      case 'p': {
        const content = trimmed(this.lines.line(node.childNodes, []), data(node, 'parvis') !== undefined);
        return [blockOf('paragraph', directed(node, content), content), ...this.#picturesIn(node)];
      }
      case 'ul':
      case 'ol':
        return this.#list(node, tagName === 'ol', depth);
      case 'blockquote':
        return this.blocks(node, depth).map((block) =>
          block.type === 'paragraph' ? { ...block, type: 'quote' } : block,
        );
      case 'pre': {
        const words = textIn(node).replace(/\n$/, '');
        const language =
          data(node, 'language') ??
          /language-([\w+#-]+)/.exec(attribute(find(node, 'code'), 'class') ?? '')?.[1] ??
          'text';
        return [
          blockOf('codeBlock', { language }, words === '' ? [] : [{ type: 'text', text: words, marks: [] }]),
        ];
      }
      case 'hr':
        return [blockOf('divider')];
      case 'table':
        return [this.#table(node)];
      case 'img':
        return this.lines.picture(node, '');
      case 'figure':
        return this.#figure(node, depth);
      default: {
        const blocks = this.blocks(node, depth);
        if (attribute(node, 'class') !== 'nested') return blocks;
        return blocks;
      }
    }
  }

  /** What we wrote ourselves says what it is. */
  #own(node: Element): Block[] | null {
    const props = (...names: string[]): Values =>
      Object.fromEntries(names.map((name) => [name, data(node, name) ?? '']));
    switch (data(node, 'parvis')) {
      case 'callout': {
        const content = trimmed(
          this.lines.line(
            node.childNodes.filter((child) => !isElement(child) || attribute(child, 'class') !== 'tone'),
            [],
          ),
        );
        return [blockOf('callout', { ...props('tone'), ...directed(node, content) }, content)];
      }
      case 'formula':
        return [blockOf('formula', props('tex'))];
      case 'embed':
        return [blockOf('embed', { ...props('kind', 'ref'), messageSeq: Number(data(node, 'seq')) || 0 })];
      case 'toc':
        return [blockOf('toc')];
      case 'comments':
        this.#losses.add('comments');
        return [];
      case 'columns':
        return [
          blockOf(
            'columnList',
            {},
            [],
            elementsOf(node).map((column) => blockOf('column', { width: 1 }, [], this.blocks(column, 0))),
          ),
        ];
      default:
        return null;
    }
  }

  #figure(node: Element, depth: number): Block[] {
    const kind = data(node, 'parvis') ?? 'image';
    const caption = textIn(find(node, 'figcaption')).trim();
    const image = find(node, 'img');
    if (image !== undefined) return this.lines.picture(image, caption, data(node, 'name'));
    const url = data(node, 'url') ?? '';
    if (/^(file|video|audio|image)$/.test(kind) && /^\/api\/drive\/files\/[0-9a-f-]{36}\/content/.test(url))
      return [blockOf(kind, { url, name: data(node, 'name') ?? '', caption })];
    return this.blocks(node, depth);
  }

  #picturesIn(node: Element): Block[] {
    return findAll(node, 'img').flatMap((image) => this.lines.picture(image, ''));
  }

  #list(node: Element, ordered: boolean, depth: number): Block[] {
    return elementsOf(node).flatMap((item, at) => {
      if (item.tagName === 'ul' || item.tagName === 'ol')
        return this.#list(item, item.tagName === 'ol', depth + 1);
      const box = item.childNodes.find(
        (child): child is Element => isElement(child) && data(child, 'checked') !== undefined,
      );
      const rest = {
        ...item,
        childNodes: item.childNodes.filter(
          (child) => child !== box && !(isElement(child) && attribute(child, 'class') === 'due'),
        ),
      };
      const [first, ...below] = this.blocks(rest, depth + 1);
      const holds = first?.type === 'paragraph';
      const content = holds ? first.content : [];
      const children = first === undefined ? [] : holds ? below : [first, ...below];
      const props = directed(item, content);
      const kind = data(item, 'parvis');
      if (kind === 'task')
        return [
          blockOf(
            'task',
            {
              ...props,
              checked: data(box, 'checked') === 'true',
              assignee: data(item, 'assignee') ?? '',
              due: data(item, 'due') ?? '',
            },
            trimmedEnd(content),
            children,
          ),
        ];
      if (box !== undefined)
        return [
          blockOf('checkListItem', { ...props, checked: data(box, 'checked') === 'true' }, content, children),
        ];
      if (kind === 'toggle') return [blockOf('toggleListItem', props, content, children)];
      const start = Number(attribute(node, 'start') ?? 1);
      const starts: Values = ordered && at === 0 && Number.isInteger(start) && start > 1 ? { start } : {};
      return [
        blockOf(ordered ? 'numberedListItem' : 'bulletListItem', { ...props, ...starts }, content, children),
      ];
    });
  }

  #table(node: Element): Block {
    const rows = rowsOf(node).map((row) =>
      elementsOf(row)
        .filter(({ tagName }) => tagName === 'td' || tagName === 'th')
        .map(
          (cell): Cell => ({
            header: cell.tagName === 'th',
            colspan: spanOf(cell, 'colspan'),
            rowspan: spanOf(cell, 'rowspan'),
            props: {},
            content: trimmed(this.lines.line(cell.childNodes, [])),
          }),
        ),
    );
    return { ...blockOf('table'), rows: rows.filter((row) => row.length > 0) };
  }
}
