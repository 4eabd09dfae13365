import { fragmentName } from '@parvis/document/version';
import * as Y from 'yjs';

/** So many units of a block's text, and the clocks of the client that they came with; a break has none. */
export interface Origin {
  readonly client: number;
  readonly clock: number;
  readonly length: number;
}
/** Where a block came from, and its text: UTF-16 units, and one for each thing among them, cells one after the other. */
export interface BlockOrigins {
  readonly self: Origin | null;
  readonly text: readonly Origin[];
}

/** Stands for units that no client wrote: the break between two paragraphs of a cell. */
const nobody = { client: -1, clock: 0, length: 1 };

interface Item {
  readonly id: Y.ID;
  readonly length: number;
  readonly deleted: boolean;
  readonly countable: boolean;
  readonly content: unknown;
  readonly right: Item | null;
}

/** The origins of each block by its id, in the order in which `blocksOf` reads their text. */
export function originsOf(doc: Y.Doc): Map<string, BlockOrigins> {
  const found = new Map<string, BlockOrigins>();
  for (const child of doc.getXmlFragment(fragmentName).toArray())
    if (child instanceof Y.XmlElement) collect(child, found);
  return found;
}

function elementsOf(node: Y.XmlElement): Y.XmlElement[] {
  return node.toArray().filter((child): child is Y.XmlElement => child instanceof Y.XmlElement);
}

function collect(node: Y.XmlElement, found: Map<string, BlockOrigins>): void {
  const id = node.getAttribute('id');
  if (node.nodeName === 'blockContainer' && id !== undefined) {
    const [content, ...below] = elementsOf(node);
    found.set(id, { self: selfOf(node), text: content ? textOf(content) : [] });
    for (const group of below) collect(group, found);
    return;
  }
  if (id !== undefined) found.set(id, { self: selfOf(node), text: [] });
  for (const child of elementsOf(node)) collect(child, found);
}

function selfOf(node: Y.XmlElement): Origin | null {
  const item = (node as unknown as { _item: Item | null })._item;
  return item === null ? null : { client: item.id.client, clock: item.id.clock, length: 1 };
}

function textOf(content: Y.XmlElement): Origin[] {
  if (content.nodeName !== 'table') return lineOf(content);
  return elementsOf(content).flatMap((row) =>
    elementsOf(row).flatMap((cell) =>
      elementsOf(cell).flatMap((paragraph, at) => (at === 0 ? [] : [nobody]).concat(lineOf(paragraph))),
    ),
  );
}

function lineOf(node: Y.XmlElement): Origin[] {
  return node.toArray().flatMap((child) => {
    if (child instanceof Y.XmlText) return runsOf(child);
    const self = child instanceof Y.XmlElement ? selfOf(child) : null;
    return self === null ? [] : [self];
  });
}

function runsOf(text: Y.XmlText): Origin[] {
  const runs: Origin[] = [];
  let item = (text as unknown as { _start: Item | null })._start;
  for (; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
    runs.push({ client: item.id.client, clock: item.id.clock, length: item.length });
  }
  return runs;
}
