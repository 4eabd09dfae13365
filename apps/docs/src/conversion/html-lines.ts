import { pictureBytesMax, picturesBytesMax } from '@parvis/contract/limits';
import type { Block, Inline, Mark } from '@parvis/document/block';
import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import {
  attribute,
  changeOf,
  data,
  depthMax,
  type Element,
  isElement,
  styledMarks,
  textIn,
  textRun,
} from './html-tree.ts';
import { blockOf } from './nesting.ts';
import { type Losses, type Picture, safeHref } from './paper.ts';
import { pictureType } from './picture.ts';

/** Elements of which nothing is kept. */
export const dropped = new Set([
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
export const blocksOfTags = new Set([
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

/** Reads what stands in lines: text with its marks, and pictures. */
export class HtmlLines {
  readonly pictures: Record<string, Picture> = {};
  readonly #losses: Losses;
  #pictureBytes = 0;

  constructor(losses: Losses) {
    this.#losses = losses;
  }

  /** A picture within the page becomes a block; one elsewhere, which is not fetched, a link to it. */
  picture(image: Element, caption: string, name = attribute(image, 'alt') ?? ''): Block[] {
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

  line(nodes: readonly Tree.ChildNode[], marks: readonly Mark[], depth = 0): Inline[] {
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
    const inner = this.line(node.childNodes, [...marks, ...this.#marksOf(node)], depth);
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
