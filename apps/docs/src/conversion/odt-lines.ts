import { randomUUID } from 'node:crypto';
import type { Block, Inline, Mark } from '@parvis/document/block';
import { nameOf } from './colours.ts';
import { instantOf } from './docx-parts.ts';
import { blockOf } from './nesting.ts';
import type { OdtStyle } from './odt-styles.ts';
import { type Conversation, joinedRuns, type Losses, type Picture, safeHref, sortedMarks } from './paper.ts';
import { pictureType } from './picture.ts';
import { attributeOf, childOf, childrenOf, descendants, type Element } from './xml.ts';

/** Spaces in a row that one element may stand for. */
const spacesMax = 10_000;

/** The parts of an odt that a reader needs. */
export interface Source {
  readonly content: Element;
  readonly styles: Element | null;
  readonly picture: (path: string) => Uint8Array | undefined;
}
interface Region {
  readonly mark: Mark;
  readonly deleted: Element | null;
}

/** Reads lines; comments and changes that span lines are remembered from one to the next. */
export class OdtLines {
  readonly pictures: Record<string, Picture> = {};
  readonly conversations = new Map<
    string,
    Conversation & { remarks: { author: string; at: string; text: string }[] }
  >();
  readonly #losses: Losses;
  readonly #source: Source;
  readonly #styles: ReadonlyMap<string, OdtStyle>;
  readonly #boxed: (box: Element) => Block[];
  readonly #regions = new Map<string, Region>();
  readonly #comments = new Set<string>();
  #change: Mark | null = null;
  #shown: Block[] = [];

  /** @param boxed reads the blocks of a box of text */
  constructor(
    source: Source,
    styles: ReadonlyMap<string, OdtStyle>,
    losses: Losses,
    boxed: (box: Element) => Block[],
  ) {
    this.#source = source;
    this.#styles = styles;
    this.#losses = losses;
    this.#boxed = boxed;
    for (const region of descendants(source.content, 'changed-region')) {
      const deletion = childOf(region, 'deletion');
      const info = childOf(deletion ?? childOf(region, 'insertion'), 'change-info');
      if (info === undefined) continue;
      const at = Date.parse(instantOf(childOf(info, 'date')?.textContent ?? ''));
      const person = `file:${childOf(info, 'creator')?.textContent ?? ''}`;
      const mark = {
        name: deletion === undefined ? 'insertion' : 'deletion',
        attributes: { id: this.#regions.size + 1, person, at: Number.isNaN(at) ? 0 : at },
      };
      this.#regions.set(attributeOf(region, 'id') ?? '', { mark, deleted: deletion ?? null });
    }
  }

  /** The text of a paragraph, and the pictures and boxes that stood in it. */
  line(paragraph: Element): { content: Inline[]; shown: Block[] } {
    const content = joinedRuns(this.#line(paragraph, []));
    const shown = this.#shown;
    this.#shown = [];
    return { content, shown };
  }

  #line(parent: Element, marks: readonly Mark[]): Inline[] {
    const made: Inline[] = [];
    for (let child = parent.firstChild; child !== null; child = child.nextSibling) {
      if (child.nodeType === 3)
        made.push(...this.#text((child.nodeValue ?? '').replace(/[ \t\r\n]+/g, ' '), marks));
      else if (child.nodeType === 1) made.push(...this.#inline(child as Element, marks));
    }
    return made;
  }

  #text(text: string, marks: readonly Mark[]): Inline[] {
    if (text === '') return [];
    const comments = [...this.#comments].map(
      (threadId): Mark => ({ name: 'comment', attributes: { orphan: false, threadId } }),
    );
    const once = marks.filter((mark, at) => marks.findIndex(({ name }) => name === mark.name) === at);
    return [
      {
        type: 'text',
        text,
        marks: sortedMarks([...once, ...comments, ...(this.#change === null ? [] : [this.#change])]),
      },
    ];
  }

  #inline(element: Element, marks: readonly Mark[]): Inline[] {
    switch (element.localName) {
      case 's':
        return this.#text(
          ' '.repeat(Math.min(spacesMax, Number(attributeOf(element, 'c') ?? 1) || 1)),
          marks,
        );
      case 'tab':
        return this.#text('\t', marks);
      case 'line-break':
        return this.#text('\n', marks);
      case 'span': {
        const style = this.#styles.get(attributeOf(element, 'style-name') ?? '');
        if (style?.base === 'parvismath')
          return [{ type: 'thing', name: 'math', props: { tex: element.textContent ?? '' }, text: '' }];
        return this.#line(element, [...marks, ...marksOf(style)]);
      }
      case 'a': {
        const href = safeHref(attributeOf(element, 'href') ?? '');
        if (href === null) this.#losses.add('link');
        return this.#line(
          element,
          href === null ? marks : [...marks, { name: 'link', attributes: { href } }],
        );
      }
      case 'annotation':
        this.#remark(element);
        return [];
      case 'annotation-end':
        this.#comments.delete(this.#conversationOf(attributeOf(element, 'name') ?? ''));
        return [];
      case 'change-start':
        this.#change = this.#regions.get(attributeOf(element, 'change-id') ?? '')?.mark ?? null;
        return [];
      case 'change-end':
        this.#change = null;
        return [];
      case 'change':
        return this.#deleted(attributeOf(element, 'change-id') ?? '', marks);
      case 'note':
        this.#losses.add('footnote');
        return this.#text(` [${childOf(element, 'note-body')?.textContent?.trim() ?? ''}]`, marks);
      case 'frame':
        this.#frame(element);
        return [];
      case 'bookmark':
      case 'bookmark-start':
      case 'bookmark-end':
      case 'soft-page-break':
        return [];
      default:
        return this.#line(element, marks);
    }
  }

  #deleted(id: string, marks: readonly Mark[]): Inline[] {
    const region = this.#regions.get(id);
    if (!region?.deleted) return [];
    this.#change = region.mark;
    const lines = childrenOf(region.deleted).filter(
      ({ localName }) => localName === 'p' || localName === 'h',
    );
    const made = lines.flatMap((line, at) => [
      ...(at === 0 ? [] : this.#text('\n', marks)),
      ...this.#line(line, marks),
    ]);
    this.#change = null;
    return made;
  }

  readonly #names = new Map<string, string>();
  /** Our own notes say by their names which answer which: `c<conversation>-<remark>`. */
  #conversationOf(name: string): string {
    const key = name.replace(/^(c\d+)-\d+$/, '$1');
    const known = this.#names.get(key) ?? randomUUID();
    if (key !== '') this.#names.set(key, known);
    return known;
  }

  #remark(element: Element): void {
    const id = this.#conversationOf(attributeOf(element, 'name') ?? '');
    const remark = {
      author: childOf(element, 'creator')?.textContent ?? '',
      at: instantOf(childOf(element, 'date')?.textContent ?? ''),
      text: childrenOf(element)
        .filter(({ localName }) => localName === 'p' || localName === 'list')
        .map((line) => line.textContent ?? '')
        .join('\n'),
    };
    const known = this.conversations.get(id);
    if (known === undefined)
      this.conversations.set(id, {
        id,
        resolved: attributeOf(element, 'resolved') === 'true',
        remarks: [remark],
      });
    else known.remarks.push(remark);
    if (attributeOf(element, 'name') !== undefined) this.#comments.add(id);
  }

  #frame(element: Element): void {
    const image = childOf(element, 'image');
    const bytes = image && this.#source.picture((attributeOf(image, 'href') ?? '').replace(/^\.\//, ''));
    const type = bytes && pictureType(bytes);
    if (bytes && type) {
      const url = `picture:${Object.keys(this.pictures).length + 1}`;
      this.pictures[url] = { bytes, mediaType: type };
      this.#shown.push(blockOf('image', { url, name: attributeOf(element, 'name') ?? '', caption: '' }));
      return;
    }
    const box = childOf(element, 'text-box');
    if (box !== undefined) this.#shown.push(...this.#boxed(box));
    this.#losses.add(
      image === undefined ? (box === undefined ? 'drawing' : 'text-box') : 'picture-unreadable',
    );
  }
}

function marksOf(style: OdtStyle | undefined): Mark[] {
  if (style === undefined) return [];
  const colour = style.colour === undefined ? null : nameOf(style.colour, false);
  const ground = style.ground === undefined ? null : nameOf(style.ground, true);
  return [
    ...style.marks.map((name) => ({ name, attributes: {} })),
    ...(colour === null ? [] : [{ name: 'textColor', attributes: { stringValue: colour } }]),
    ...(ground === null ? [] : [{ name: 'backgroundColor', attributes: { stringValue: ground } }]),
  ];
}
