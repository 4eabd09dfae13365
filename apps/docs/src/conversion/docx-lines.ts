import type { Block, Inline, Mark, Values } from '@parvis/document/block';
import { nameOf } from './colours.ts';
import { type DocxParts, instantOf, plainMarksOf, textOf } from './docx-parts.ts';
import { highlights, silent, widthOf } from './docx-signs.ts';
import { blockOf } from './nesting.ts';
import { texOf } from './omml.ts';
import { type Losses, type Picture, safeHref, sortedMarks } from './paper.ts';
import { pictureType } from './picture.ts';
import { attributeOf, childOf, childrenOf, descendants, type Element, valueOf } from './xml.ts';

/** What a line of a file holds. */
export interface LineFound {
  readonly content: Inline[];
  /** Pictures among the text, which are blocks here. */
  readonly pictures: Block[];
  /** The box that the line begins with. */
  checked: boolean | null;
}
interface Around {
  readonly href: string | null;
  readonly change: Mark | null;
}

/** Reads lines; what spans lines (comments, fields, numbers of suggestions) is remembered from one to the next. */
export class DocxLines {
  readonly pictures: Record<string, Picture> = {};
  /** Footnotes in the order in which the text names them. */
  readonly notes: Element[] = [];
  readonly #parts: DocxParts;
  readonly #losses: Losses;
  readonly #open = new Set<string>();
  readonly #fields: { instruction: string; shown: boolean }[] = [];
  #suggestions = 0;

  constructor(parts: DocxParts, losses: Losses) {
    this.#parts = parts;
    this.#losses = losses;
  }

  line(paragraph: Element): LineFound {
    const line: LineFound = { content: [], pictures: [], checked: null };
    this.#walk(paragraph, line, { href: null, change: null });
    return line;
  }

  #walk(parent: Element, line: LineFound, around: Around): void {
    for (const child of childrenOf(parent)) this.#take(child, line, around);
  }

  #take(element: Element, line: LineFound, around: Around): void {
    const name = element.localName ?? '';
    if (silent.has(name)) return;
    switch (name) {
      case 'r':
        return this.#run(element, line, around);
      case 'hyperlink':
        return this.#walk(element, line, { ...around, href: this.#hrefOf(element) ?? around.href });
      case 'ins':
      case 'moveTo':
        return this.#walk(element, line, { ...around, change: this.#change('insertion', element) });
      case 'del':
      case 'moveFrom':
        return this.#walk(element, line, { ...around, change: this.#change('deletion', element) });
      case 'commentRangeStart':
      case 'commentRangeEnd': {
        const conversation = this.#parts.remarks.get(attributeOf(element, 'id') ?? '')?.conversationId;
        if (conversation === undefined) return;
        if (name === 'commentRangeStart') this.#open.add(conversation);
        else this.#open.delete(conversation);
        return;
      }
      case 'oMathPara':
      case 'oMath':
        return this.#math(element, line);
      case 'sdt':
        return this.#control(element, line, around);
      case 'drawing':
      case 'pict':
      case 'object':
        return this.#drawing(element, line, around);
      case 'AlternateContent':
        return this.#alternate(element, line, around);
      default:
        return this.#walk(element, line, around);
    }
  }

  #math(element: Element, line: LineFound): void {
    const formulas =
      element.localName === 'oMathPara'
        ? childrenOf(element).filter(({ localName }) => localName === 'oMath')
        : [element];
    for (const one of formulas)
      line.content.push({ type: 'thing', name: 'math', props: { tex: texOf(one) }, text: '' });
  }

  #control(element: Element, line: LineFound, around: Around): void {
    const pr = childOf(element, 'sdtPr');
    const inner = childOf(element, 'sdtContent');
    const box = childOf(pr, 'checkbox');
    if (box !== undefined && line.content.length === 0 && line.checked === null) {
      line.checked = /^(1|true|on)$/.test(attributeOf(childOf(box, 'checked'), 'val') ?? '0');
      return;
    }
    const [, sort, ref] = /^parvis:mention:(\w+):([0-9a-f-]{0,36})$/.exec(valueOf(pr, 'tag') ?? '') ?? [];
    if (inner === undefined) return;
    if (sort === undefined) this.#walk(inner, line, around);
    else {
      const props = { kind: sort, ref: ref ?? '', label: textOf(inner) };
      line.content.push({ type: 'thing', name: 'mention', props, text: '' });
    }
  }

  /** Drawings in a new and in an old form: the picture or the text of whichever can be read. */
  #alternate(element: Element, line: LineFound, around: Around): void {
    const forms = [...childrenOf(element)].filter(
      ({ localName }) => localName === 'Choice' || localName === 'Fallback',
    );
    const readable =
      forms.find((one) => descendants(one, 'blip').length > 0) ??
      forms.find((one) => textOf(one).trim() !== '') ??
      forms[0];
    if (readable === undefined) return;
    this.#walk(readable, line, around);
  }

  #run(run: Element, line: LineFound, around: Around): void {
    const rPr = childOf(run, 'rPr');
    const styled = valueOf(rPr, 'rStyle');
    if (styled === 'ParvisFacts') return;
    if (styled === 'ParvisTex') {
      line.content.push({ type: 'thing', name: 'math', props: { tex: textOf(run) }, text: '' });
      return;
    }
    const marks = this.#marksOf(rPr, around);
    for (const child of childrenOf(run)) {
      switch (child.localName) {
        case 't':
        case 'delText':
          this.#text(child.textContent ?? '', marks, line);
          break;
        case 'tab':
        case 'ptab':
          this.#text('\t', marks, line);
          break;
        case 'br':
        case 'cr':
          if (attributeOf(child, 'type') !== 'page' && attributeOf(child, 'type') !== 'column')
            this.#text('\n', marks, line);
          break;
        case 'noBreakHyphen':
          this.#text('\u2011', marks, line);
          break;
        case 'sym':
          this.#losses.add('symbol');
          this.#text('\ufffd', marks, line);
          break;
        case 'fldChar':
          this.#field(attributeOf(child, 'fldCharType'));
          break;
        case 'instrText':
          this.#instruct(child.textContent ?? '');
          break;
        case 'footnoteReference':
        case 'endnoteReference':
          this.#note(child, marks, line);
          break;
        case 'drawing':
        case 'pict':
        case 'object':
          this.#drawing(child, line, around);
          break;
        default:
          this.#take(child, line, around);
      }
    }
  }

  #text(text: string, marks: readonly Mark[], line: LineFound): void {
    const field = this.#fields.at(-1);
    if (field !== undefined && !field.shown) return;
    if (line.content.length === 0 && line.checked === null && /^[☐☑☒]\s?$/.test(text)) {
      line.checked = !text.startsWith('☐');
      return;
    }
    line.content.push({ type: 'text', text, marks });
  }

  #note(reference: Element, marks: readonly Mark[], line: LineFound): void {
    const kind = reference.localName === 'footnoteReference' ? 'footnote' : 'endnote';
    const note = this.#parts.notes.get(`${kind} ${attributeOf(reference, 'id') ?? ''}`);
    if (note === undefined) return;
    this.notes.push(note);
    this.#losses.add('footnote');
    this.#text(`[${this.notes.length}]`, marks, line);
  }

  #drawing(element: Element, line: LineFound, around: Around): void {
    const blips = [...descendants(element, 'blip'), ...descendants(element, 'imagedata')];
    for (const blip of blips) {
      const id = attributeOf(blip, 'embed') ?? attributeOf(blip, 'id') ?? '';
      const described = descendants(element, 'docPr')[0];
      this.#picture(
        id,
        { name: attributeOf(described, 'name') ?? '', caption: attributeOf(described, 'descr') ?? '' },
        widthOf(element),
        line,
      );
    }
    const words = descendants(element, 'txbxContent');
    if (words.length > 0) this.#losses.add('text-box');
    for (const box of words) this.#walk(box, line, around);
    if (blips.length === 0 && words.length === 0) this.#losses.add('drawing');
  }

  #picture(id: string, said: { name: string; caption: string }, width: number | null, line: LineFound): void {
    const relation = this.#parts.relations.get(id);
    const bytes =
      relation === undefined || relation.external ? undefined : this.#parts.media(relation.target);
    const type = bytes && pictureType(bytes);
    if (!bytes || !type) {
      this.#losses.add(relation?.external === true ? 'remote-picture' : 'picture-unreadable');
      return;
    }
    const url = `picture:${Object.keys(this.pictures).length + 1}`;
    this.pictures[url] = { bytes, mediaType: type };
    const caption = said.caption === said.name ? '' : said.caption;
    line.pictures.push(
      blockOf('image', { url, name: said.name, caption, ...(width === null ? {} : { previewWidth: width }) }),
    );
  }

  #field(type: string | undefined): void {
    if (type === 'begin') this.#fields.push({ instruction: '', shown: false });
    else if (type === 'end') this.#fields.pop();
    else if (type === 'separate') {
      const field = this.#fields.at(-1);
      if (field !== undefined) field.shown = true;
    }
  }

  #instruct(text: string): void {
    const field = this.#fields.at(-1);
    if (field !== undefined) field.instruction += text;
  }

  #hrefOf(element: Element): string | null {
    const relation = this.#parts.relations.get(attributeOf(element, 'id') ?? '');
    if (relation === undefined) return null;
    const href = safeHref(relation.target);
    if (href === null) this.#losses.add('link');
    return href;
  }

  #change(name: 'insertion' | 'deletion', element: Element): Mark {
    const at = Date.parse(instantOf(attributeOf(element, 'date')));
    this.#suggestions += 1;
    // A name in a file is nobody whom we know.
    const person = `file:${attributeOf(element, 'author') ?? ''}`;
    return { name, attributes: { id: this.#suggestions, person, at: Number.isNaN(at) ? 0 : at } };
  }

  #marksOf(rPr: Element | undefined, { href, change }: Around): Mark[] {
    const plain = [...plainMarksOf(rPr, this.#parts.styles)].filter(
      (name) =>
        href === null ||
        name !== 'underline' ||
        valueOf(rPr, 'rStyle') === undefined ||
        childOf(rPr, 'u') !== undefined,
    );
    const made: Mark[] = plain.map((name) => ({ name, attributes: {} }));
    const add = (name: string, attributes: Values) => made.push({ name, attributes });
    const colour = valueOf(rPr, 'color');
    const text = colour === undefined ? null : nameOf(colour, false);
    const fill = attributeOf(childOf(rPr, 'shd'), 'fill');
    const ground =
      highlights[valueOf(rPr, 'highlight') ?? ''] ?? (fill === undefined ? null : nameOf(fill, true));
    if (text !== null) add('textColor', { stringValue: text });
    else if (colour !== undefined && !/^(auto|000000)$/i.test(colour)) this.#losses.add('colour');
    if (ground !== null) add('backgroundColor', { stringValue: ground });
    if (/^(super|sub)script$/.test(valueOf(rPr, 'vertAlign') ?? '')) this.#losses.add('raised-text');
    const field = /HYPERLINK\s+"([^"]+)"/.exec(
      this.#fields.findLast(({ shown }) => shown)?.instruction ?? '',
    )?.[1];
    const link = href ?? (field === undefined ? null : safeHref(field));
    if (link !== null) add('link', { href: link });
    for (const threadId of this.#open) add('comment', { orphan: false, threadId });
    if (change !== null) made.push(change);
    return sortedMarks(made);
  }
}
