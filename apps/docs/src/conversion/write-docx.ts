import type { Block, Cell } from '@parvis/document/block';
import { frameOf } from './docx-frame.ts';
import { DocxLineWriter } from './docx-line-writer.ts';
import {
  checkbox,
  control,
  type Given,
  hyperlink,
  levelTwips,
  paragraphProps,
  run,
  texStyle,
} from './docx-runs.ts';
import { ommlOf } from './omml.ts';
import { absolute, addressOf, directionOf, isRtl, numbered, type Paper, said } from './paper.ts';
import { pictureSize } from './picture.ts';
import { placesOf } from './table-grid.ts';
import { headingsOf } from './html-parts.ts';
import { wordsOf } from './words.ts';
import { type Part, zip } from './zip.ts';

/** A file that Word and LibreOffice open, with comments, answers and tracked changes. */
export function writeDocx(paper: Paper): Promise<Uint8Array> {
  return zip(new DocxWriter(paper).parts());
}

class DocxWriter {
  readonly #paper: Paper;
  readonly #lines: DocxLineWriter;
  readonly #styles = new Map<string, string>();
  #lists = 0;

  constructor(paper: Paper) {
    this.#paper = paper;
    this.#lines = new DocxLineWriter(paper);
  }

  parts(): Part[] {
    const { title } = this.#paper;
    const named =
      title === ''
        ? ''
        : `<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>${run(title, directionOf(title) === 'rtl' ? '<w:rtl/>' : '')}</w:p>`;
    const body = named + this.#blocks(this.#paper.blocks, 0);
    return [
      ...frameOf(this.#paper, {
        body,
        relations: this.#lines.relations,
        lists: this.#lists,
        styles: this.#styles,
      }),
      ...this.#lines.media,
    ];
  }

  #blocks(blocks: readonly Block[], level: number): string {
    let list = 0;
    return blocks
      .map((block, at) => {
        const goesOn = block.type === 'numberedListItem' && blocks[at - 1]?.type === 'numberedListItem';
        if (block.type === 'numberedListItem' && !goesOn) list = ++this.#lists;
        const made = this.#block(block, level, list);
        // Tables that touch would become one.
        const apart =
          block.type === 'table' && blocks[at - 1]?.type === 'table' ? control('parvis:table', made) : made;
        return apart + (block.type === 'columnList' ? '' : this.#blocks(block.children, level + 1));
      })
      .join('');
  }

  #block(block: Block, level: number, list: number): string {
    const { type, props } = block;
    const line = (given: Given = {}) => this.#paragraph(block, level, given);
    switch (type) {
      case 'heading': {
        const made = line({ style: `Heading${Math.min(6, Math.max(1, numbered(props.level, 1)))}` });
        return props.isToggleable === true ? control('parvis:toggle', made) : made;
      }
      case 'bulletListItem':
        return line({ style: 'ListParagraph', list: 1 });
      case 'toggleListItem':
        return control('parvis:toggle', line({ style: 'ListParagraph', list: 1 }));
      case 'numberedListItem':
        return line({ style: 'ListParagraph', list: list + 1 });
      case 'checkListItem':
        return line({ style: 'ListParagraph', before: checkbox(props.checked === true), hang: true });
      case 'task':
        return control(
          `parvis:task:${said(props.assignee)}:${said(props.due)}`,
          line({
            style: 'ListParagraph',
            before: checkbox(props.checked === true),
            after: this.#taskFacts(block),
            hang: true,
          }),
        );
      case 'quote':
        return line({ style: 'Quote' });
      case 'callout':
        return line({ style: this.#style('Callout', said(props.tone) || 'info') });
      case 'codeBlock':
        return line({ style: this.#style('CodeBlock', said(props.language)), ltr: true });
      case 'divider':
        return line({ style: 'Divider' });
      case 'table':
        return this.#table(block, level);
      case 'formula':
        return this.#formula(said(props.tex), level);
      case 'columnList':
        return this.#columns(block);
      case 'toc':
        return control('parvis:toc', this.#contents());
      case 'embed':
        return line({
          style: 'ParvisEmbed',
          before: this.#lines.link(
            addressOf(this.#paper, props),
            run(wordsOf[this.#paper.locale].embed[said(props.kind)] ?? said(props.kind), hyperlink),
          ),
        });
      case 'image':
      case 'file':
      case 'video':
      case 'audio':
        return this.#file(block, level);
      default:
        return line();
    }
  }

  #paragraph(block: Block, level: number, given: Given): string {
    const rtl = given.ltr !== true && isRtl(block);
    const content = given.content ?? this.#lines.line(block.content, rtl);
    return `<w:p>${paragraphProps(given, rtl, level, said(block.props.textAlignment))}${given.before ?? ''}${content}${given.after ?? ''}</w:p>`;
  }

  #taskFacts({ props }: Block): string {
    const who = this.#paper.people[said(props.assignee)];
    const due = said(props.due);
    const facts = [
      who === undefined ? '' : `@${who}`,
      due === '' ? '' : `${wordsOf[this.#paper.locale].due} ${due}`,
    ];
    const text = facts.filter((one) => one !== '').join(', ');
    return text === '' ? '' : run(` (${text})`, '<w:rStyle w:val="ParvisFacts"/>');
  }

  #formula(tex: string, level: number): string {
    const math = ommlOf(tex);
    const inner = math === null ? run(tex, texStyle) : `<m:oMathPara>${math}</m:oMathPara>`;
    return `<w:p>${paragraphProps({ style: 'Formula' }, false, level, '')}${inner}</w:p>`;
  }

  /** A named style that carries what a block is: Word and LibreOffice keep names. */
  #style(base: string, detail: string): string {
    const id = detail === '' ? base : `${base}-${detail.replace(/[^\w+#.-]/g, '').slice(0, 40)}`;
    if (id !== base) this.#styles.set(id, base);
    return id;
  }

  #contents(): string {
    const lines = headingsOf(this.#paper.blocks).map(
      ({ level, content }) =>
        `<w:p><w:pPr><w:ind w:left="${(level - 1) * 360}"/></w:pPr>${run(content.map((one) => (one.type === 'text' ? one.text : said(one.props.label))).join(''), '')}</w:p>`,
    );
    return lines.length === 0 ? '<w:p/>' : lines.join('');
  }

  #columns({ children }: Block): string {
    const width = Math.floor(9_000 / Math.max(1, children.length));
    const cell = ({ children: blocks }: Block) =>
      `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/></w:tcPr>${this.#blocks(blocks, 0)}${blocks.length === 0 || blocks.at(-1)?.type === 'table' ? '<w:p/>' : ''}</w:tc>`;
    const grid = children.map(() => `<w:gridCol w:w="${width}"/>`).join('');
    return control(
      'parvis:columns',
      `<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>${grid}</w:tblGrid><w:tr>${children.map(cell).join('')}</w:tr></w:tbl>`,
    );
  }

  #table({ rows = [] }: Block, level: number): string {
    const { rows: places, width } = placesOf(rows);
    const firstColumn = rows.length > 0 && rows.every((row) => row[0]?.header === true);
    const look = `<w:tblLook w:val="04A0" w:firstRow="${rows[0]?.every(({ header }) => header) === true ? 1 : 0}" w:lastRow="0" w:firstColumn="${firstColumn ? 1 : 0}" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>`;
    const grid = Array.from(
      { length: width },
      () => `<w:gridCol w:w="${Math.floor(9_000 / Math.max(1, width))}"/>`,
    ).join('');
    const line = (row: (typeof places)[number], at: number) => {
      const isHead = rows[at]?.length !== 0 && rows[at]?.every(({ header }) => header) === true;
      return `<w:tr>${isHead ? '<w:trPr><w:tblHeader/></w:trPr>' : ''}${row.map(({ cell, goesOn }) => this.#cell(cell, goesOn)).join('')}</w:tr>`;
    };
    return `<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/>${level > 0 ? `<w:tblInd w:w="${level * levelTwips}" w:type="dxa"/>` : ''}${look}</w:tblPr><w:tblGrid>${grid}</w:tblGrid>${places.map(line).join('')}</w:tbl>`;
  }

  #cell(cell: Cell, goesOn: boolean): string {
    const { header, colspan, rowspan, content, props } = cell;
    const span = colspan > 1 ? `<w:gridSpan w:val="${colspan}"/>` : '';
    const merge = goesOn ? '<w:vMerge/>' : rowspan > 1 ? '<w:vMerge w:val="restart"/>' : '';
    const shade = header ? '<w:shd w:val="clear" w:color="auto" w:fill="F4F2EC"/>' : '';
    const block: Block = { id: '', type: 'paragraph', props, content: goesOn ? [] : content, children: [] };
    return `<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/>${span}${merge}${shade}</w:tcPr>${this.#paragraph(block, 0, header ? { style: 'TableHead' } : {})}</w:tc>`;
  }

  #file(block: Block, level: number): string {
    const { type, props } = block;
    const url = said(props.url);
    const picture = type === 'image' ? this.#paper.pictures[url] : undefined;
    const size = picture && pictureSize(picture.bytes);
    const words = said(props.name) || said(props.caption) || url;
    const inner =
      picture && size && picture.mediaType !== 'image/webp'
        ? this.#lines.drawing(picture, size, props)
        : this.#lines.link(absolute(this.#paper, url) || '#', run(words, hyperlink));
    const caption = said(props.caption);
    const below =
      caption === ''
        ? ''
        : this.#paragraph({ ...block, content: [{ type: 'text', text: caption, marks: [] }] }, level, {
            style: 'Caption',
          });
    if (inner.startsWith('<w:hyperlink'))
      return `${this.#paragraph(block, level, { content: inner, style: `Parvis-${type}` })}${below}`;
    return control('parvis:image', `${this.#paragraph(block, level, { content: inner })}${below}`);
  }
}
