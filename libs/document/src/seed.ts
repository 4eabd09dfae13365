import * as Y from 'yjs';
import { fragmentName } from './version.ts';

/** A stretch of text with its styles. */
export interface Run {
  readonly text: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly link?: string;
}

interface WithChildren {
  readonly text: string | readonly Run[];
  readonly children?: readonly SimpleBlock[];
}

/** Blocks that can be written without an editor. */
export type SimpleBlock = WithChildren &
  (
    | { readonly kind: 'heading'; readonly level: 1 | 2 | 3 }
    | { readonly kind: 'paragraph' | 'bullet' | 'numbered' | 'quote' }
    | { readonly kind: 'check'; readonly checked: boolean }
  );

/** Client id under which the server writes first content; editors draw theirs at random from 32 bits. */
const serverClientId = 1;

const colours = { backgroundColor: 'default', textColor: 'default' };
const aligned = { ...colours, textAlignment: 'left' };

/** Node name and attributes as BlockNote stores them, defaults included. */
function nodeOf(block: SimpleBlock): [name: string, attributes: Record<string, string | number | boolean>] {
  switch (block.kind) {
    case 'heading':
      return ['heading', { ...aligned, level: block.level, isToggleable: false }];
    case 'bullet':
      return ['bulletListItem', aligned];
    case 'numbered':
      return ['numberedListItem', aligned];
    case 'check':
      return ['checkListItem', { ...aligned, checked: block.checked }];
    case 'quote':
      return ['quote', colours];
    default:
      return ['paragraph', aligned];
  }
}

function textOf(runs: string | readonly Run[]): Y.XmlText[] {
  const given = typeof runs === 'string' ? [{ text: runs }] : runs;
  const delta = given
    .filter((run) => run.text.length > 0)
    .map((run: Run) => ({
      insert: run.text,
      attributes: {
        ...(run.bold ? { bold: {} } : {}),
        ...(run.italic ? { italic: {} } : {}),
        ...(run.link ? { link: { href: run.link } } : {}),
      },
    }));
  if (delta.length === 0) return [];
  const text = new Y.XmlText();
  text.applyDelta(delta);
  return [text];
}

function element(name: string, attributes: Record<string, string | number | boolean>): Y.XmlElement {
  const made = new Y.XmlElement(name);
  // Yjs keeps any JSON value in an attribute; its types only know of strings.
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value as string);
  return made;
}

function groupOf(blocks: readonly SimpleBlock[], nextId: () => string): Y.XmlElement {
  const group = element('blockGroup', {});
  const containers = blocks.map((block) => {
    const container = element('blockContainer', { id: nextId() });
    const content = element(...nodeOf(block));
    content.insert(0, textOf(block.text));
    const parts = [content];
    if (block.children && block.children.length > 0) parts.push(groupOf(block.children, nextId));
    container.insert(0, parts);
    return container;
  });
  group.insert(0, containers);
  return group;
}

/**
 * The Yjs update (v1) of a new document with these blocks. The same blocks give the same bytes, so that content
 * which is written twice by mistake is still there once. To be made once, on the server, with the document.
 */
export function firstUpdate(blocks: readonly SimpleBlock[]): Uint8Array {
  const doc = new Y.Doc({ gc: false });
  doc.clientID = serverClientId;
  let serial = 0;
  // An editor that opens an empty document gives its one block this id: the same for all, so nothing is doubled.
  const nextId = () => (serial++ === 0 ? 'initialBlockId' : `first-${serial}`);
  doc.transact(() => doc.getXmlFragment(fragmentName).insert(0, [groupOf(blocks, nextId)]));
  return Y.encodeStateAsUpdate(doc);
}
