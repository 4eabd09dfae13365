import type { Block, Inline, TextRun } from '@parvis/document/block';
import { control, run, runProps, texStyle } from './docx-runs.ts';
import { ommlOf } from './omml.ts';
import {
  absolute,
  authorOf,
  directionOf,
  escaped,
  marked,
  numbered,
  type Paper,
  safeHref,
  said,
} from './paper.ts';
import { extensionOf } from './picture.ts';
import type { Part } from './zip.ts';

/** English metric units of one pixel, and the widest picture that a page takes. */
const emuPerPixel = 9_525;
const pictureWidthPxMax = 600;

export interface Relation {
  readonly id: string;
  readonly type: string;
  readonly target: string;
  readonly external: boolean;
}

/** Writes lines of a docx, and collects what they refer to. */
export class DocxLineWriter {
  readonly relations: Relation[] = [];
  readonly media: Part[] = [];
  readonly #paper: Paper;
  /** First and last piece of text of each conversation. */
  readonly #first = new Map<Inline, string[]>();
  readonly #last = new Map<Inline, string[]>();
  /** Number of the first remark of each conversation. */
  readonly #remarkAt = new Map<string, number>();
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

  /** What stands in a line, with the marks where conversations about it begin and end. */
  line(content: readonly Inline[], rtl: boolean): string {
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
    const linked = href === null ? made : this.link(absolute(this.#paper, href), made);
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

  link(href: string, inner: string): string {
    return `<w:hyperlink r:id="${this.#relate('hyperlink', href, true)}" w:history="1">${inner}</w:hyperlink>`;
  }

  #relate(type: string, target: string, external: boolean): string {
    const known = this.relations.find((one) => one.target === target && one.type === type);
    if (known !== undefined) return known.id;
    const id = `rIdP${this.relations.length + 1}`;
    this.relations.push({ id, type, target, external });
    return id;
  }

  drawing(
    picture: { bytes: Uint8Array; mediaType: string },
    size: { width: number; height: number },
    props: Block['props'],
  ): string {
    const shown = Math.max(1, Math.min(pictureWidthPxMax, numbered(props.previewWidth, size.width)));
    const [cx, cy] = [shown, (shown * size.height) / Math.max(1, size.width)].map((px) =>
      Math.max(1, Math.round(px * emuPerPixel)),
    );
    const name = `media/image${this.media.length + 1}.${extensionOf[picture.mediaType] ?? 'bin'}`;
    this.media.push({ path: `word/${name}`, bytes: picture.bytes, stored: true });
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
