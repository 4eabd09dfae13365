import { randomUUID } from 'node:crypto';
import { BadFile, type Conversation } from './paper.ts';
import {
  attributeOf,
  childOf,
  childrenOf,
  descendants,
  type Element,
  isOn,
  parseXml,
  valueOf,
} from './xml.ts';
import { unzip } from './zip.ts';

export interface Style {
  readonly name: string;
  readonly heading: number | null;
  readonly numId: string | undefined;
  readonly level: number;
  readonly rPr: Element | undefined;
}
export interface FileRemark {
  /** Of the conversation that it belongs to. */
  readonly conversationId: string;
}

/** A docx, its parts read and its references resolvable. */
export interface DocxParts {
  readonly body: Element;
  /** Whether we wrote it ourselves: indentation then says the level. */
  readonly own: boolean;
  readonly title: string;
  readonly styles: ReadonlyMap<string, Style>;
  /** `bullet`, `decimal` … by list and level. */
  readonly formatOf: (numId: string, level: number) => string | undefined;
  readonly relations: ReadonlyMap<string, { readonly target: string; readonly external: boolean }>;
  readonly media: (target: string) => Uint8Array | undefined;
  readonly remarks: ReadonlyMap<string, FileRemark>;
  readonly conversations: readonly Conversation[];
  readonly notes: ReadonlyMap<string, Element>;
  readonly hasMacros: boolean;
  readonly hasHeaders: boolean;
}

const wantedPath =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|docProps\/(app|core)\.xml|word\/[^/]+\.xml|word\/_rels\/[^/]+\.rels|word\/media\/[^/]+)$/i;

/** @throws BadFile when it is no docx, or one that is not taken */
export async function openDocx(bytes: Uint8Array): Promise<DocxParts> {
  let hasMacros = false;
  const parts = await unzip(bytes, (path) => {
    if (/vbaProject|vbaData/i.test(path)) hasMacros = true;
    return wantedPath.test(path);
  });
  const xml = (path: string): Element | null => {
    const part = parts.get(path);
    return part === undefined ? null : parseXml(part).documentElement;
  };
  const body = childOf(xml('word/document.xml'), 'body');
  if (!parts.has('[Content_Types].xml') || body === undefined) throw new BadFile('file-damaged');
  const { remarks, conversations } = remarksOf(xml('word/comments.xml'), xml('word/commentsExtended.xml'));
  return {
    body,
    own: xml('docProps/app.xml')?.textContent?.includes('Parvis') === true,
    title: childOf(xml('docProps/core.xml'), 'title')?.textContent?.trim() ?? '',
    styles: stylesOf(xml('word/styles.xml')),
    formatOf: formatsOf(xml('word/numbering.xml')),
    relations: new Map(
      childrenOf(xml('word/_rels/document.xml.rels')).map((one) => [
        attributeOf(one, 'Id') ?? '',
        { target: attributeOf(one, 'Target') ?? '', external: attributeOf(one, 'TargetMode') === 'External' },
      ]),
    ),
    media: (target) => parts.get(target.startsWith('/') ? target.slice(1) : `word/${target}`),
    remarks,
    conversations,
    notes: new Map([
      ...notesOf(xml('word/footnotes.xml'), 'footnote'),
      ...notesOf(xml('word/endnotes.xml'), 'endnote'),
    ]),
    hasMacros,
    hasHeaders: [...parts].some(
      ([path, part]) => /^word\/(header|footer)\d*\.xml$/.test(path) && Buffer.from(part).includes('<w:t'),
    ),
  };
}

function stylesOf(root: Element | null): Map<string, Style> {
  const raw = new Map(
    childrenOf(root)
      .filter(({ localName }) => localName === 'style')
      .map((one) => [attributeOf(one, 'styleId') ?? '', one]),
  );
  const made = new Map<string, Style>();
  /** What is not said is that of the style below; a chain that bites its tail ends. */
  const styleOf = (id: string, seen: ReadonlySet<string>): Style => {
    const known = made.get(id);
    if (known !== undefined) return known;
    const element = raw.get(id);
    const below = valueOf(element, 'basedOn');
    const base =
      below !== undefined && raw.has(below) && !seen.has(below)
        ? styleOf(below, new Set([...seen, id]))
        : undefined;
    const pPr = childOf(element, 'pPr');
    const name = (valueOf(element, 'name') ?? id).toLowerCase();
    const outline = valueOf(pPr, 'outlineLvl');
    const named = /^(?:heading|titre|überschrift|عنوان) ?([1-9])$/.exec(name)?.[1];
    const heading =
      named !== undefined
        ? Number(named)
        : outline !== undefined && Number(outline) < 9
          ? Number(outline) + 1
          : (base?.heading ?? null);
    const numPr = childOf(pPr, 'numPr');
    const style: Style = {
      name,
      heading,
      numId: valueOf(numPr, 'numId') ?? base?.numId,
      level: Number(valueOf(numPr, 'ilvl') ?? base?.level ?? 0),
      rPr: childOf(element, 'rPr') ?? base?.rPr,
    };
    made.set(id, style);
    return style;
  };
  for (const id of raw.keys()) styleOf(id, new Set([id]));
  return made;
}

function formatsOf(root: Element | null): DocxParts['formatOf'] {
  const abstracts = new Map<string, Map<number, string>>();
  const lists = new Map<string, string>();
  for (const one of childrenOf(root)) {
    if (one.localName === 'abstractNum') {
      const levels = childrenOf(one).filter(({ localName }) => localName === 'lvl');
      abstracts.set(
        attributeOf(one, 'abstractNumId') ?? '',
        new Map(
          levels.map((level) => [Number(attributeOf(level, 'ilvl')), valueOf(level, 'numFmt') ?? 'decimal']),
        ),
      );
    }
    if (one.localName === 'num')
      lists.set(attributeOf(one, 'numId') ?? '', valueOf(one, 'abstractNumId') ?? '');
  }
  return (numId, level) => abstracts.get(lists.get(numId) ?? '')?.get(level);
}

const notesOf = (root: Element | null, kind: string): [string, Element][] =>
  childrenOf(root).map((note) => [`${kind} ${attributeOf(note, 'id') ?? ''}`, note]);

/** Remarks and which of them answer which: the extended part tells by the ids of their last paragraphs. */
function remarksOf(comments: Element | null, extended: Element | null) {
  const links = new Map(
    childrenOf(extended).map((one) => [
      attributeOf(one, 'paraId') ?? '',
      { parent: attributeOf(one, 'paraIdParent'), done: attributeOf(one, 'done') === '1' },
    ]),
  );
  const remarks = new Map<string, FileRemark>();
  const byParagraph = new Map<string, string>();
  const conversations = new Map<
    string,
    { id: string; resolved: boolean; remarks: { author: string; at: string; text: string }[] }
  >();
  for (const comment of childrenOf(comments).filter(({ localName }) => localName === 'comment')) {
    const paragraphs = descendants(comment, 'p');
    const paragraphId = attributeOf(paragraphs.at(-1), 'paraId') ?? '';
    const link = links.get(paragraphId);
    const conversationId = byParagraph.get(link?.parent ?? '-') ?? randomUUID();
    byParagraph.set(paragraphId, conversationId);
    const said = {
      author: attributeOf(comment, 'author') ?? '',
      at: instantOf(attributeOf(comment, 'date')),
      text: paragraphs.map(textOf).join('\n'),
    };
    const known = conversations.get(conversationId);
    if (known === undefined)
      conversations.set(conversationId, {
        id: conversationId,
        resolved: link?.done ?? false,
        remarks: [said],
      });
    else known.remarks.push(said);
    remarks.set(attributeOf(comment, 'id') ?? '', { conversationId });
  }
  return { remarks, conversations: [...conversations.values()] };
}

/** ISO 8601 in UTC, or ''; Word writes local time and calls it UTC. */
export function instantOf(date: string | undefined): string {
  const ms = Date.parse(date === undefined || /(Z|[+-]\d\d:\d\d)$/.test(date) ? (date ?? '') : `${date}Z`);
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString();
}

/** The text of an element's runs. */
export function textOf(element: Element): string {
  return childrenOf(element)
    .map((child) =>
      child.localName === 't' || child.localName === 'delText'
        ? (child.textContent ?? '')
        : child.localName === 'tab'
          ? '\t'
          : child.localName === 'br'
            ? '\n'
            : textOf(child),
    )
    .join('');
}

const emphasised: Readonly<Record<string, string>> = { strong: 'bold', emphasis: 'italic' };

/** Names of the marks that properties of a run set, beyond colours and links. */
export function plainMarksOf(rPr: Element | undefined, styles: DocxParts['styles']): Set<string> {
  const made = new Set<string>();
  const styleId = valueOf(rPr, 'rStyle');
  const style = styleId === undefined ? undefined : styles.get(styleId);
  const take = (from: Element | undefined) => {
    if (isOn(from, 'b')) made.add('bold');
    if (isOn(from, 'i')) made.add('italic');
    if (isOn(from, 'strike') || isOn(from, 'dstrike')) made.add('strike');
    if (isOn(from, 'u')) made.add('underline');
  };
  if (style !== undefined && style.name !== 'hyperlink') take(style.rPr);
  if (style !== undefined && emphasised[style.name] !== undefined) made.add(emphasised[style.name] as string);
  if (
    style !== undefined &&
    /\bcode\b|source text|verbatim|html (code|typewriter|keyboard|sample)/.test(style.name)
  )
    made.add('code');
  if (
    childOf(rPr, 'rFonts') !== undefined &&
    /consolas|courier|mono/i.test(attributeOf(childOf(rPr, 'rFonts'), 'ascii') ?? '')
  )
    made.add('code');
  take(rPr);
  return made;
}
