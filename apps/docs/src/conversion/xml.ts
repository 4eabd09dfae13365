import { DOMParser, type Document as XmlDocument, type Element, type Node } from '@xmldom/xmldom';
import { BadFile } from './paper.ts';

/** Elements within elements that are read; a file that nests deeper is refused before it fills the stack. */
const depthMax = 200;

/**
 * Reads XML. A document type is refused whatever it says: entities are how a small file becomes a large one, and how
 * a file asks for others.
 * @throws BadFile `file-refused` for a document type, `file-damaged` when it is not well formed
 */
export function parseXml(bytes: Uint8Array): XmlDocument {
  const text = decoded(bytes);
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new BadFile('file-refused');
  checkDepth(text);
  try {
    const parser = new DOMParser({
      onError: (level, message) => {
        if (level !== 'warning') throw new Error(message);
      },
    });
    return parser.parseFromString(text, 'text/xml');
  } catch {
    throw new BadFile('file-damaged');
  }
}

function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const label =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(label).decode(bytes);
}

function checkDepth(text: string): void {
  let depth = 0;
  for (const [tag] of text.matchAll(/<[/!?]?[^<>]*>/g)) {
    if (tag.startsWith('</')) depth -= 1;
    else if (!tag.endsWith('/>') && !tag.startsWith('<!') && !tag.startsWith('<?')) depth += 1;
    if (depth > depthMax) throw new BadFile('file-refused');
  }
}

export type { Element } from '@xmldom/xmldom';

export const isElement = (node: Node): node is Element => node.nodeType === 1;

export function childrenOf(node: Node | null | undefined): Element[] {
  const made: Element[] = [];
  for (let child = node?.firstChild ?? null; child !== null; child = child.nextSibling)
    if (isElement(child)) made.push(child);
  return made;
}

/** The first child of a local name. */
export function childOf(node: Node | null | undefined, name: string): Element | undefined {
  return childrenOf(node).find((child) => child.localName === name);
}

/** Follows local names down. */
export function downTo(node: Node | null | undefined, ...names: readonly string[]): Element | undefined {
  let at: Node | null | undefined = node;
  for (const name of names) at = childOf(at, name);
  return at === null || at === undefined || !isElement(at) ? undefined : at;
}

/** An attribute by its local name, whatever its prefix. */
export function attributeOf(element: Element | undefined, name: string): string | undefined {
  if (element === undefined) return undefined;
  for (const one of Array.from(element.attributes)) if (one.localName === name) return one.value;
  return undefined;
}

/** `w:val` of a child. */
export const valueOf = (parent: Element | undefined, name: string): string | undefined =>
  attributeOf(childOf(parent, name), 'val');

/** Whether a property that is on by being there (`w:b`) is on. */
export function isOn(parent: Element | undefined, name: string): boolean {
  const child = childOf(parent, name);
  return child !== undefined && !/^(0|false|off|none)$/.test(attributeOf(child, 'val') ?? 'on');
}

export function descendants(node: Node | null | undefined, name: string): Element[] {
  return childrenOf(node).flatMap((child) => [
    ...(child.localName === name ? [child] : []),
    ...descendants(child, name),
  ]);
}
