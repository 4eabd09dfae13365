import { randomUUID } from 'node:crypto';
import type { Block, Cell, Inline, Mark, Values } from '@parvis/document/block';
import { nameOf } from './colours.ts';
import { instantOf } from './docx-parts.ts';
import { blockOf } from './nesting.ts';
import { listsOf, type OdtStyle, stylesOf } from './odt-styles.ts';
import {
  BadFile,
  type Conversation,
  directionProps,
  type Found,
  joinedRuns,
  Losses,
  type Picture,
  safeHref,
  sortedMarks,
} from './paper.ts';
import { pictureType } from './picture.ts';
import { attributeOf, childOf, childrenOf, descendants, downTo, type Element, parseXml } from './xml.ts';
import { unzip } from './zip.ts';

const spansMax = 200;
const spacesMax = 10_000;

/** Reads an odt of LibreOffice's or of ours. @throws BadFile */
export async function readOdt(bytes: Uint8Array): Promise<Found> {
  const losses = new Losses();
  const parts = await unzip(bytes, (path) => {
    if (path.startsWith('Basic/') || path.startsWith('Scripts/')) losses.counts.macros = 1;
    return /^(mimetype|content\.xml|styles\.xml|meta\.xml|META-INF\/manifest\.xml|Pictures\/[^/]+)$/.test(
      path,
    );
  });
  const root = (path: string) => {
    const part = parts.get(path);
    return part === undefined ? null : parseXml(part).documentElement;
  };
  if (Buffer.from(parts.get('META-INF/manifest.xml') ?? '').includes('encryption-data'))
    throw new BadFile('file-encrypted');
  const content = root('content.xml');
  const text = downTo(content, 'body', 'text');
  if (content === null || text === undefined) throw new BadFile('file-damaged');
  const reader = new OdtReader(
    { content, styles: root('styles.xml'), picture: (path) => parts.get(path) },
    losses,
  );
  const blocks = reader.blocks(text);
  const title = reader.title || (downTo(root('meta.xml'), 'meta', 'title')?.textContent?.trim() ?? '');
  return {
    title,
    blocks,
    conversations: [...reader.conversations.values()],
    pictures: reader.pictures,
    lost: losses.counts,
  };
}

interface Source {
  readonly content: Element;
  readonly styles: Element | null;
  readonly picture: (path: string) => Uint8Array | undefined;
}
interface Region {
  readonly mark: Mark;
  readonly deleted: Element | null;
}

class OdtReader {
  title = '';
  readonly pictures: Record<string, Picture> = {};
  readonly conversations = new Map<
    string,
    Conversation & { remarks: { author: string; at: string; text: string }[] }
  >();
  readonly #losses: Losses;
  readonly #source: Source;
  readonly #styles: ReadonlyMap<string, OdtStyle>;
  readonly #lists: (name: string, level: number) => string;
  readonly #regions = new Map<string, Region>();
  readonly #comments = new Set<string>();
  #change: Mark | null = null;
  #shown: Block[] = [];

  constructor(source: Source, losses: Losses) {
    this.#source = source;
    this.#losses = losses;
    this.#styles = stylesOf(source.styles, source.content);
    this.#lists = listsOf(source.styles, source.content);
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

  blocks(parent: Element): Block[] {
    return childrenOf(parent).flatMap((child) => this.#block(child));
  }

  #block(element: Element): Block[] {
    switch (element.localName) {
      case 'h':
      case 'p':
        return this.#paragraph(element);
      case 'list':
        return this.#list(element, attributeOf(element, 'style-name') ?? '', 1);
      case 'table':
        return this.#table(element);
      case 'tracked-changes':
      case 'sequence-decls':
      case 'forms':
      case 'variable-decls':
      case 'user-field-decls':
        return [];
      default:
        return this.blocks(element);
    }
  }

  #paragraph(element: Element): Block[] {
    const style = this.#styles.get(attributeOf(element, 'style-name') ?? '');
    const content = joinedRuns(this.#line(element, []));
    const shown = this.#shown;
    this.#shown = [];
    const base = style?.base ?? '';
    if (base === 'title' && this.title === '' && content.length > 0) {
      this.title = content.map((one) => (one.type === 'text' ? one.text : '')).join('');
      return [];
    }
    const [only] = content;
    if (content.length === 0 && shown.length > 0) return shown;
    if (base === 'horizontal line') return [blockOf('divider')];
    if (base === 'formula' && content.length === 1 && only?.type === 'thing')
      return [blockOf('formula', only.props)];
    const [type, props] = this.#kindOf(element, base);
    const code = content.map((one) =>
      one.type === 'text' ? { ...one, marks: one.marks.filter(({ name }) => name !== 'code') } : one,
    );
    const all: Values =
      type === 'codeBlock'
        ? props
        : {
            ...props,
            ...directionProps(style?.rtl === true, content),
            ...(style?.align === undefined ? {} : { textAlignment: style.align }),
          };
    return [blockOf(type, all, type === 'codeBlock' ? joinedRuns(code) : content), ...shown];
  }

  #kindOf(element: Element, base: string): [string, Values] {
    if (element.localName === 'h')
      return [
        'heading',
        { level: Math.min(6, Math.max(1, Number(attributeOf(element, 'outline-level') ?? 1) || 1)) },
      ];
    const tone = /^callout (info|success|warning|danger)$/.exec(base)?.[1];
    if (tone !== undefined) return ['callout', { tone }];
    if (base === 'quotations') return ['quote', {}];
    if (base === 'preformatted text') return ['codeBlock', { language: 'text' }];
    return ['paragraph', {}];
  }

  #list(element: Element, styleName: string, level: number): Block[] {
    return childrenOf(element).flatMap((item) => {
      const all = childrenOf(item).flatMap((child) =>
        child.localName === 'list'
          ? this.#list(child, attributeOf(child, 'style-name') ?? styleName, level + 1)
          : this.#block(child),
      );
      const [first, ...rest] = all;
      if (first === undefined) return [];
      const holds = childOf(item, 'p') === childrenOf(item)[0] && first.type === 'paragraph';
      if (!holds)
        return childrenOf(item)[0]?.localName === 'list'
          ? all
          : [blockOf(this.#lists(styleName, level), {}, [], all)];
      const [run, ...others] = first.content;
      const box = run?.type === 'text' ? /^[☐☑☒] ?/.exec(run.text)?.[0] : undefined;
      if (run?.type === 'text' && box !== undefined)
        return [
          {
            ...first,
            type: 'checkListItem',
            props: { ...first.props, checked: !box.startsWith('☐') },
            content: joinedRuns([{ ...run, text: run.text.slice(box.length) }, ...others]),
            children: rest,
          },
        ];
      return [{ ...first, type: this.#lists(styleName, level), children: rest }];
    });
  }

  #table(element: Element): Block[] {
    const after: Block[] = [];
    const rows = rowsOf(element, false).map(({ row, head }) =>
      childrenOf(row)
        .filter(({ localName }) => localName === 'table-cell')
        .map((cell): Cell => {
          const lines = this.blocks(cell).flatMap((block) => {
            if (block.type === 'image') after.push(block);
            if (block.rows !== undefined) this.#losses.add('table-in-table');
            return block.type === 'image'
              ? []
              : [
                  block.rows === undefined
                    ? block.content
                    : block.rows.flat().flatMap(({ content }) => content),
                ];
          });
          const span = (name: string) =>
            Math.min(spansMax, Math.max(1, Number(attributeOf(cell, name) ?? 1) || 1));
          const header = head || attributeOf(cell, 'style-name') === 'CellHead';
          const content = lines.flatMap((line, at): Inline[] =>
            at === 0 ? [...line] : [{ type: 'text', text: '\n', marks: [] }, ...line],
          );
          return {
            header,
            colspan: span('number-columns-spanned'),
            rowspan: span('number-rows-spanned'),
            props: {},
            content: joinedRuns(content),
          };
        }),
    );
    return [{ ...blockOf('table'), rows: rows.filter((row) => row.length > 0) }, ...after];
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
    if (box !== undefined) this.#shown.push(...this.blocks(box));
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

function rowsOf(element: Element, head: boolean): { row: Element; head: boolean }[] {
  return childrenOf(element).flatMap((child) => {
    if (child.localName === 'table-row') return [{ row: child, head }];
    if (child.localName === 'table-header-rows') return rowsOf(child, true);
    return child.localName === 'table-rows' || child.localName === 'table-row-group'
      ? rowsOf(child, head)
      : [];
  });
}
