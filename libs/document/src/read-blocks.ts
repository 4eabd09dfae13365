import * as Y from 'yjs';
import type { Block, Cell, Inline, Mark, Value, Values } from './block.ts';
import { fragmentName } from './version.ts';

/** Marks that may stand several times on one text carry a hash of their value behind their name. */
const hashedName = /^(.*)--[a-zA-Z0-9+/=]{8}$/;
/** Levels of nesting that are read; what a hostile document nests deeper is read as text of the last level. */
const depthMax = 64;

/**
 * The blocks of a document, read from the stored tree without a schema, so that reading can neither delete nor change:
 * what this release does not know is read like anything else.
 * @param doc is not written to
 */
export function blocksOf(doc: Y.Doc): Block[] {
  return doc
    .getXmlFragment(fragmentName)
    .toArray()
    .flatMap((child) => (child instanceof Y.XmlElement ? blocksIn(child, 0) : []));
}

/** The same of a document that is stored as one Yjs update (v1). @throws Error on bytes that are no update */
export function blocksOfUpdate(update: Uint8Array): Block[] {
  const doc = new Y.Doc();
  try {
    Y.applyUpdate(doc, update);
    return blocksOf(doc);
  } finally {
    doc.destroy();
  }
}

const elementsOf = (node: Y.XmlElement): Y.XmlElement[] =>
  node.toArray().filter((child): child is Y.XmlElement => child instanceof Y.XmlElement);

/** Nodes that hold blocks: a group, and the columns of a page. */
function blocksIn(node: Y.XmlElement, depth: number): Block[] {
  if (node.nodeName !== 'blockGroup') return [blockOf(node, depth)];
  return elementsOf(node).map((child) => blockOf(child, depth));
}

function blockOf(node: Y.XmlElement, depth: number): Block {
  if (node.nodeName === 'columnList' || node.nodeName === 'column') {
    const { id, ...props } = valuesOf(node);
    const children = elementsOf(node).map((child) => blockOf(child, depth + 1));
    return { id: typeof id === 'string' ? id : '', type: node.nodeName, props, content: [], children };
  }
  if (node.nodeName !== 'blockContainer') return { id: '', ...contentOf(node), children: [] };
  const id = node.getAttribute('id') ?? '';
  const [content, ...below] = elementsOf(node);
  if (content === undefined) return { id, type: 'paragraph', props: {}, content: [], children: [] };
  const children = depth >= depthMax ? [] : below.flatMap((group) => blocksIn(group, depth + 1));
  return { id, ...contentOf(content), children };
}

function contentOf(node: Y.XmlElement): Omit<Block, 'id' | 'children'> {
  const props = valuesOf(node);
  if (node.nodeName !== 'table') return { type: node.nodeName, props, content: inlinesOf(node) };
  const rows = elementsOf(node).map((row) => elementsOf(row).map(cellOf));
  return { type: 'table', props, content: [], rows };
}

function cellOf(node: Y.XmlElement): Cell {
  const { colspan, rowspan, ...props } = valuesOf(node);
  const paragraphs = elementsOf(node).map(inlinesOf);
  return {
    header: node.nodeName === 'tableHeader',
    colspan: typeof colspan === 'number' ? colspan : 1,
    rowspan: typeof rowspan === 'number' ? rowspan : 1,
    props,
    content: paragraphs.flatMap((line, at) => (at === 0 ? line : [lineBreak, ...line])),
  };
}

const lineBreak: Inline = { type: 'text', text: '\n', marks: [] };

function valuesOf(node: Y.XmlElement): Values {
  // An absent attribute may be stored as one without a value.
  return Object.fromEntries(
    Object.entries(node.getAttributes() as Record<string, Value | undefined>).filter(
      (entry): entry is [string, Value] => entry[1] !== undefined,
    ),
  );
}

function inlinesOf(node: Y.XmlElement): Inline[] {
  return joined(
    node.toArray().flatMap((child): Inline[] => {
      if (child instanceof Y.XmlText) return runsOf(child);
      if (!(child instanceof Y.XmlElement)) return [];
      if (child.nodeName === 'hardBreak') return [lineBreak];
      return [{ type: 'thing', name: child.nodeName, props: valuesOf(child), text: wordsOf(child) }];
    }),
  );
}

function runsOf(text: Y.XmlText): Inline[] {
  const delta = text.toDelta() as { insert: unknown; attributes?: Record<string, Value> }[];
  return delta.flatMap(({ insert, attributes }) =>
    typeof insert === 'string' ? [{ type: 'text', text: insert, marks: marksOf(attributes ?? {}) }] : [],
  );
}

function marksOf(attributes: Record<string, Value>): Mark[] {
  return Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => ({
      name: hashedName.exec(key)?.[1] ?? key,
      attributes:
        typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {},
    }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Neighbours with the same marks are one run, however the text was typed. */
function joined(inlines: readonly Inline[]): Inline[] {
  const made: Inline[] = [];
  for (const one of inlines) {
    const last = made.at(-1);
    if (last?.type === 'text' && one.type === 'text' && sameMarks(last.marks, one.marks))
      made[made.length - 1] = { ...last, text: last.text + one.text };
    else if (one.type !== 'text' || one.text !== '') made.push(one);
  }
  return made;
}

function sameMarks(a: readonly Mark[], b: readonly Mark[]): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** The text inside of a node, without its order of blocks: for what is not known. */
function wordsOf(node: Y.XmlElement): string {
  return node
    .toArray()
    .map((child) =>
      child instanceof Y.XmlText ? plainOf(child) : child instanceof Y.XmlElement ? wordsOf(child) : '',
    )
    .join('');
}

function plainOf(text: Y.XmlText): string {
  return (text.toDelta() as { insert: unknown }[])
    .map(({ insert }) => (typeof insert === 'string' ? insert : ''))
    .join('');
}
