import * as Y from 'yjs';
import { fragmentName } from './version.ts';

/** Elements that hold text of their own: each is a line of the plain text. */
function isLine(node: Y.XmlElement): boolean {
  return node.toArray().some((child) => child instanceof Y.XmlText);
}

function collect(node: Y.XmlFragment | Y.XmlElement, lines: string[]): void {
  if (node instanceof Y.XmlElement && isLine(node)) {
    lines.push(
      node
        .toArray()
        .map((child) => (child instanceof Y.XmlText ? plain(child) : ' '))
        .join(''),
    );
    return;
  }
  for (const child of node.toArray()) if (child instanceof Y.XmlFragment) collect(child, lines);
}

function plain(text: Y.XmlText): string {
  return (text.toDelta() as { insert: unknown }[])
    .map(({ insert }) => (typeof insert === 'string' ? insert : ' '))
    .join('');
}

/**
 * The plain text of a document, a line per block. It walks the stored tree and knows no schema, so that reading can
 * never delete: unknown blocks, inlines and marks give their text like any other.
 */
export function textOf(doc: Y.Doc): string {
  const lines: string[] = [];
  collect(doc.getXmlFragment(fragmentName), lines);
  return lines.join('\n');
}

/** The plain text of a document stored as one Yjs update (v1). */
export function textOfUpdate(update: Uint8Array): string {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  const text = textOf(doc);
  doc.destroy();
  return text;
}
