import type { Block, Cell, Inline, Values } from '@parvis/document/block';
import { blockOf } from './nesting.ts';
import { OdtLines, type Source } from './odt-lines.ts';
import { listsOf, type OdtStyle, stylesOf } from './odt-styles.ts';
import { BadFile, directionProps, type Found, joinedRuns, Losses } from './paper.ts';
import { attributeOf, childOf, childrenOf, downTo, type Element, parseXml } from './xml.ts';
import { unzip } from './zip.ts';

const spansMax = 200;

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
    conversations: [...reader.lines.conversations.values()],
    pictures: reader.lines.pictures,
    lost: losses.counts,
  };
}

class OdtReader {
  title = '';
  readonly lines: OdtLines;
  readonly #losses: Losses;
  readonly #styles: ReadonlyMap<string, OdtStyle>;
  readonly #lists: (name: string, level: number) => string;

  constructor(source: Source, losses: Losses) {
    this.#losses = losses;
    this.#styles = stylesOf(source.styles, source.content);
    this.#lists = listsOf(source.styles, source.content);
    this.lines = new OdtLines(source, this.#styles, losses, (box) => this.blocks(box));
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
    const { content, shown } = this.lines.line(element);
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
