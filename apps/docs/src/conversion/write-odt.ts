import type { Block, Inline, TextRun } from '@parvis/document/block';
import { hexOf } from './colours.ts';
import { odtFrame } from './odt-frame.ts';
import { link, words } from './odt-words.ts';
import {
  absolute,
  addressOf,
  authorOf,
  escaped,
  isRtl,
  marked,
  numbered,
  type Paper,
  safeHref,
  said,
} from './paper.ts';
import { extensionOf, pictureSize } from './picture.ts';
import { placesOf } from './table-grid.ts';
import { headingsOf } from './html-parts.ts';
import { wordsOf } from './words.ts';
import { type Part, zip } from './zip.ts';

const pictureWidthPxMax = 600;
/** Centimetres of a pixel. */
const cmPerPixel = 2.54 / 96;

/** A file that LibreOffice opens, with comments and tracked changes. Formulas are written as their source. */
export function writeOdt(paper: Paper): Promise<Uint8Array> {
  return zip(new OdtWriter(paper).parts());
}

const listStyles: Readonly<Record<string, string>> = {
  bulletListItem: 'LBullet',
  toggleListItem: 'LBullet',
  numberedListItem: 'LNumber',
  checkListItem: 'LCheck',
  task: 'LCheck',
};

class OdtWriter {
  readonly #paper: Paper;
  readonly #styles = new Map<string, string>();
  readonly #media: Part[] = [];
  readonly #changes: string[] = [];
  readonly #commented = new Set<string>();

  constructor(paper: Paper) {
    this.#paper = paper;
  }

  parts(): Part[] {
    const { title } = this.#paper;
    const named = title === '' ? '' : `<text:p text:style-name="Title">${words(title)}</text:p>`;
    const body = named + this.#blocks(this.#paper.blocks);
    return odtFrame(this.#paper, {
      body,
      styles: [...this.#styles.values()],
      changes: this.#changes,
      media: this.#media,
    });
  }

  #blocks(blocks: readonly Block[]): string {
    let made = '';
    for (let at = 0; at < blocks.length; ) {
      const block = blocks[at] as Block;
      const list = listStyles[block.type];
      let end = at + 1;
      while (list !== undefined && end < blocks.length && listStyles[(blocks[end] as Block).type] === list)
        end++;
      if (list === undefined) made += this.#block(block);
      else
        made += `<text:list text:style-name="${list}">${blocks
          .slice(at, end)
          .map((item) => this.#item(item))
          .join('')}</text:list>`;
      at = end;
    }
    return made;
  }

  #item(block: Block): string {
    const { type, props } = block;
    const box = type === 'checkListItem' || type === 'task' ? `${props.checked === true ? '☒' : '☐'} ` : '';
    const facts = type === 'task' ? this.#taskFacts(block) : '';
    return `<text:list-item>${this.#paragraph(block, 'Standard', box, facts)}${this.#blocks(block.children)}</text:list-item>`;
  }

  #taskFacts({ props }: Block): string {
    const who = this.#paper.people[said(props.assignee)];
    const due = said(props.due);
    const facts = [
      who === undefined ? '' : `@${who}`,
      due === '' ? '' : `${wordsOf[this.#paper.locale].due} ${due}`,
    ];
    const text = facts.filter((one) => one !== '').join(', ');
    return text === '' ? '' : ` (${text})`;
  }

  #block(block: Block): string {
    const { type, props } = block;
    const below = () => this.#blocks(block.children);
    switch (type) {
      case 'heading': {
        const level = Math.min(6, Math.max(1, numbered(props.level, 1)));
        return `<text:h text:style-name="${this.#styleFor(block, `Heading_20_${level}`)}" text:outline-level="${level}">${this.#line(block.content)}</text:h>${below()}`;
      }
      case 'quote':
        return this.#paragraph(block, 'Quotations') + below();
      case 'callout':
        return this.#paragraph(block, `Callout_20_${said(props.tone) || 'info'}`) + below();
      case 'codeBlock':
        return (
          this.#paragraph({ ...block, props: { textDirection: 'ltr' } }, 'Preformatted_20_Text') + below()
        );
      case 'divider':
        return '<text:p text:style-name="Horizontal_20_Line"/>';
      case 'table':
        return this.#table(block);
      case 'formula':
        return `<text:p text:style-name="Formula"><text:span text:style-name="ParvisMath">${words(said(props.tex))}</text:span></text:p>`;
      case 'columnList':
      case 'column':
        return below();
      case 'toc':
        return headingsOf(this.#paper.blocks)
          .map(
            ({ content }) =>
              `<text:p text:style-name="Standard">${content.map((one) => words(one.type === 'text' ? one.text : said(one.props.label))).join('')}</text:p>`,
          )
          .join('');
      case 'embed':
        return `<text:p text:style-name="Standard">${link(addressOf(this.#paper, props), words(wordsOf[this.#paper.locale].embed[said(props.kind)] ?? said(props.kind)))}</text:p>`;
      case 'image':
      case 'file':
      case 'video':
      case 'audio':
        return this.#file(block);
      default:
        return this.#paragraph(block, 'Standard') + below();
    }
  }

  #paragraph(block: Block, parent: string, before = '', after = ''): string {
    return `<text:p text:style-name="${this.#styleFor(block, parent)}">${words(before)}${this.#line(block.content)}${words(after)}</text:p>`;
  }

  /** A style of its own where direction or alignment are not those of the named one. */
  #styleFor(block: Block, parent: string): string {
    const align = { center: 'center', right: 'end', justify: 'justify' }[said(block.props.textAlignment)];
    const rtl = isRtl(block);
    if (align === undefined && !rtl) return parent;
    const key = `p ${parent} ${align ?? ''} ${rtl}`;
    const name = `P${this.#styles.size + 1}`;
    if (!this.#styles.has(key))
      this.#styles.set(
        key,
        `<style:style style:name="${name}" style:family="paragraph" style:parent-style-name="${parent}"><style:paragraph-properties${rtl ? ' style:writing-mode="rl-tb"' : ''} fo:text-align="${align ?? 'start'}"/></style:style>`,
      );
    return /style:name="([^"]+)"/.exec(this.#styles.get(key) ?? '')?.[1] ?? parent;
  }

  #line(content: readonly Inline[]): string {
    return content.map((one) => (one.type === 'text' ? this.#run(one) : this.#thing(one))).join('');
  }

  #thing({ name, props, text }: Inline & { type: 'thing' }): string {
    if (name === 'math')
      return `<text:span text:style-name="ParvisMath">${words(said(props.tex))}</text:span>`;
    return name === 'mention'
      ? link(addressOf(this.#paper, props), words(said(props.label) || text))
      : words(said(props.label) || text);
  }

  #run(run: TextRun): string {
    const { marks, text } = run;
    const style = this.#textStyle(marks);
    const inner =
      style === null ? words(text) : `<text:span text:style-name="${style}">${words(text)}</text:span>`;
    const href = safeHref(said(marked(marks, 'link')?.attributes.href));
    const linked = href === null ? inner : link(absolute(this.#paper, href), inner);
    return this.#comments(marks, this.#changed(marks, linked));
  }

  #changed(marks: TextRun['marks'], inner: string): string {
    const deleted = marked(marks, 'deletion');
    const change = deleted ?? marked(marks, 'insertion');
    if (change === undefined) return inner;
    const id = `ct${this.#changes.length + 1}`;
    const at = new Date(numbered(change.attributes.at, 0)).toISOString().replace('Z', '');
    const info = `<office:change-info><dc:creator>${escaped(authorOf(this.#paper, said(change.attributes.person)))}</dc:creator><dc:date>${at}</dc:date></office:change-info>`;
    const kind =
      deleted === undefined
        ? `<text:insertion>${info}</text:insertion>`
        : `<text:deletion>${info}<text:p text:style-name="Standard">${inner}</text:p></text:deletion>`;
    this.#changes.push(`<text:changed-region xml:id="${id}" text:id="${id}">${kind}</text:changed-region>`);
    return deleted === undefined
      ? `<text:change-start text:change-id="${id}"/>${inner}<text:change-end text:change-id="${id}"/>`
      : `<text:change text:change-id="${id}"/>`;
  }

  /** Each remark is a note of its own around the first text that its conversation is about. */
  #comments(marks: TextRun['marks'], inner: string): string {
    const ids = marks
      .filter(({ name }) => name === 'comment')
      .map(({ attributes }) => said(attributes.threadId));
    let made = inner;
    for (const { id, resolved, remarks } of this.#paper.conversations) {
      if (!ids.includes(id) || this.#commented.has(id)) continue;
      this.#commented.add(id);
      const names = remarks.map((_, at) => `c${this.#commented.size}-${at}`);
      const notes = remarks.map(
        ({ author, at, text }, n) =>
          `<office:annotation office:name="${names[n] ?? ''}" loext:resolved="${resolved}"><dc:creator>${escaped(author)}</dc:creator>${at === '' ? '' : `<dc:date>${escaped(at.replace('Z', ''))}</dc:date>`}${text
            .split('\n')
            .map((line) => `<text:p>${words(line)}</text:p>`)
            .join('')}</office:annotation>`,
      );
      made = `${notes.join('')}${made}${names.map((name) => `<office:annotation-end office:name="${name}"/>`).join('')}`;
    }
    return made;
  }

  #textStyle(marks: TextRun['marks']): string | null {
    const on = (name: string) => marked(marks, name) !== undefined;
    const colour = hexOf(said(marked(marks, 'textColor')?.attributes.stringValue), false);
    const ground = hexOf(said(marked(marks, 'backgroundColor')?.attributes.stringValue), true);
    const props = [
      on('bold')
        ? ' fo:font-weight="bold" style:font-weight-asian="bold" style:font-weight-complex="bold"'
        : '',
      on('italic') ? ' fo:font-style="italic" style:font-style-complex="italic"' : '',
      on('underline')
        ? ' style:text-underline-style="solid" style:text-underline-width="auto" style:text-underline-color="font-color"'
        : '',
      on('strike') ? ' style:text-line-through-style="solid"' : '',
      on('code') ? ' style:font-name="Monospace" fo:font-family="monospace"' : '',
      colour === null ? '' : ` fo:color="#${colour}"`,
      ground === null ? '' : ` fo:background-color="#${ground}"`,
    ].join('');
    if (props === '') return null;
    const known = this.#styles.get(`t ${props}`);
    if (known !== undefined) return /style:name="([^"]+)"/.exec(known)?.[1] ?? null;
    const name = `T${this.#styles.size + 1}`;
    this.#styles.set(
      `t ${props}`,
      `<style:style style:name="${name}" style:family="text"><style:text-properties${props}/></style:style>`,
    );
    return name;
  }

  #table({ rows = [] }: Block): string {
    const { rows: places, width } = placesOf(rows);
    const line = (row: (typeof places)[number]) =>
      `<table:table-row>${row
        .map(({ cell, goesOn }) => {
          const covered = '<table:covered-table-cell/>'.repeat(goesOn ? cell.colspan : cell.colspan - 1);
          if (goesOn) return covered;
          const spans = `${cell.colspan > 1 ? ` table:number-columns-spanned="${cell.colspan}"` : ''}${cell.rowspan > 1 ? ` table:number-rows-spanned="${cell.rowspan}"` : ''}`;
          const block: Block = {
            id: '',
            type: 'paragraph',
            props: cell.props,
            content: cell.content,
            children: [],
          };
          return `<table:table-cell table:style-name="${cell.header ? 'CellHead' : 'Cell'}"${spans}>${this.#paragraph(block, cell.header ? 'Table_20_Heading' : 'Table_20_Contents')}</table:table-cell>${covered}`;
        })
        .join('')}</table:table-row>`;
    const head = rows.findIndex((row) => !row.every(({ header }) => header));
    const heads = head === -1 ? rows.length : head;
    const header =
      heads === 0
        ? ''
        : `<table:table-header-rows>${places.slice(0, heads).map(line).join('')}</table:table-header-rows>`;
    return `<table:table table:style-name="Table"><table:table-column table:number-columns-repeated="${Math.max(1, width)}"/>${header}${places.slice(heads).map(line).join('')}</table:table>`;
  }

  #file(block: Block): string {
    const { type, props } = block;
    const url = said(props.url);
    const picture = type === 'image' ? this.#paper.pictures[url] : undefined;
    const size = picture && pictureSize(picture.bytes);
    const caption =
      said(props.caption) === ''
        ? ''
        : `<text:p text:style-name="Caption">${words(said(props.caption))}</text:p>`;
    if (!picture || !size)
      return `<text:p text:style-name="Standard">${link(absolute(this.#paper, url), words(said(props.name) || url))}</text:p>${caption}`;
    const shown = Math.max(1, Math.min(pictureWidthPxMax, numbered(props.previewWidth, size.width)));
    const href = `Pictures/${this.#media.length + 1}.${extensionOf[picture.mediaType] ?? 'bin'}`;
    this.#media.push({ path: href, bytes: picture.bytes, stored: true });
    const cm = (px: number) => `${(px * cmPerPixel).toFixed(3)}cm`;
    return `<text:p text:style-name="Standard"><draw:frame draw:name="${escaped(said(props.name))}" text:anchor-type="as-char" svg:width="${cm(shown)}" svg:height="${cm((shown * size.height) / Math.max(1, size.width))}"><draw:image xlink:href="${href}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/><svg:title>${escaped(said(props.caption) || said(props.name))}</svg:title></draw:frame></text:p>${caption}`;
  }
}
