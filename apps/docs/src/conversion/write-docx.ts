import type { Block, Cell, Inline, TextRun } from '@parvis/document/block';
import { frameOf } from './docx-frame.ts';
import {
  checkbox,
  control,
  type Given,
  hyperlink,
  levelTwips,
  paragraphProps,
  run,
  runProps,
  texStyle,
} from './docx-runs.ts';
import { ommlOf } from './omml.ts';
import {
  absolute,
  addressOf,
  authorOf,
  directionOf,
  escaped,
  isRtl,
  marked,
  numbered,
  type Paper,
  said,
  safeHref,
} from './paper.ts';
import { extensionOf, pictureSize } from './picture.ts';
import { placesOf } from './table-grid.ts';
import { headingsOf } from './html-parts.ts';
import { wordsOf } from './words.ts';
import { type Part, zip } from './zip.ts';

/** English metric units of one pixel, and the widest picture that a page takes. */
const emuPerPixel = 9_525;
const pictureWidthPxMax = 600;

/** A file that Word and LibreOffice open, with comments, answers and tracked changes. */
export function writeDocx(paper: Paper): Promise<Uint8Array> {
  return zip(new DocxWriter(paper).parts());
}

export interface Relation {
  readonly id: string;
  readonly type: string;
  readonly target: string;
  readonly external: boolean;
}

class DocxWriter {
  readonly #paper: Paper;
  readonly #relations: Relation[] = [];
  readonly #media: Part[] = [];
  /** First and last piece of text of each conversation. */
  readonly #first = new Map<Inline, string[]>();
  readonly #last = new Map<Inline, string[]>();
  /** Number of the first remark of each conversation. */
  readonly #remarkAt = new Map<string, number>();
  readonly #styles = new Map<string, string>();
  #lists = 0;
  #serial = 100;

  constructor(paper: Paper) {
    this.#paper = paper;
    let remarks = 0;
    for (const { id, remarks: said } of paper.conversations) {
      this.#remarkAt.set(id, remarks);
      remarks += said.length;
    }
    const ends = new Map<string, Inline>();
    for (const one of inlinesOf(paper.blocks)) {
      if (one.type !== 'text') continue;
      for (const { name, attributes } of one.marks) {
        const id = said(attributes.threadId);
        if (name !== 'comment' || !this.#remarkAt.has(id)) continue;
        if (!ends.has(id)) this.#first.set(one, [...(this.#first.get(one) ?? []), id]);
        ends.set(id, one);
      }
    }
    for (const [id, one] of ends) this.#last.set(one, [...(this.#last.get(one) ?? []), id]);
  }

  parts(): Part[] {
    const { title } = this.#paper;
    const named =
      title === ''
        ? ''
        : `<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>${run(title, directionOf(title) === 'rtl' ? '<w:rtl/>' : '')}</w:p>`;
    const body = named + this.#blocks(this.#paper.blocks, 0);
    return [
      ...frameOf(this.#paper, { body, relations: this.#relations, lists: this.#lists, styles: this.#styles }),
      ...this.#media,
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
          before: this.#link(
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
    const content = given.content ?? this.#line(block.content, rtl);
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

  #line(content: readonly Inline[], rtl: boolean): string {
    return content
      .map((one) => {
        const begins = (this.#first.get(one) ?? []).flatMap((id) => this.#remarks(id));
        const ends = (this.#last.get(one) ?? []).flatMap((id) => this.#remarks(id));
        const before = begins.map((n) => `<w:commentRangeStart w:id="${n}"/>`).join('');
        const after = ends
          .map(
            (n) =>
              `<w:commentRangeEnd w:id="${n}"/><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="${n}"/></w:r>`,
          )
          .join('');
        return `${before}${one.type === 'text' ? this.#run(one, rtl) : this.#thing(one)}${after}`;
      })
      .join('');
  }

  /** Numbers of the remarks of a conversation. */
  #remarks(id: string): number[] {
    const from = this.#remarkAt.get(id) ?? 0;
    const size = this.#paper.conversations.find((one) => one.id === id)?.remarks.length ?? 0;
    return Array.from({ length: size }, (_, at) => from + at);
  }

  #run({ text, marks }: TextRun, rtl: boolean): string {
    const deleted = marked(marks, 'deletion');
    const inserted = marked(marks, 'insertion');
    const href = safeHref(said(marked(marks, 'link')?.attributes.href));
    const made = run(
      text,
      runProps(marks, href !== null, rtl && directionOf(text) !== 'ltr'),
      deleted !== undefined,
    );
    const linked = href === null ? made : this.#link(absolute(this.#paper, href), made);
    const change = deleted ?? inserted;
    if (change === undefined) return linked;
    const at = new Date(numbered(change.attributes.at, 0)).toISOString().replace(/\.\d+Z$/, 'Z');
    const who = escaped(authorOf(this.#paper, said(change.attributes.person)));
    const tag = deleted === undefined ? 'w:ins' : 'w:del';
    return `<${tag} w:id="${this.#serial++}" w:author="${who}" w:date="${at}">${linked}</${tag}>`;
  }

  #thing({ name, props, text }: Inline & { type: 'thing' }): string {
    if (name === 'math') {
      const tex = said(props.tex);
      return ommlOf(tex) ?? run(tex, texStyle);
    }
    const label = said(props.label) || text;
    if (name !== 'mention') return run(label, '');
    return control(
      `parvis:mention:${said(props.kind)}:${said(props.ref)}`,
      run(label, '<w:rStyle w:val="Mention"/>'),
    );
  }

  #link(href: string, inner: string): string {
    return `<w:hyperlink r:id="${this.#relate('hyperlink', href, true)}" w:history="1">${inner}</w:hyperlink>`;
  }

  #relate(type: string, target: string, external: boolean): string {
    const known = this.#relations.find((one) => one.target === target && one.type === type);
    if (known !== undefined) return known.id;
    const id = `rIdP${this.#relations.length + 1}`;
    this.#relations.push({ id, type, target, external });
    return id;
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
        ? this.#drawing(picture, size, props)
        : this.#link(absolute(this.#paper, url) || '#', run(words, hyperlink));
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

  #drawing(
    picture: { bytes: Uint8Array; mediaType: string },
    size: { width: number; height: number },
    props: Block['props'],
  ): string {
    const shown = Math.max(1, Math.min(pictureWidthPxMax, numbered(props.previewWidth, size.width)));
    const [cx, cy] = [shown, (shown * size.height) / Math.max(1, size.width)].map((px) =>
      Math.max(1, Math.round(px * emuPerPixel)),
    );
    const name = `media/image${this.#media.length + 1}.${extensionOf[picture.mediaType] ?? 'bin'}`;
    this.#media.push({ path: `word/${name}`, bytes: picture.bytes, stored: true });
    const rel = this.#relate('image', name, false);
    const id = this.#serial++;
    return `<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="${cx}" cy="${cy}"/><wp:docPr id="${id}" name="${escaped(said(props.name))}" descr="${escaped(said(props.caption) || said(props.name))}"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="${id}" name="${escaped(said(props.name))}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="${rel}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="${cx}" cy="${cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`;
  }
}

function inlinesOf(blocks: readonly Block[]): Inline[] {
  return blocks.flatMap((block) => [
    ...block.content,
    ...(block.rows ?? []).flatMap((row) => row.flatMap(({ content }) => content)),
    ...inlinesOf(block.children),
  ]);
}
