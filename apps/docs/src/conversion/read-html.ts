import { importBlocksMax, pictureBytesMax, picturesBytesMax } from '@parvis/contract/limits';
import type { Block, Cell, Inline, Mark, Values } from '@parvis/document/block';
import { type DefaultTreeAdapterTypes as Tree, parse } from 'parse5';
import {
  attribute,
  changeOf,
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
  styledMarks,
  textIn,
  textRun,
  trimmed,
  trimmedEnd,
} from './html-tree.ts';
import { blockOf } from './nesting.ts';
import { BadFile, type Found, joinedRuns, Losses, type Picture, safeHref } from './paper.ts';
import { pictureType } from './picture.ts';
import { textOfFile } from './read-markdown.ts';

const dropped = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'iframe',
  'object',
  'embed',
  'applet',
  'frame',
  'frameset',
  'link',
  'meta',
  'base',
  'head',
  'form',
  'input',
  'button',
  'select',
  'textarea',
  'canvas',
  'audio',
  'video',
  'svg',
]);
const quietlyDropped = new Set(['style', 'meta', 'link', 'head', 'base', 'template']);
const blocksOfTags = new Set([
  'p',
  'div',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul',
  'ol',
  'li',
  'blockquote',
  'pre',
  'table',
  'hr',
  'section',
  'article',
  'main',
  'header',
  'footer',
  'nav',
  'aside',
  'figure',
  'figcaption',
  'dl',
  'dt',
  'dd',
  'address',
  'details',
  'summary',
  'body',
  'html',
  'center',
]);
const marksOfTags: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  cite: 'italic',
  u: 'underline',
  s: 'strike',
  strike: 'strike',
  code: 'code',
  kbd: 'code',
  samp: 'code',
  tt: 'code',
};

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
  return { title, blocks, conversations: [], pictures: reader.pictures, lost: losses.counts };
}

class HtmlReader {
  readonly pictures: Record<string, Picture> = {};
  readonly #losses: Losses;
  #pictureBytes = 0;
  #blocks = 0;

  constructor(losses: Losses) {
    this.#losses = losses;
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
    if (this.#blocks > importBlocksMax) throw new BadFile('file-too-long');
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
    const content = trimmed(this.#line(nodes, []));
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
        const content = trimmed(this.#line(node.childNodes, []));
        const toggle: Values = data(node, 'parvis') === 'toggle' ? { isToggleable: true } : {};
        return [
          blockOf('heading', { level: Number(tagName[1]), ...toggle, ...directed(node, content) }, content),
        ];
      }
      case 'p': {
        const content = trimmed(this.#line(node.childNodes, []), data(node, 'parvis') !== undefined);
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
        return this.#picture(node, '');
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
          this.#line(
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
    if (image !== undefined) return this.#picture(image, caption, data(node, 'name'));
    const url = data(node, 'url') ?? '';
    if (/^(file|video|audio|image)$/.test(kind) && /^\/api\/drive\/files\/[0-9a-f-]{36}\/content/.test(url))
      return [blockOf(kind, { url, name: data(node, 'name') ?? '', caption })];
    return this.blocks(node, depth);
  }

  #picturesIn(node: Element): Block[] {
    return findAll(node, 'img').flatMap((image) => this.#picture(image, ''));
  }

  #picture(image: Element, caption: string, name = attribute(image, 'alt') ?? ''): Block[] {
    const src = attribute(image, 'src') ?? '';
    const inside = /^data:image\/[\w.+-]+;base64,([A-Za-z0-9+/=\s]+)$/.exec(src)?.[1];
    if (inside === undefined) {
      this.#losses.add(src.startsWith('data:') ? 'picture-unreadable' : 'remote-picture');
      const href = safeHref(src);
      const words = name || (href ?? '');
      return words === ''
        ? []
        : [
            blockOf('paragraph', {}, [
              {
                type: 'text',
                text: words,
                marks: href === null ? [] : [{ name: 'link', attributes: { href } }],
              },
            ]),
          ];
    }
    const bytes = Buffer.from(inside, 'base64');
    const type = pictureType(bytes);
    this.#pictureBytes += bytes.length;
    if (type === null || bytes.length > pictureBytesMax || this.#pictureBytes > picturesBytesMax) {
      this.#losses.add('picture-unreadable');
      return [];
    }
    const url = `picture:${Object.keys(this.pictures).length + 1}`;
    this.pictures[url] = { bytes, mediaType: type };
    return [blockOf('image', { url, name, caption })];
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
            content: trimmed(this.#line(cell.childNodes, [])),
          }),
        ),
    );
    return { ...blockOf('table'), rows: rows.filter((row) => row.length > 0) };
  }

  #line(nodes: readonly Tree.ChildNode[], marks: readonly Mark[], depth = 0): Inline[] {
    const last = nodes.findLast(isElement);
    return nodes.flatMap((node): Inline[] => {
      if (node.nodeName === '#text') return textRun((node as Tree.TextNode).value, marks);
      return isElement(node) ? this.#inline(node, marks, depth + 1, node === last) : [];
    });
  }

  #inline(node: Element, marks: readonly Mark[], depth: number, isLast: boolean): Inline[] {
    const { tagName } = node;
    if (dropped.has(tagName)) {
      if (!quietlyDropped.has(tagName)) this.#losses.add(tagName === 'script' ? 'script' : 'html');
      return [];
    }
    if (depth > depthMax) return textRun(textIn(node), marks);
    if (tagName === 'br') return textRun('\n', marks);
    if (tagName === 'img') return [];
    const kind = data(node, 'parvis');
    if (kind === 'math')
      return [{ type: 'thing', name: 'math', props: { tex: data(node, 'tex') ?? '' }, text: '' }];
    if (kind === 'mention')
      return [
        {
          type: 'thing',
          name: 'mention',
          props: { kind: data(node, 'kind') ?? 'person', ref: data(node, 'ref') ?? '', label: textIn(node) },
          text: '',
        },
      ];
    const inner = this.#line(node.childNodes, [...marks, ...this.#marksOf(node)], depth);
    // Lines within lines, as in a cell with paragraphs.
    return blocksOfTags.has(tagName) && inner.length > 0 && !isLast
      ? [...inner, ...textRun('\n', [])]
      : inner;
  }

  #marksOf(node: Element): Mark[] {
    const plain = marksOfTags[node.tagName];
    if (plain !== undefined) return [{ name: plain, attributes: {} }];
    if (node.tagName === 'a') {
      const href = safeHref(attribute(node, 'href') ?? '');
      if (href === null && attribute(node, 'href') !== undefined) this.#losses.add('link');
      return href === null ? [] : [{ name: 'link', attributes: { href } }];
    }
    if (node.tagName === 'ins' || node.tagName === 'del') return [changeOf(node)];
    return styledMarks(node);
  }
}
