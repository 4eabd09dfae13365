import type { Block, Cell, Inline, Values } from '@parvis/document/block';
import { DocxLines, type LineFound } from './docx-lines.ts';
import { joinedCode, linkedBlock, plain, retold } from './docx-own.ts';
import { type DocxParts, openDocx, type Style, textOf } from './docx-parts.ts';
import { blockOf, type Leveled, nested } from './nesting.ts';
import { directionProps, type Found, joinedRuns, Losses } from './paper.ts';
import { attributeOf, childOf, childrenOf, descendants, type Element, isOn, valueOf } from './xml.ts';

const levelTwips = 720;
const spansMax = 200;
const tones: ReadonlySet<string> = new Set(['info', 'success', 'warning', 'danger']);

/** Reads a docx of Word's, of LibreOffice's or of ours. @throws BadFile */
export async function readDocx(bytes: Uint8Array): Promise<Found> {
  const parts = await openDocx(bytes);
  const losses = new Losses();
  if (parts.hasMacros) losses.add('macros');
  if (parts.hasHeaders) losses.add('header-footer');
  const reader = new DocxReader(parts, losses);
  return reader.found();
}

class DocxReader {
  readonly #parts: DocxParts;
  readonly #losses: Losses;
  readonly #lines: DocxLines;
  #title = '';

  constructor(parts: DocxParts, losses: Losses) {
    this.#parts = parts;
    this.#losses = losses;
    this.#lines = new DocxLines(parts, losses);
  }

  found(): Found {
    const items = this.#items(this.#parts.body);
    const notes = this.#lines.notes.flatMap((note, at) => [
      {
        level: 0,
        block: blockOf('paragraph', {}, [
          { type: 'text', text: `[${at + 1}] ${textOf(note).trim()}`, marks: [] },
        ]),
      },
    ]);
    return {
      title: this.#title || this.#parts.title,
      blocks: nested([...joinedCode(items), ...notes]),
      conversations: this.#parts.conversations,
      pictures: this.#lines.pictures,
      lost: this.#losses.counts,
    };
  }

  #items(parent: Element): Leveled[] {
    return childrenOf(parent).flatMap((child) => this.#item(child));
  }

  #item(element: Element): Leveled[] {
    switch (element.localName) {
      case 'p':
        return this.#paragraph(element);
      case 'tbl':
        return this.#table(element);
      case 'sdt':
        return this.#control(element);
      case 'sectPr':
      case 'bookmarkStart':
      case 'bookmarkEnd':
      case 'proofErr':
        return [];
      case 'altChunk':
        this.#losses.add('embedded-file');
        return [];
      default:
        return this.#items(element);
    }
  }

  #paragraph(element: Element): Leveled[] {
    const pPr = childOf(element, 'pPr');
    const style = this.#parts.styles.get(valueOf(pPr, 'pStyle') ?? '');
    if (isOn(childOf(pPr, 'rPr'), 'ins') || isOn(childOf(pPr, 'rPr'), 'del'))
      this.#losses.add('paragraph-change');
    if (descendants(element, 'rPrChange').length + descendants(element, 'pPrChange').length > 0)
      this.#losses.add('format-change');
    const line = this.#lines.line(element);
    const content = joinedRuns(line.content);
    if (style?.name === 'title' && this.#title === '' && content.length > 0) {
      this.#title = textOf(element).replace(/\s+/g, ' ').trim();
      return [];
    }
    const { level, type, props } = this.#kindOf(pPr, style, line);
    const linked = linkedBlock(style?.name ?? '', content);
    if (linked !== null) return [{ level: 0, block: linked }];
    const shown = line.pictures.map((block) => ({ level, block }));
    if (content.length === 0 && shown.length > 0 && type === 'paragraph') return shown;
    const [only] = content;
    if (
      type === 'paragraph' &&
      content.length === 1 &&
      only?.type === 'thing' &&
      only.name === 'math' &&
      (descendants(element, 'oMathPara').length > 0 || style?.name === 'formula')
    )
      return [{ level, block: blockOf('formula', { tex: only.props.tex ?? '' }) }];
    const all: Values =
      type === 'divider' || type === 'codeBlock'
        ? props
        : { ...props, ...directionProps(isOn(pPr, 'bidi'), content), ...alignOf(pPr) };
    const plain = type === 'codeBlock' ? content.map(unmarked) : content;
    return [{ level, block: blockOf(type, all, type === 'divider' ? [] : joinedRuns(plain)) }, ...shown];
  }

  #kindOf(
    pPr: Element | undefined,
    style: Style | undefined,
    line: LineFound,
  ): { level: number; type: string; props: Values } {
    const left = Number(
      attributeOf(childOf(pPr, 'ind'), 'left') ?? attributeOf(childOf(pPr, 'ind'), 'start') ?? 0,
    );
    const own = this.#parts.own ? Math.max(0, Math.round(left / levelTwips)) : 0;
    const name = style?.name ?? '';
    const numPr = childOf(pPr, 'numPr');
    const numId = valueOf(numPr, 'numId') ?? style?.numId;
    const listed = numId !== undefined && numId !== '0';
    const level = listed
      ? Math.min(8, Math.max(0, Number(valueOf(numPr, 'ilvl') ?? style?.level ?? 0) || 0))
      : own;
    if (style?.heading !== null && style?.heading !== undefined)
      return { level: listed ? 0 : own, type: 'heading', props: { level: Math.min(6, style.heading) } };
    if (line.checked !== null)
      return {
        level: listed ? level : Math.max(0, own - 1),
        type: 'checkListItem',
        props: { checked: line.checked },
      };
    if (listed) {
      const format = this.#parts.formatOf(numId, level);
      if (format === 'none') return { level, type: 'paragraph', props: {} };
      return {
        level,
        type: format === 'bullet' || format === undefined ? 'bulletListItem' : 'numberedListItem',
        props: {},
      };
    }
    if (/^(intense )?quote$|^citation/.test(name)) return { level, type: 'quote', props: {} };
    if (/code block|html preformatted|source code|preformatted text|^code$/.test(name))
      return { level, type: 'codeBlock', props: {} };
    const [, carried, detail = ''] = /^(callout|codeblock)-(.*)$/.exec(name) ?? [];
    if (carried === 'codeblock') return { level, type: 'codeBlock', props: { language: detail } };
    if (carried === 'callout')
      return { level, type: 'callout', props: { tone: tones.has(detail) ? detail : 'info' } };
    const ruled =
      name === 'divider' ||
      (line.content.length === 0 &&
        line.pictures.length === 0 &&
        childOf(childOf(pPr, 'pBdr'), 'bottom') !== undefined);
    return { level, type: ruled ? 'divider' : 'paragraph', props: {} };
  }

  /** Controls that we named say what their paragraphs are; all others are only a frame around text. */
  #control(element: Element): Leveled[] {
    const pr = childOf(element, 'sdtPr');
    const inner = childOf(element, 'sdtContent');
    if (inner === undefined) return [];
    const [sign, kind = '', ...rest] = (valueOf(pr, 'tag') ?? '').split(':');
    if (sign !== 'parvis' || kind === 'table') return this.#items(inner);
    if (kind === 'toc') return [{ level: 0, block: blockOf('toc') }];
    if (kind === 'columns') return [{ level: 0, block: this.#columns(inner) }];
    if (kind === 'image') return this.#image(inner);
    return this.#items(inner).map(({ level, block }) => ({ level, block: retold(block, kind, rest) }));
  }

  /** A picture with the line below it. */
  #image(inner: Element): Leveled[] {
    const [first, second, ...more] = this.#items(inner);
    if (first?.block.type !== 'image' || more.length > 0) return this.#items(inner);
    const caption = second === undefined ? '' : plain(second.block.content);
    return [{ level: first.level, block: { ...first.block, props: { ...first.block.props, caption } } }];
  }

  #columns(inner: Element): Block {
    const cells = descendants(inner, 'tc').filter(
      (cell) => cell.parentNode?.parentNode?.parentNode === inner,
    );
    const columns = cells.map((cell) => {
      const items = this.#items(cell);
      const last = items.at(-1)?.block;
      const trailing =
        items.length > 1 &&
        items.at(-2)?.block.type === 'table' &&
        last?.type === 'paragraph' &&
        last.content.length === 0;
      return blockOf('column', { width: 1 }, [], nested(trailing ? items.slice(0, -1) : items));
    });
    return blockOf('columnList', {}, [], columns);
  }

  #table(element: Element): Leveled[] {
    const after: Leveled[] = [];
    const pr = childOf(element, 'tblPr');
    const firstColumn = this.#parts.own && attributeOf(childOf(pr, 'tblLook'), 'firstColumn') === '1';
    const open = new Map<number, { rowspan: number }>();
    const rows = within(element, 'tr').map((row) => {
      const head = isOn(childOf(row, 'trPr'), 'tblHeader');
      const cells: Cell[] = [];
      let column = 0;
      for (const cell of within(row, 'tc')) {
        const tcPr = childOf(cell, 'tcPr');
        const colspan = spanOf(valueOf(tcPr, 'gridSpan'));
        const merge = childOf(tcPr, 'vMerge');
        const above = open.get(column);
        if (merge !== undefined && attributeOf(merge, 'val') !== 'restart' && above !== undefined)
          above.rowspan += 1;
        else {
          const made = {
            header: head || (firstColumn && column === 0),
            colspan,
            rowspan: 1,
            props: {},
            content: this.#cellLine(cell, after),
          };
          cells.push(made);
          if (merge === undefined) open.delete(column);
          else open.set(column, made);
        }
        column += colspan;
      }
      return cells;
    });
    const level = this.#parts.own
      ? Math.round(Number(attributeOf(childOf(pr, 'tblInd'), 'w') ?? 0) / levelTwips)
      : 0;
    const filled = rows.filter((row) => row.length > 0);
    const table = { level, block: { ...blockOf('table'), rows: filled } };
    return [...(filled.length === 0 ? [] : [table]), ...after];
  }

  /** A cell holds one line here: paragraphs are joined, and what is no text stands behind the table. */
  #cellLine(cell: Element, after: Leveled[]): Inline[] {
    const lines: Inline[][] = [];
    for (const { block } of this.#items(cell)) {
      if (block.type === 'image') after.push({ level: 0, block });
      else if (block.rows !== undefined) {
        this.#losses.add('table-in-table');
        lines.push(
          ...block.rows.map((row) =>
            row.flatMap(({ content }, at): Inline[] => [
              ...(at === 0 ? [] : [{ type: 'text' as const, text: '\t', marks: [] }]),
              ...content,
            ]),
          ),
        );
      } else
        lines.push(
          block.type === 'formula'
            ? [{ type: 'thing', name: 'math', props: block.props, text: '' }]
            : [...block.content],
        );
    }
    return joinedRuns(
      lines.flatMap((line, at): Inline[] =>
        at === 0 ? line : [{ type: 'text', text: '\n', marks: [] }, ...line],
      ),
    );
  }
}

/** Rows of a table, cells of a row: directly, or in frames around them. */
function within(parent: Element, name: string): Element[] {
  return childrenOf(parent).flatMap((child) => {
    if (child.localName === name) return [child];
    return ['sdt', 'sdtContent', 'customXml', 'ins', 'del', 'smartTag'].includes(child.localName ?? '')
      ? within(child, name)
      : [];
  });
}

const spanOf = (value: string | undefined): number =>
  Math.min(spansMax, Math.max(1, Number(value ?? 1) || 1));
const unmarked = (one: Inline): Inline =>
  one.type === 'text' ? { ...one, marks: one.marks.filter(({ name }) => name !== 'code') } : one;

const alignments: Readonly<Record<string, string>> = {
  center: 'center',
  right: 'right',
  end: 'right',
  both: 'justify',
  distribute: 'justify',
};
function alignOf(pPr: Element | undefined): Values {
  const textAlignment = alignments[valueOf(pPr, 'jc') ?? ''];
  return textAlignment === undefined ? {} : { textAlignment };
}
